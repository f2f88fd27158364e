//! The picture of a section or pledge.

use promise_database::Tx;
use promise_edition::picture::{PictureError, PreparedPicture};
use promise_protocol::pack::{Localised, MAX_PICTURES_BYTES, Picture, Promise};

use crate::{
    Entity, ServiceError, StaffScope,
    error::DraftRefusal,
    publishing::{
        drafts::{self, fingerprint},
        pictures,
        promise::PromiseRecord,
    },
};

/// What happens to a record's picture. `alt` says in English what it shows.
#[derive(Clone, Debug)]
pub enum PictureEdit {
    /// Another picture takes its place.
    Replace {
        /// The new picture.
        picture: Box<PreparedPicture>,
        /// Its alternative text.
        alt: String,
    },
    /// It stays, with another alternative text.
    SetAlt(String),
    /// It is removed.
    Remove,
}

/// Changes the picture of a record.
///
/// `read_fingerprint` is the picture's fingerprint when the caller read it. Returns
/// [`DraftRefusal::ChangedSinceRead`] if it has another one now, and [`PictureError::TooMuch`] if all
/// pictures together are too large.
pub fn edit_picture(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    record: &PromiseRecord,
    read_fingerprint: &str,
    edit: PictureEdit,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let english = |alt: String| Localised::from([("en".to_owned(), alt)]);
    let new = match &edit {
        PictureEdit::Replace { picture, alt } => {
            Some(pictures::add(tx, scope, picture, english(alt.clone()), now_millis)?)
        }
        _ => None,
    };
    drafts::edit(tx, scope, &record.log_name(), now_millis, |promise: &mut Promise| {
        let picture =
            record.picture_mut(promise).ok_or(ServiceError::NotFound(Entity::PromiseRecord))?;
        if fingerprint(&picture.as_ref()) != read_fingerprint {
            return Err(DraftRefusal::ChangedSinceRead.into());
        }
        apply(picture, edit, new);
        if promise.picture_bytes() > u64::from(MAX_PICTURES_BYTES) {
            return Err(PictureError::TooMuch.into());
        }
        Ok(())
    })
}

fn apply(picture: &mut Option<Picture>, edit: PictureEdit, new: Option<Picture>) {
    match (edit, picture) {
        (PictureEdit::SetAlt(alt), Some(picture)) => {
            picture.alt.insert("en".to_owned(), alt);
        }
        (PictureEdit::SetAlt(_), None) => {}
        (PictureEdit::Replace { .. } | PictureEdit::Remove, picture) => *picture = new,
    }
}

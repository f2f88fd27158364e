//! Pictures of the promise: added by editors, named by what they publish, given out to anybody.

use std::collections::BTreeSet;

use promise_protocol::pack::{Localised, MAX_PICTURES_BYTES, Picture, Promise};

use crate::{Permission, ServiceError, StaffScope, calendar::DAY_MILLIS};
use promise_database::{StoredPicture, Tx};
use promise_edition::picture::{PictureError, PreparedPicture};

/// How long a picture stays that nothing names, in days: long enough to finish what one is writing.
pub const UNUSED_DAYS: i64 = 30;

/// Keeps a picture that is ready ([`promise_edition::picture::prepare`], which belongs on a thread of its own:
/// the one that writes must not wait for it), and answers it as a section or pledge names it.
/// `alt` is what it shows, for whoever does not see it; adding a picture again keeps it longer.
pub fn add(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    ready: &PreparedPicture,
    alt: Localised,
    now_millis: i64,
) -> Result<Picture, ServiceError> {
    scope.permit(Permission::Edit)?;
    let stored = StoredPicture {
        hash: ready.hash.clone(),
        media_type: ready.media_type.clone(),
        width: ready.width,
        height: ready.height,
        bytes: ready.bytes.clone(),
    };
    tx.add_picture(&stored, now_millis)?;
    Ok(ready.with_alt(alt))
}

/// A picture, for anybody: it is published, or about to be.
pub fn find(tx: &mut dyn Tx, hash: &str) -> Result<Option<StoredPicture>, ServiceError> {
    Ok(tx.picture(hash)?)
}

/// Checks the pictures of a promise: each is here as it is named, has words, and all of them fit.
pub fn validate(tx: &mut dyn Tx, promise: &Promise) -> Result<(), ServiceError> {
    for picture in promise.all_pictures() {
        let size = tx.picture_size(&picture.hash)?;
        if !picture.is_usable() || size != Some(u64::from(picture.bytes)) {
            return Err(PictureError::Missing.into());
        }
        if picture.alt.get("en").is_none_or(|words| words.trim().is_empty()) {
            return Err(PictureError::NoWords.into());
        }
    }
    if promise.picture_bytes() > u64::from(MAX_PICTURES_BYTES) {
        return Err(PictureError::TooMuch.into());
    }
    Ok(())
}

/// Forgets pictures that nothing has named for [`UNUSED_DAYS`]. `in_drafts` are those that are about
/// to be published.
pub(crate) fn delete_unused(
    tx: &mut dyn Tx,
    in_drafts: &BTreeSet<String>,
    now_millis: i64,
) -> Result<usize, ServiceError> {
    Ok(tx.delete_unused_pictures(now_millis - UNUSED_DAYS * DAY_MILLIS, in_drafts)?)
}

#[cfg(test)]
mod tests;

//! Pictures of the promise. Editors add them, and published ones are public.

use std::collections::BTreeSet;

use promise_protocol::pack::{Localised, MAX_PICTURES_BYTES, Picture, Promise};

use crate::{Permission, ServiceError, StaffScope, calendar::DAY_MILLIS};
use promise_database::{StoredPicture, Tx};
use promise_edition::picture::{PictureError, PreparedPicture};

/// How long a picture that no edition or draft contains is kept, in days. An editor has this long to
/// finish a draft.
pub const UNUSED_DAYS: i64 = 30;

/// Stores a picture, and returns it with its alternative text for a section or pledge. Adding a
/// picture again restarts its [`UNUSED_DAYS`].
///
/// [`promise_edition::picture::prepare`] makes the prepared picture. It takes a while, so call it
/// on a blocking thread before the transaction.
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

/// Finds a picture. Needs no permission: pictures are published, or about to be.
pub fn find(tx: &mut dyn Tx, hash: &str) -> Result<Option<StoredPicture>, ServiceError> {
    Ok(tx.picture(hash)?)
}

/// Validates the pictures of a promise.
///
/// Returns [`PictureError::Missing`] if one is not stored as described, [`PictureError::NoWords`]
/// if one has no English alternative text, and [`PictureError::TooMuch`] if all together are larger
/// than [`MAX_PICTURES_BYTES`].
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

/// Deletes pictures that no edition contains and that were added more than [`UNUSED_DAYS`] ago.
/// Keeps those with a hash in `in_drafts`. Returns how many were deleted.
pub(crate) fn delete_unused(
    tx: &mut dyn Tx,
    in_drafts: &BTreeSet<String>,
    now_millis: i64,
) -> Result<usize, ServiceError> {
    Ok(tx.delete_unused_pictures(now_millis - UNUSED_DAYS * DAY_MILLIS, in_drafts)?)
}

#[cfg(test)]
mod tests;

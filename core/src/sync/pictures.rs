//! Pictures: fetched one by one after everything else, so that they delay nothing.

use std::collections::BTreeSet;

use promise_protocol::{
    ProblemCode,
    pack::{self, MAX_PICTURES_BYTES, Picture},
};

use super::{StoreAccess, Transport, TransportError};
use crate::{
    cancel::CancelHandle,
    store::{PictureStatus, Store, StoreError, Tx},
};

/// The result of fetching pictures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// How many pictures were fetched.
    pub count: usize,
    /// Why the rest was not fetched. They are fetched next time.
    pub interrupted: Option<TransportError>,
}

/// Lists the pictures that the shown promise refers to and that this phone can show, each once. Stops
/// at the size limit of an edition's pictures: a council's mistake must not use up a data plan.
pub fn usable(tx: &mut dyn Tx) -> Result<Vec<Picture>, StoreError> {
    let (mut seen, mut left) = (BTreeSet::new(), u64::from(MAX_PICTURES_BYTES));
    let mut pictures = tx.promise_pictures()?;
    pictures.retain(|picture| {
        let is_first = picture.is_usable() && seen.insert(picture.hash.clone());
        let fits = is_first && left.checked_sub(picture.bytes.into()).is_some();
        if fits {
            left -= u64::from(picture.bytes);
        }
        fits
    });
    Ok(pictures)
}

/// Lists the usable pictures that were not fetched yet.
pub fn missing(tx: &mut dyn Tx) -> Result<Vec<Picture>, StoreError> {
    let mut missing = Vec::new();
    for picture in usable(tx)? {
        if tx.picture_status(&picture.hash)? == PictureStatus::Missing {
            missing.push(picture);
        }
    }
    Ok(missing)
}

/// Fetches the missing pictures until `should_continue` returns `false`, because another call wants to
/// sync.
pub fn fetch(
    access: &impl StoreAccess,
    transport: &dyn Transport,
    cancel: &CancelHandle,
    should_continue: impl Fn() -> bool,
) -> Result<Fetched, StoreError> {
    let mut fetched = Fetched::default();
    for picture in access.with(|store| store.transact(|tx| missing(tx)))? {
        if !should_continue() {
            break;
        }
        let bytes = match transport.picture(&picture.hash, picture.bytes, cancel) {
            Ok(bytes) if is_valid(&picture, &bytes) => Some(bytes),
            // Requesting it each time would cost data for nothing. It is requested again with another
            // edition, or when the person asks.
            Ok(_) | Err(TransportError::Refused(ProblemCode::NotFound)) => None,
            Err(error) => {
                fetched.interrupted = Some(error);
                break;
            }
        };
        fetched.count += usize::from(bytes.is_some());
        access
            .with(|store| store.transact(|tx| tx.put_picture(&picture.hash, bytes.as_deref())))?;
    }
    Ok(fetched)
}

fn is_valid(picture: &Picture, bytes: &[u8]) -> bool {
    bytes.len() == picture.bytes as usize && pack::hash(bytes) == picture.hash
}

//! Pictures: fetched one by one when all the words are here, and never in their way.

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

/// What fetching pictures came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// How many came.
    pub came: usize,
    /// What broke it off. What came stays, and the rest is fetched next time.
    pub broken_off: Option<TransportError>,
}

/// The pictures that the shown promise names and that this phone can show, each once and as far as
/// an edition's may go: a council's file must not use up somebody's data.
pub fn named(tx: &mut dyn Tx) -> Result<Vec<Picture>, StoreError> {
    let (mut seen, mut left) = (BTreeSet::new(), u64::from(MAX_PICTURES_BYTES));
    let mut named = tx.promise_pictures()?;
    named.retain(|picture| {
        let is_first = picture.is_usable() && seen.insert(picture.hash.clone());
        let fits = is_first && left.checked_sub(picture.bytes.into()).is_some();
        if fits {
            left -= u64::from(picture.bytes);
        }
        fits
    });
    Ok(named)
}

/// Those of them that are to be fetched.
pub fn wanted(tx: &mut dyn Tx) -> Result<Vec<Picture>, StoreError> {
    let mut wanted = Vec::new();
    for picture in named(tx)? {
        if tx.picture_status(&picture.hash)? == PictureStatus::Missing {
            wanted.push(picture);
        }
    }
    Ok(wanted)
}

/// Fetches what is wanted, as long as `may_go_on`: somebody may want to sync.
pub fn fetch(
    access: &impl StoreAccess,
    transport: &dyn Transport,
    cancel: &CancelHandle,
    may_go_on: impl Fn() -> bool,
) -> Result<Fetched, StoreError> {
    let mut fetched = Fetched::default();
    for picture in access.with(|store| store.transact(|tx| wanted(tx)))? {
        if !may_go_on() {
            break;
        }
        let bytes = match transport.picture(&picture.hash, picture.bytes, cancel) {
            Ok(bytes) if is_it(&picture, &bytes) => Some(bytes),
            // Asking each time would cost data for nothing: it is tried again with another edition,
            // or when the person asks.
            Ok(_) | Err(TransportError::Refused(ProblemCode::NotFound)) => None,
            Err(error) => {
                fetched.broken_off = Some(error);
                break;
            }
        };
        fetched.came += usize::from(bytes.is_some());
        access
            .with(|store| store.transact(|tx| tx.put_picture(&picture.hash, bytes.as_deref())))?;
    }
    Ok(fetched)
}

fn is_it(picture: &Picture, bytes: &[u8]) -> bool {
    bytes.len() == picture.bytes as usize && pack::hash(bytes) == picture.hash
}

//! The pictures of drafts, which retention keeps although no edition contains them yet.

use std::collections::BTreeSet;

use promise_protocol::{
    PackName,
    pack::{Pack, Promise},
};

use super::ServiceError;
use promise_database::{DatabaseError, Tx};

/// Returns the hashes of the pictures in every council's draft.
pub(crate) fn picture_hashes(tx: &mut dyn Tx) -> Result<BTreeSet<String>, ServiceError> {
    let mut named = BTreeSet::new();
    for council in tx.councils_with_draft()? {
        let Some(bytes) = tx.draft_pack(&council, PackName::Promise)? else { continue };
        let promise =
            Promise::from_bytes(&bytes).map_err(|_| DatabaseError::Unreadable("draft"))?;
        named.extend(promise.all_pictures().map(|picture| picture.hash.clone()));
    }
    Ok(named)
}

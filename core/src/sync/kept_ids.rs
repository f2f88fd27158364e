//! Ids of published documents that the person's other phones cannot know any more, or not yet.
//!
//! Outside the phone a sealed record has only the hash of its id. A phone finds the record by hashing
//! the ids of published documents. What is about a document that is not published is found by the
//! sealed field `of`, which holds the id.

use std::collections::BTreeMap;

use promise_protocol::{
    fault_injection::{self, Fault},
    schema::{Kind, OF},
};
use serde_json::{Value, json};

use super::edit::{self, EditError};
use crate::{
    collections::{Record, RecordIds, registry},
    store::{DocumentKind, StoreError, SyncState, Tx},
};

/// After an edition is shown: writes down the id, and for an opportunity the document, of what the
/// person saved and the council no longer publishes.
pub(super) fn keep_withdrawn(tx: &mut dyn Tx) -> Result<(), StoreError> {
    for collection in registry::all() {
        let ids @ RecordIds::Published { withdrawn, .. } = collection.record_ids() else {
            continue;
        };
        let mut documents = documents(tx, withdrawn)?;
        for record in Record::list_all(tx, collection.name())? {
            if record.fields.contains_key(OF) || ids.is_known_to_all(tx, &record.id)? {
                continue;
            }
            let document = documents.remove(&record.id).filter(|_| !record.is_deleted());
            let document = document.map(|document| ("kept".to_owned(), document));
            write_with_id(tx, collection.name(), &record.id, document)?;
        }
    }
    Ok(())
}

/// After a restore, which may have lost the edition that this phone shows: writes down the ids of what
/// the person saved from it.
///
/// A phone that is paired now may get no edition until the council publishes again. Without this it could
/// not show what the person saved. The ids go out before anything is resent without them: this phone can
/// be lost in between.
pub(super) fn keep_ids_of_lost_edition(
    tx: &mut dyn Tx,
    state: &SyncState,
) -> Result<(), StoreError> {
    if !may_be_lost(state) {
        return Ok(());
    }
    for collection in registry::all() {
        let RecordIds::Published { .. } = collection.record_ids() else { continue };
        for record in Record::list_all(tx, collection.name())? {
            if !record.fields.contains_key(OF) {
                write_with_id(tx, collection.name(), &record.id, None)?;
            }
        }
    }
    Ok(())
}

/// Returns `true` if a phone that is paired now may not know the edition that this one shows: from a
/// restore until the restored server's edition is shown.
pub(super) fn may_be_lost(state: &SyncState) -> bool {
    let is_lost = state.edition.is_some() && state.edition_floor == 0;
    is_lost && !fault_injection::is_injected(Fault::LostEditionIgnored)
}

/// Returns the withdrawn documents that can be kept with a record, by their id.
fn documents(
    tx: &mut dyn Tx,
    withdrawn: Option<DocumentKind>,
) -> Result<BTreeMap<String, Value>, StoreError> {
    let Some(withdrawn) = withdrawn else { return Ok(BTreeMap::new()) };
    let documents = tx.documents(withdrawn)?.into_iter();
    let documents = documents.filter(|document| Kind::Document.check(document).is_ok());
    Ok(documents
        .filter_map(|document| Some((document.get("id")?.as_str()?.to_owned(), document)))
        .collect())
}

/// Writes the field `of`, and another one if it is given.
fn write_with_id(
    tx: &mut dyn Tx,
    collection: &str,
    id: &str,
    field: Option<(String, Value)>,
) -> Result<(), StoreError> {
    let own_id = (OF.to_owned(), json!(id));
    // No clock is needed: the stamp follows the greatest one seen.
    match edit::write(tx, 0, collection, id, field.into_iter().chain([own_id]).collect()) {
        Ok(_) => Ok(()),
        Err(EditError::Store(error)) => Err(error),
        Err(EditError::NotPaired | EditError::Refused { .. }) => {
            Err(StoreError::Unreadable("kept"))
        }
    }
}

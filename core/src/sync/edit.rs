//! Edits: what the person writes on this phone. They are saved at once and sent later.

use std::collections::BTreeMap;

use promise_protocol::{
    Author, Cell, CellKey, Reading, Stamp,
    fault_injection::{self, Fault},
    schema::{self, DELETED, OF, Owner, Refusal},
    text::neutralise_value,
};
use serde_json::{Value, json};
use thiserror::Error;

use super::kept_ids;
use crate::{
    collections::{RecordIds, news, registry},
    store::{StoreError, SyncState, Tx},
};

/// Why an edit was not saved.
#[derive(Debug, Error)]
pub enum EditError {
    /// The phone is not paired, and so has no author for its stamps.
    #[error("the phone is not paired")]
    NotPaired,
    /// A value does not fit its field. Nothing of the edit was saved.
    #[error("{field}: {refusal}")]
    Refused {
        /// The field.
        field: String,
        /// Why its value was refused.
        refusal: Refusal,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Writes fields of one record under one stamp, which it returns. Characters that would reverse the
/// text around them are removed from every text.
pub fn write(
    tx: &mut dyn Tx,
    local_now: i64,
    collection: &str,
    id: &str,
    mut fields: BTreeMap<String, Value>,
) -> Result<Stamp, EditError> {
    fields.values_mut().for_each(neutralise_value);
    for (field, value) in &fields {
        schema::check(Owner::YoungPerson, collection, id, field, value)
            .map_err(|refusal| EditError::Refused { field: field.clone(), refusal })?;
    }
    let stamp = take_stamp(tx, local_now)?;
    for (field, value) in fields.into_iter().chain(own_id(tx, collection, id)?) {
        let key = CellKey::new(collection, id, field);
        let cell = Cell { key, value, stamp: stamp.clone() };
        news::keep_before_cell(tx, &cell)?;
        tx.put_unsent(&cell)?;
    }
    registry::reindex(tx, collection, id)?;
    Ok(stamp)
}

/// Deletes a record: sets `deleted`, and clears every other field that the person owns.
pub fn delete(
    tx: &mut dyn Tx,
    local_now: i64,
    collection: &str,
    id: &str,
) -> Result<Stamp, EditError> {
    let mut fields = BTreeMap::from([(DELETED.to_owned(), json!(true))]);
    if let Some(collection) = schema::collection(collection) {
        let emptied = schema::emptied_by_delete(collection);
        fields.extend(emptied.map(|field| (field.name.to_owned(), Value::Null)));
    }
    write(tx, local_now, collection, id, fields)
}

/// Returns the field `of` for the first edit of a record whose id the person's other phones cannot
/// know. Outside the phone only the sealed id is known, and a second phone could not reverse it.
fn own_id(
    tx: &mut dyn Tx,
    collection: &str,
    id: &str,
) -> Result<Option<(String, Value)>, StoreError> {
    let ids = registry::record_ids(collection);
    let is_published = matches!(ids, RecordIds::Published { .. });
    let is_known =
        ids.is_known_to_all(tx, id)? && !(is_published && kept_ids::may_be_lost(&tx.sync_state()?));
    let is_needed = schema::is_sealed(collection)
        && !is_known
        && !tx.current_record(collection, id)?.iter().any(|cell| cell.key.field == OF);
    Ok(is_needed.then(|| (OF.to_owned(), json!(id))))
}

fn take_stamp(tx: &mut dyn Tx, local_now: i64) -> Result<Stamp, EditError> {
    let pairing = tx.pairing()?.ok_or(EditError::NotPaired)?;
    let author: Author = pairing.author.parse().map_err(|_| StoreError::Unreadable("author"))?;
    let mut state = tx.sync_state()?;
    state.greatest_reading = next_reading(&state, local_now);
    tx.set_sync_state(&state)?;
    Ok(Stamp::new(state.greatest_reading, author))
}

/// Returns the server-corrected time, or the next reading after the greatest that this phone has
/// seen if that is later.
fn next_reading(state: &SyncState, local_now: i64) -> Reading {
    let corrected = local_now.saturating_add(state.clock_offset);
    if fault_injection::is_injected(Fault::SeenStampsIgnored) {
        return Reading::at_millis(corrected);
    }
    Reading::after(state.greatest_reading, corrected)
}

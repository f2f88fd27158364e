//! What staff write on a young person's cells: contacts, appointments, replies to asks.

use std::collections::BTreeMap;

use promise_protocol::{
    Cell, CellKey,
    schema::{self, Owner},
};
use serde_json::Value;

use crate::{
    ServiceError, StaffScope,
    audit::{self, Subject},
    cells::stamps,
};
use promise_database::{Person, Tx};

/// Writes fields of one record as one change, and answers the person's revision. Fields that hold
/// these values already are left alone; if all do, nothing is written and the answer is `None`.
///
/// [`ServiceError::InvalidField`]: staff do not own one of the fields, or its value does not fit. Then
/// nothing is written.
pub fn write(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &str,
    collection: &str,
    record: &str,
    fields: BTreeMap<String, Value>,
    now_millis: i64,
) -> Result<Option<u64>, ServiceError> {
    let person = scope.person_to_change(tx, person)?;
    write_to(tx, scope, &person, collection, record, fields, now_millis)
}

/// Like [`write`], to somebody who is known to be within reach.
pub(crate) fn write_to(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &Person,
    collection: &str,
    record: &str,
    fields: BTreeMap<String, Value>,
    now_millis: i64,
) -> Result<Option<u64>, ServiceError> {
    for (field, value) in &fields {
        schema::check_wire(Owner::Adviser, collection, record, field, value)
            .map_err(|refusal| ServiceError::InvalidField { field: field.clone(), refusal })?;
    }
    tx.person_for_update(&person.id)?;
    let mut changed = Vec::new();
    for (field, value) in fields {
        let key = CellKey::new(collection, record, field);
        let held = tx.cell(&person.id, &key)?.map(|held| held.cell);
        if held.as_ref().map_or(&Value::Null, |cell| &cell.value) != &value {
            changed.push((key, value, held));
        }
    }
    if changed.is_empty() {
        return Ok(None);
    }
    let names: Vec<&str> = changed.iter().map(|(key, ..)| key.field.as_str()).collect();
    let detail = format!("{collection} {}", names.join(" "));
    audit::record(tx, scope, Subject::Person(person), "changed", &detail, now_millis)?;
    let stamp = stamps::next(tx, &person.id, now_millis)?;
    let rev = tx.revision_to_write(&person.id)?;
    for (key, value, held) in changed {
        if let Some(held) = held {
            tx.add_history(&person.id, &held, now_millis)?;
        }
        tx.set_cell(&person.id, &Cell { key, value, stamp: stamp.clone() }, Some(rev))?;
    }
    Ok(Some(rev))
}

/// Deletes a record that staff own, as one change.
pub fn delete(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &str,
    collection: &str,
    record: &str,
    now_millis: i64,
) -> Result<Option<u64>, ServiceError> {
    let person = scope.person_to_change(tx, person)?;
    delete_from(tx, scope, &person, collection, record, now_millis)
}

/// Like [`delete`], from somebody who is known to be within reach.
pub(crate) fn delete_from(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &Person,
    collection: &str,
    record: &str,
    now_millis: i64,
) -> Result<Option<u64>, ServiceError> {
    let known = schema::collection(collection).ok_or(ServiceError::NotFound("collection"))?;
    let emptied = schema::emptied_by_delete(known);
    let mut fields: BTreeMap<String, Value> =
        emptied.map(|field| (field.name.to_owned(), Value::Null)).collect();
    fields.insert(schema::DELETED.into(), Value::Bool(true));
    write_to(tx, scope, person, collection, record, fields, now_millis)
}

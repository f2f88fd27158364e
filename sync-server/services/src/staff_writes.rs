//! What staff write to a young person's phones: contacts, appointments and replies to asks.

use std::collections::BTreeMap;

use promise_database::{Person, Tx};
use promise_protocol::{
    CellKey, Change,
    ids::PersonId,
    schema::{self, Owner},
    text::neutralise_value,
};
use serde_json::Value;

use crate::{
    Entity, ServiceError, StaffScope,
    audit::{self, AuditAction, Subject},
    cells::{signed, stamps},
};

/// Fields of one record that the schema accepts from staff.
#[derive(Clone, Debug)]
pub(crate) struct ValidFields(BTreeMap<String, Value>);

impl ValidFields {
    /// Removes characters that would reverse the text around them, and validates fields against the
    /// schema. Returns [`ServiceError::InvalidField`] if staff do not
    /// own one of them or its value does not fit.
    pub(crate) fn validate(
        collection: &str,
        record: &str,
        mut fields: BTreeMap<String, Value>,
    ) -> Result<Self, ServiceError> {
        fields.values_mut().for_each(neutralise_value);
        for (field, value) in &fields {
            schema::check_wire(Owner::Adviser, collection, record, field, value)
                .map_err(|refusal| ServiceError::InvalidField { field: field.clone(), refusal })?;
        }
        Ok(Self(fields))
    }

    pub(crate) fn into_inner(self) -> BTreeMap<String, Value> {
        self.0
    }

    /// Wraps fields of a card, which were validated before the card was stored, and fields that
    /// this crate computes.
    pub(crate) fn trusted(collection: &str, fields: BTreeMap<String, Value>) -> Self {
        debug_assert!(Self::validate(collection, "record", fields.clone()).is_ok(), "{fields:?}");
        Self(fields)
    }
}

/// Writes fields of one record as one change. Returns the person's new revision, or `None` if every
/// field has its value already.
///
/// Returns [`ServiceError::InvalidField`] and writes nothing if staff do not own one of the fields
/// or its value does not fit.
pub fn write(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
    collection: &str,
    record: &str,
    fields: BTreeMap<String, Value>,
    now_millis: i64,
) -> Result<Option<u64>, ServiceError> {
    let person = scope.person_to_change(tx, person)?;
    let fields = ValidFields::validate(collection, record, fields)?;
    write_to(tx, scope, &person, (collection, record), fields, now_millis)
}

/// Like [`write`], to a person whom the caller may change.
pub(crate) fn write_to(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &Person,
    (collection, record): (&str, &str),
    fields: ValidFields,
    now_millis: i64,
) -> Result<Option<u64>, ServiceError> {
    tx.person_for_update(&person.id)?;
    let mut changed = Vec::new();
    for (field, value) in fields.0 {
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
    audit::record(tx, scope, Subject::Person(person), AuditAction::Changed, &detail, now_millis)?;
    let stamp = stamps::next(tx, &person.id, now_millis)?;
    let rev = tx.revision_to_write(&person.id)?;
    let mut fields = BTreeMap::new();
    for (key, value, held) in changed {
        if let Some(held) = held {
            tx.add_history(&person.id, &held, now_millis)?;
        }
        fields.insert(key.field, value);
    }
    let (collection, id) = (collection.to_owned(), record.to_owned());
    let change = Change { collection, id, stamp, fields, signature: None };
    signed::write(tx, person, change, Some(rev))?;
    Ok(Some(rev))
}

/// Deletes a record that staff own, as one change. The caller may change the person.
pub(crate) fn delete_from(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &Person,
    (collection, record): (&str, &str),
    now_millis: i64,
) -> Result<Option<u64>, ServiceError> {
    let known = schema::collection(collection).ok_or(ServiceError::NotFound(Entity::Collection))?;
    let emptied = schema::emptied_by_delete(known);
    let mut fields: BTreeMap<String, Value> =
        emptied.map(|field| (field.name.to_owned(), Value::Null)).collect();
    fields.insert(schema::DELETED.into(), Value::Bool(true));
    let fields = ValidFields::validate(collection, record, fields)?;
    write_to(tx, scope, person, (collection, record), fields, now_millis)
}

//! Meetings that staff put on a young person's phone.

use std::collections::BTreeMap;

use promise_protocol::schema::DELETED;
use serde_json::Value;

use crate::{Random, Record, ServiceError, StaffScope, cells::records, random, staff_writes};
use promise_database::Tx;

const COLLECTION: &str = "appointment";

/// Somebody's appointments that are not deleted, the soonest first.
pub fn list(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &str,
) -> Result<Vec<Record>, ServiceError> {
    let person = scope.person(tx, person)?;
    list_unchecked(tx, &person.id)
}

/// The same of somebody who is known to be within reach.
pub(crate) fn list_unchecked(tx: &mut dyn Tx, person: &str) -> Result<Vec<Record>, ServiceError> {
    let mut all = records::list(tx, person, COLLECTION)?;
    all.retain(|appointment| !appointment.is_deleted());
    all.sort_by(|a, b| a.text("starts_at").cmp(b.text("starts_at")));
    Ok(all)
}

/// Puts a new appointment on a young person's phones, and answers its record.
pub fn add(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &str,
    mut fields: BTreeMap<String, Value>,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<String, ServiceError> {
    let id = random::record_id(random)?;
    fields.insert(DELETED.into(), Value::Bool(false));
    staff_writes::write(tx, scope, person, COLLECTION, &id, fields, now_millis)?;
    Ok(id)
}

/// Changes an appointment.
pub fn update(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &str,
    id: &str,
    fields: BTreeMap<String, Value>,
    now_millis: i64,
) -> Result<(), ServiceError> {
    scope.person_to_change(tx, person)?;
    find(tx, scope, person, id)?;
    staff_writes::write(tx, scope, person, COLLECTION, id, fields, now_millis).map(drop)
}

/// Takes an appointment off a young person's phones.
pub fn cancel(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &str,
    id: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    scope.person_to_change(tx, person)?;
    find(tx, scope, person, id)?;
    staff_writes::delete(tx, scope, person, COLLECTION, id, now_millis).map(drop)
}

/// One appointment.
pub fn find(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &str,
    id: &str,
) -> Result<Record, ServiceError> {
    let found = list(tx, scope, person)?.into_iter().find(|appointment| appointment.id == id);
    found.ok_or(ServiceError::NotFound("appointment"))
}

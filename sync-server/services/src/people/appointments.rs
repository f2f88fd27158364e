//! Appointments that staff put on a young person's phones.

use std::collections::BTreeMap;

use promise_database::{Person, Tx};
use promise_protocol::{ids::PersonId, schema::DELETED};
use serde_json::Value;

use crate::{
    Entity, Random, Record, ServiceError, StaffScope,
    cells::records,
    random,
    staff_writes::{ValidFields, delete_from, write_to},
};

const COLLECTION: &str = "appointment";

/// Returns a young person's appointments that are not deleted, the next one first.
pub fn list(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
) -> Result<Vec<Record>, ServiceError> {
    let person = scope.person(tx, person)?;
    of_person(tx, &person.id)
}

/// Like [`list`], for a person whom the caller may see.
pub(crate) fn of_person(tx: &mut dyn Tx, person: &PersonId) -> Result<Vec<Record>, ServiceError> {
    let mut appointments = records::list(tx, person, COLLECTION)?;
    appointments.retain(|appointment| !appointment.is_deleted());
    appointments.sort_by(|a, b| a.text("starts_at").cmp(b.text("starts_at")));
    Ok(appointments)
}

/// Returns one appointment.
pub fn find(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
    id: &str,
) -> Result<Record, ServiceError> {
    let person = scope.person(tx, person)?;
    find_of_person(tx, &person, id)
}

fn find_of_person(tx: &mut dyn Tx, person: &Person, id: &str) -> Result<Record, ServiceError> {
    let mut appointments = of_person(tx, &person.id)?.into_iter();
    let found = appointments.find(|appointment| appointment.id == id);
    found.ok_or(ServiceError::NotFound(Entity::Appointment))
}

/// Adds an appointment. Returns its id.
pub fn add(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
    mut fields: BTreeMap<String, Value>,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<String, ServiceError> {
    let person = scope.person_to_change(tx, person)?;
    let id: String = random::record_id(random)?;
    fields.insert(DELETED.into(), Value::Bool(false));
    let fields = ValidFields::validate(COLLECTION, &id, fields)?;
    write_to(tx, scope, &person, (COLLECTION, &id), fields, now_millis)?;
    Ok(id)
}

/// Changes fields of an appointment.
pub fn update(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
    id: &str,
    fields: BTreeMap<String, Value>,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let person = scope.person_to_change(tx, person)?;
    find_of_person(tx, &person, id)?;
    let fields = ValidFields::validate(COLLECTION, id, fields)?;
    write_to(tx, scope, &person, (COLLECTION, id), fields, now_millis)?;
    Ok(())
}

/// Cancels an appointment: it is deleted from the young person's phones.
pub fn cancel(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
    id: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let person = scope.person_to_change(tx, person)?;
    find_of_person(tx, &person, id)?;
    delete_from(tx, scope, &person, (COLLECTION, id), now_millis)?;
    Ok(())
}

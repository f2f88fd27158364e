//! Councils, young people and staff, and who looks after whom.

use std::collections::BTreeMap;

use promise_protocol::{Reading, schema, values};
use serde_json::Value;

use super::{Random, ServiceError, StaffScope, card, random, staff_words};
use crate::store::{Assignment, Council, Person, StaffMember, Tx};

/// Adds a council. Its short name is made of `a`-`z`, `0`-`9`, `-`, `_` and `.`.
pub fn add_council(tx: &mut dyn Tx, id: &str, name: &str) -> Result<(), ServiceError> {
    if !values::is_record_id(id) {
        let refusal = schema::Refusal::BadRecordId;
        return Err(ServiceError::Refused { field: "council".into(), refusal });
    }
    let council = Council { id: id.to_owned(), name: name.to_owned() };
    if tx.add_council(&council)? { Ok(()) } else { Err(ServiceError::Taken("council")) }
}

/// Adds a young person, and answers their random name.
pub fn add_person(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &str,
    reference: Option<&str>,
    random: &mut dyn Random,
) -> Result<String, ServiceError> {
    council_within_reach(tx, scope, council)?;
    let id = random::record_id(random)?;
    tx.add_person(&Person {
        id: id.clone(),
        council: council.to_owned(),
        reference: reference.map(str::to_owned),
        rev: 0,
        staff_reading: Reading::default(),
    })?;
    Ok(id)
}

/// Adds a member of staff with their card, and answers their random name.
pub fn add_staff(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &str,
    handle: &str,
    card: BTreeMap<String, Value>,
    random: &mut dyn Random,
) -> Result<String, ServiceError> {
    council_within_reach(tx, scope, council)?;
    card::check(&card)?;
    let id = random::record_id(random)?;
    let (council, handle) = (council.to_owned(), handle.to_owned());
    let added = tx.add_staff(&StaffMember { id: id.clone(), council, handle, card })?;
    if added { Ok(id) } else { Err(ServiceError::Taken("handle in this council")) }
}

/// Assigns a member of staff to a young person, whose phones get a contact with the card. Answers
/// the contact's record.
pub fn assign(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &str,
    staff: &str,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<String, ServiceError> {
    let (person, staff) = (scope.person(tx, person)?, scope.staff(tx, staff)?);
    if person.council != staff.council {
        return Err(ServiceError::OtherCouncil);
    }
    let contact = random::record_id(random)?;
    let assignment =
        Assignment { person: person.id.clone(), staff: staff.id, contact: contact.clone() };
    if !tx.assign(&assignment)? {
        return Err(ServiceError::Taken("assignment"));
    }
    let mut fields = staff.card;
    fields.insert(schema::DELETED.into(), Value::Bool(false));
    staff_words::write(tx, scope, &person.id, card::COLLECTION, &contact, fields, now_millis)?;
    Ok(contact)
}

/// Ends an assignment, and deletes the contact from the young person's phones.
pub fn unassign(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &str,
    staff: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let (person, staff) = (scope.person(tx, person)?, scope.staff(tx, staff)?);
    let ended = tx.unassign(&person.id, &staff.id)?;
    let ended = ended.ok_or(ServiceError::Unknown("assignment"))?;
    staff_words::delete(tx, scope, &person.id, card::COLLECTION, &ended.contact, now_millis)?;
    Ok(())
}

fn council_within_reach(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &str,
) -> Result<(), ServiceError> {
    let known = tx.council(council)?.filter(|council| scope.reaches(&council.id));
    known.map(drop).ok_or(ServiceError::Unknown("council"))
}

//! Councils, young people and staff, and who looks after whom.

use std::collections::BTreeMap;

use promise_protocol::{Reading, ids, schema};
use serde_json::Value;

use super::{
    Permission, Random, ServiceError, StaffScope,
    audit::{self, About},
    card, cover, random, staff_words,
};
use promise_database::{Assignment, Council, Person, StaffMember, Tx};

/// Adds a council. Its short name is made of `a`-`z`, `0`-`9`, `-`, `_` and `.`.
pub fn add_council(tx: &mut dyn Tx, id: &str, name: &str) -> Result<(), ServiceError> {
    if !ids::is_record_id(id) {
        let refusal = schema::Refusal::BadRecordId;
        return Err(ServiceError::Refused { field: "council".into(), refusal });
    }
    let council = Council { id: id.to_owned(), name: name.to_owned() };
    if tx.add_council(&council)? { Ok(()) } else { Err(ServiceError::AlreadyExists("council")) }
}

/// The young person of a council who has this reference.
pub fn find(
    tx: &mut dyn Tx,
    council: &str,
    reference: &str,
) -> Result<Option<Person>, ServiceError> {
    let people = tx.people(council)?;
    Ok(people.into_iter().find(|person| person.reference.as_deref() == Some(reference)))
}

/// Adds a young person, and answers their random name. Their reference is theirs alone.
pub fn add_person(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &str,
    reference: Option<&str>,
    random: &mut dyn Random,
) -> Result<String, ServiceError> {
    scope.permit(Permission::GivePeople)?;
    scope.council(tx, council)?;
    if reference.is_some() && find(tx, council, reference.unwrap_or_default())?.is_some() {
        return Err(ServiceError::AlreadyExists("reference in this council"));
    }
    let id = random::record_id(random)?;
    tx.add_person(&Person {
        id: id.clone(),
        council: council.to_owned(),
        reference: reference.map(str::to_owned),
        rev: 0,
        nudge_rev: 0,
        staff_reading: Reading::default(),
    })?;
    Ok(id)
}

/// Adds a young person of a manager's own council with an adviser, if one is chosen, and answers
/// their random name.
pub fn welcome(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    reference: &str,
    adviser: Option<&str>,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<String, ServiceError> {
    let council = scope.own_council().unwrap_or_default().to_owned();
    let id = add_person(tx, scope, &council, Some(reference), random)?;
    let person = scope.person_to_change(tx, &id)?;
    audit::note(tx, scope, About::Person(&person), "added", "", now_millis)?;
    if let Some(adviser) = adviser {
        give(tx, scope, &id, adviser, now_millis, random)?;
    }
    Ok(id)
}

/// Gives a young person an adviser beside those they have.
pub fn give(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &str,
    adviser: &str,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<String, ServiceError> {
    scope.permit(Permission::GivePeople)?;
    let known = scope.person_to_change(tx, person)?;
    audit::note(tx, scope, About::Person(&known), "gave_adviser", adviser, now_millis)?;
    assign(tx, scope, person, adviser, now_millis, random)
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
    scope.permit(Permission::ManageStaff)?;
    scope.council(tx, council)?;
    card::check(&card)?;
    let id = random::record_id(random)?;
    let (council, handle) = (council.to_owned(), handle.to_owned());
    let added =
        tx.add_staff(&StaffMember { id: id.clone(), council, handle, card, deactivated_at: None })?;
    if added { Ok(id) } else { Err(ServiceError::AlreadyExists("handle in this council")) }
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
    let (person, staff) = (scope.person_to_change(tx, person)?, scope.colleague(tx, staff)?);
    let contact = random::record_id(random)?;
    let assignment = Assignment::open(&person.id, &staff.id, &contact);
    introduce(tx, scope, &person, &staff, &assignment, now_millis)?;
    cover::arrange(tx, scope, &staff.id, now_millis, random)?;
    Ok(contact)
}

/// Makes an assignment, and the contact that shows it on the young person's phones.
pub(super) fn introduce(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &Person,
    staff: &StaffMember,
    assignment: &Assignment,
    now_millis: i64,
) -> Result<(), ServiceError> {
    if person.council != staff.council {
        return Err(ServiceError::OtherCouncil);
    }
    if !tx.add_assignment(assignment)? {
        return Err(ServiceError::AlreadyExists("assignment"));
    }
    let mut fields = card::on_phones_of(tx, &person.id, &staff.card)?;
    fields.insert(schema::DELETED.into(), Value::Bool(false));
    fields.extend(card::days(assignment));
    let contact = &assignment.contact;
    staff_words::write_to(tx, scope, person, card::COLLECTION, contact, fields, now_millis)?;
    Ok(())
}

/// Ends an assignment, and deletes the contact from the young person's phones.
pub fn unassign(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &str,
    staff: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let (person, staff) = (scope.person_to_change(tx, person)?, scope.staff(tx, staff)?);
    end(tx, scope, &person, &staff.id, now_millis)
}

/// Like [`unassign`], for somebody who is known to be within reach.
pub(super) fn end(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &Person,
    staff: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let ended = tx.delete_assignment(&person.id, staff)?;
    let ended = ended.ok_or(ServiceError::NotFound("assignment"))?;
    staff_words::delete_from(tx, scope, person, card::COLLECTION, &ended.contact, now_millis)?;
    Ok(())
}

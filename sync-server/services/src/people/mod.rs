//! Councils, young people and staff, and who looks after whom.

pub mod appointments;
pub mod asks;
pub mod caseload;
pub mod erasure;
pub mod page;
pub mod subject_access;

use promise_protocol::{Reading, ids, schema};

use crate::{
    Permission, Random, ServiceError, StaffScope, assignments,
    audit::{self, Subject},
    random,
};
use promise_database::{Council, Person, Tx};

/// Adds a council. Its short name is made of `a`-`z`, `0`-`9`, `-`, `_` and `.`.
pub fn add_council(tx: &mut dyn Tx, id: &str, name: &str) -> Result<(), ServiceError> {
    if !ids::is_record_id(id) {
        let refusal = schema::Refusal::BadRecordId;
        return Err(ServiceError::InvalidField { field: "council".into(), refusal });
    }
    let council = Council { id: id.to_owned(), name: name.to_owned() };
    if tx.add_council(&council)? { Ok(()) } else { Err(ServiceError::AlreadyExists("council")) }
}

/// The young person of a council who has this reference.
pub fn find_by_reference(
    tx: &mut dyn Tx,
    council: &str,
    reference: &str,
) -> Result<Option<Person>, ServiceError> {
    let people = tx.people(council)?;
    Ok(people.into_iter().find(|person| person.reference.as_deref() == Some(reference)))
}

/// Adds a young person, and answers their random name. Their reference is theirs alone.
pub fn add(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &str,
    reference: Option<&str>,
    random: &mut dyn Random,
) -> Result<String, ServiceError> {
    scope.permit(Permission::GivePeople)?;
    scope.council(tx, council)?;
    if reference.is_some()
        && find_by_reference(tx, council, reference.unwrap_or_default())?.is_some()
    {
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
pub fn add_with_adviser(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    reference: &str,
    adviser: Option<&str>,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<String, ServiceError> {
    let council = scope.own_council().unwrap_or_default().to_owned();
    let id = add(tx, scope, &council, Some(reference), random)?;
    let person = scope.person_to_change(tx, &id)?;
    audit::record(tx, scope, Subject::Person(&person), "added", "", now_millis)?;
    if let Some(adviser) = adviser {
        assignments::add_adviser(tx, scope, &id, adviser, now_millis, random)?;
    }
    Ok(id)
}

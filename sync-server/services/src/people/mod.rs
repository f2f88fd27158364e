//! Young people and what the server holds about them.

pub mod appointments;
pub mod asks;
pub mod caseload;
pub mod contacts_today;
pub mod due;
pub mod erasure;
pub mod label;
pub mod page;
pub mod reference;
pub mod subject_access;
pub mod timescales;

use promise_database::{Council, Person, Tx};
use promise_protocol::{
    Reading,
    ids::{self, CouncilId, PersonId, StaffId},
    schema, text,
};

use crate::{
    Existing, Permission, Random, ServiceError, StaffScope, assignments,
    audit::{self, AuditAction, Subject},
    random,
};

/// Adds a council, with a key that signs what it writes and publishes. Its id consists of `a`-`z`, `0`-`9`, `-`, `_` and `.`.
pub fn add_council(tx: &mut dyn Tx, id: &str, name: &str) -> Result<(), ServiceError> {
    if !ids::is_record_id(id) {
        let refusal = schema::Refusal::BadRecordId;
        return Err(ServiceError::InvalidField { field: "council".into(), refusal });
    }
    let council = Council { id: CouncilId::new(id), name: text::clean(name) };
    if tx.add_council(&council)? {
        Ok(tx.create_council_key(&council.id)?)
    } else {
        Err(ServiceError::AlreadyExists(Existing::Council))
    }
}

/// Returns the young person of a council with this reference, in any spelling that looks the same. Does
/// not check permissions.
pub fn find_by_reference(
    tx: &mut dyn Tx,
    council: &CouncilId,
    reference: &str,
) -> Result<Option<Person>, ServiceError> {
    let key = text::key(reference);
    let is_same = |person: &Person| {
        person.reference.as_deref().is_some_and(|own| own == reference || text::key(own) == key)
    };
    Ok(tx.people(council)?.into_iter().find(is_same))
}

/// Adds a young person. Returns their random id. A reference is unique in its council.
pub fn add(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &CouncilId,
    reference: Option<&str>,
    random: &mut dyn Random,
) -> Result<PersonId, ServiceError> {
    Ok(add_person(tx, scope, council, reference, random)?.id)
}

/// Adds a young person of the caller's council, and assigns an adviser if one is chosen. Returns
/// their random id.
pub fn add_with_adviser(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    reference: &str,
    adviser: Option<&StaffId>,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<PersonId, ServiceError> {
    let council = scope.require_council()?.clone();
    let person = add_person(tx, scope, &council, Some(reference), random)?;
    let subject = Subject::Person(&person);
    audit::record(tx, scope, subject, AuditAction::AddedPerson, "", now_millis)?;
    if let Some(adviser) = adviser {
        assignments::add_adviser_to(tx, scope, &person, adviser, now_millis, random)?;
    }
    Ok(person.id)
}

fn add_person(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &CouncilId,
    reference: Option<&str>,
    random: &mut dyn Random,
) -> Result<Person, ServiceError> {
    scope.permit(Permission::GivePeople)?;
    let council = scope.council(tx, council)?;
    let reference = reference.and_then(clean_reference);
    if let Some(reference) = reference.as_deref()
        && find_by_reference(tx, &council, reference)?.is_some()
    {
        return Err(ServiceError::AlreadyExists(Existing::Reference));
    }
    let person = Person {
        id: random::record_id(random)?,
        council,
        reference,
        rev: 0,
        nudge_rev: 0,
        staff_reading: Reading::default(),
        relinked_id: None,
    };
    tx.add_person(&person)?;
    Ok(person)
}

/// Returns a reference as it is stored; `None` if nothing is left of it.
fn clean_reference(typed: &str) -> Option<String> {
    Some(text::clean(typed)).filter(|reference| !reference.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::World;

    #[test]
    fn reference_that_looks_the_same_is_taken_and_found() {
        let mut world = World::new();
        let council = CouncilId::new("barnet");
        let id = world
            .staff(|tx, scope, random| add(tx, scope, &council, Some("CL-0001"), random))
            .unwrap();
        for typed in ["cl\u{2013}0001", " CL\u{2011}0001\u{200e}", "CL-\u{ff10}001"] {
            let again =
                world.staff(|tx, scope, random| add(tx, scope, &council, Some(typed), random));
            assert!(matches!(again, Err(ServiceError::AlreadyExists(_))), "{typed:?}");
            let found = world.staff(|tx, _, _| find_by_reference(tx, &council, typed)).unwrap();
            assert_eq!(found.map(|person| person.id).as_ref(), Some(&id), "{typed:?}");
        }
    }
}

//! Erasing everything that the server holds about a person.
//!
//! What is left: that somebody of this random name was erased, so that a restore erases them
//! again, and the hashes of their phones' tokens, so that each phone is told to wipe itself.
//! Whoever calls this then sweeps the store, where traces of the old pages still are.

use promise_protocol::{EraseRequest, PROTOCOL};

use crate::{
    Permission, PhoneScope, ServiceError, StaffScope,
    audit::{self, Subject},
};
use promise_database::{ErasedPerson, Tx};

/// Erases a phone's own person. [`ServiceError::WrongPerson`]: the request names another one.
pub fn erase_own(
    tx: &mut dyn Tx,
    scope: &PhoneScope,
    request: &EraseRequest,
    now_millis: i64,
) -> Result<(), ServiceError> {
    if request.protocol != PROTOCOL {
        return Err(ServiceError::UnsupportedProtocol);
    }
    if request.person != scope.person() {
        return Err(ServiceError::WrongPerson);
    }
    tx.person_for_update(scope.person())?;
    let (id, council) = (scope.person().to_owned(), scope.council().to_owned());
    Ok(tx.erase(&ErasedPerson { id, council, erased_at: now_millis })?)
}

/// Erases a person who asked their council for it.
pub fn erase(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    // Nobody who signs in in a browser erases people: the operator does, when somebody asks.
    scope.permit(Permission::Operate)?;
    let person = scope.person(tx, person)?;
    audit::record(tx, scope, Subject::Person(&person), "erased", "", now_millis)?;
    Ok(tx.erase(&ErasedPerson { id: person.id, council: person.council, erased_at: now_millis })?)
}

/// Those whom a council looked after and who were erased, by name.
pub fn list_erased(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &str,
) -> Result<Vec<ErasedPerson>, ServiceError> {
    let within = |erased: &ErasedPerson| erased.council == council && scope.reaches(council);
    Ok(tx.erased_people()?.into_iter().filter(within).collect())
}

/// What is left of one person, if they were erased.
pub fn find_erased(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &str,
) -> Result<Option<ErasedPerson>, ServiceError> {
    Ok(tx.erased_person(person)?.filter(|erased| scope.reaches(&erased.council)))
}

#[cfg(test)]
mod tests;

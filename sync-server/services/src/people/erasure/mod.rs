//! Erasing everything that the server holds about a young person.
//!
//! What remains is a tombstone with the person's random id, so that a restore erases them again, and
//! the hashes of their phones' tokens, so that each phone learns that it was revoked and wipes
//! itself. The caller then removes the traces of deleted rows from the database file.

use promise_database::{ErasedPerson, Tx};
use promise_protocol::{
    EraseRequest, PROTOCOL,
    ids::{CouncilId, PersonId},
};

use crate::{
    Permission, PhoneScope, ServiceError, StaffScope,
    audit::{self, AuditAction, Subject},
};

/// Erases the person of the phone that asks for it.
///
/// Returns [`ServiceError::WrongPerson`] if the request names another person.
pub fn erase_own(
    tx: &mut dyn Tx,
    scope: &PhoneScope,
    request: &EraseRequest,
    now_millis: i64,
) -> Result<(), ServiceError> {
    if request.protocol != PROTOCOL {
        return Err(ServiceError::UnsupportedProtocol);
    }
    if request.person != scope.person().as_str() {
        return Err(ServiceError::WrongPerson);
    }
    tx.person_for_update(scope.person())?;
    let (id, council) = (scope.person().to_owned(), scope.council().to_owned());
    Ok(tx.erase(&ErasedPerson { id, council, erased_at: now_millis })?)
}

/// Erases a person who asked their council for it. Only the operator may.
pub fn erase(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
    now_millis: i64,
) -> Result<(), ServiceError> {
    scope.permit(Permission::Operate)?;
    let person = scope.person(tx, person)?;
    audit::record(tx, scope, Subject::Person(&person), AuditAction::Erased, "", now_millis)?;
    Ok(tx.erase(&ErasedPerson { id: person.id, council: person.council, erased_at: now_millis })?)
}

/// Returns the tombstones of a council's erased people, by id.
pub fn list_erased(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &CouncilId,
) -> Result<Vec<ErasedPerson>, ServiceError> {
    let in_reach = |erased: &ErasedPerson| &erased.council == council && scope.reaches(council);
    Ok(tx.erased_people()?.into_iter().filter(in_reach).collect())
}

/// Returns the tombstone of one person, if they were erased.
pub fn find_erased(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
) -> Result<Option<ErasedPerson>, ServiceError> {
    Ok(tx.erased_person(person)?.filter(|erased| scope.reaches(&erased.council)))
}

#[cfg(test)]
mod tests;

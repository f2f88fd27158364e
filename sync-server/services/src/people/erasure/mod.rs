//! Erasing everything that the server holds about a young person.
//!
//! What remains is a tombstone with the person's random id, so that a restore erases them again, and
//! for each of their phones the hash of its token and a signed order to wipe itself. The caller then
//! removes the traces of deleted rows from the database file.

use promise_database::{ErasedPerson, Person, Tx};
use promise_protocol::{
    EraseRequest, PROTOCOL,
    ids::{CouncilId, PersonId},
};

use crate::{
    Permission, ServiceError, StaffScope,
    audit::{self, AuditAction, Subject},
    devices::{self, ProvenPhone},
};

/// Erases the person of the phone that asks for it.
///
/// Returns [`ServiceError::WrongPerson`] if the request names another person, and
/// [`ServiceError::LimitedPhone`] if the calling phone is limited.
pub fn erase_own(
    tx: &mut dyn Tx,
    scope: &ProvenPhone,
    request: &EraseRequest,
    now_millis: i64,
) -> Result<(), ServiceError> {
    if request.protocol != PROTOCOL {
        return Err(ServiceError::UnsupportedProtocol);
    }
    let person = tx.person_for_update(scope.person())?.ok_or(ServiceError::NotPaired)?;
    if request.person != person.id_on_phones().as_str() {
        return Err(ServiceError::WrongPerson);
    }
    devices::capability::require_full(tx, scope)?;
    devices::record_own(tx, scope, &person, AuditAction::Erased, "", now_millis)?;
    erase_person(tx, person, now_millis)
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
    erase_person(tx, person, now_millis)
}

/// Erases a person. A record whose phone was linked again leaves a tombstone of the lost record too:
/// another phone of that record, which has not been in touch since the restore, must not come back.
fn erase_person(tx: &mut dyn Tx, person: Person, erased_at: i64) -> Result<(), ServiceError> {
    tx.person_for_update(&person.id)?;
    devices::revoke_all(tx, &person, erased_at)?;
    for id in person.relinked_id.into_iter().chain([person.id]) {
        tx.person_for_update(&id)?;
        tx.erase(&ErasedPerson { id, council: person.council.clone(), erased_at })?;
    }
    Ok(())
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

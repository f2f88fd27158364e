//! The audit log: who accessed and who changed what. Append-only, with one hash chain per council.
//!
//! Every entry about a young person is also shown on their phones: see `access_log`.

pub(crate) mod access_log;
mod action;
mod chain;
pub mod export;
pub mod unusual_access;

use promise_database::{Actor, AuditEntry, AuditFilter, Person, Tx};
use promise_protocol::{access::AccessRole, ids::CouncilId};

use crate::{Entity, Permission, ServiceError, StaffScope};

pub use action::AuditAction;
pub use chain::{ChainCheck, ChainStatus, last_check, record_check, verify_chain};

/// What an entry is about.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// A young person.
    Person(&'a Person),
    /// Something else of the council with this id.
    Council(&'a CouncilId),
}

/// Appends an entry, and shows it on the phones of the young person it is about. `detail` contains
/// ids and names of fields, never their values.
pub fn record(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    subject: Subject<'_>,
    action: AuditAction,
    detail: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let role = scope.role().map_or(AccessRole::Operator, AccessRole::Staff);
    record_as(tx, (&scope.actor(), &role), subject, action, detail, now_millis)
}

/// Like [`record`], for a staff member without a scope, such as one who failed to sign in.
pub(crate) fn record_as(
    tx: &mut dyn Tx,
    (actor, role): (&Actor, &AccessRole),
    subject: Subject<'_>,
    action: AuditAction,
    detail: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let (council, person) = match subject {
        Subject::Person(person) => (&person.council, Some(person.id.clone())),
        Subject::Council(council) => (council, None),
    };
    if let Some(person) = &person {
        // Before what is read and written about them.
        tx.person_for_update(person)?;
    }
    let last = tx.last_entry(council)?;
    let mut entry = AuditEntry {
        council: council.to_owned(),
        number: last.as_ref().map_or(0, |last| last.number) + 1,
        at: now_millis,
        actor: actor.clone(),
        role: role.clone(),
        action: action.as_str().to_owned(),
        person,
        detail: detail.to_owned(),
        hash: Vec::new(),
    };
    entry.hash = chain::hash(&entry, last.as_ref().map_or(&[], |last| &last.hash));
    tx.add_entry(&entry)?;
    match subject {
        Subject::Person(person) => {
            access_log::record(tx, person, (actor, role), (action, detail), now_millis)
        }
        Subject::Council(_) => Ok(()),
    }
}

/// Returns up to `limit` entries of a council with a number below `before`, newest first.
pub fn list(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &CouncilId,
    before: u64,
    limit: usize,
) -> Result<Vec<AuditEntry>, ServiceError> {
    require_access(scope, council)?;
    Ok(tx.entries_before(council, &AuditFilter::default(), Some(before), limit)?)
}

/// Returns up to `limit` entries that match `filter` with a number below `before`, newest first.
pub fn search(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &CouncilId,
    filter: &AuditFilter,
    before: u64,
    limit: usize,
) -> Result<Vec<AuditEntry>, ServiceError> {
    require_access(scope, council)?;
    Ok(tx.entries_before(council, filter, Some(before), limit)?)
}

fn require_access(scope: &StaffScope, council: &CouncilId) -> Result<(), ServiceError> {
    scope.permit(Permission::SeeLog)?;
    if scope.reaches(council) { Ok(()) } else { Err(ServiceError::NotFound(Entity::Council)) }
}

#[cfg(test)]
mod tests;

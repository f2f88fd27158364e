//! The log of who looked and who changed what: append-only, each council's in a chain of its own.
//!
//! Each entry's hash covers the hash before it, so that an entry that was changed, removed or put
//! in between breaks the chain from there on. Keep the newest hash somewhere else too, on paper or
//! with the auditor: whoever holds the database could write a whole new chain.

pub(crate) mod access_log;
pub mod export;
pub mod unusual_access;

use data_encoding::HEXLOWER;
use promise_protocol::access::{OPERATOR, StaffRole};
use sha2::{Digest, Sha256};

use crate::{Permission, ServiceError, StaffScope};
use promise_database::{Actor, AuditEntry, AuditFilter, Person, Tx};

/// What an entry is about.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// A young person.
    Person(&'a Person),
    /// Something of a council.
    Council(&'a str),
}

/// Notes what somebody did, and tells the phones of whom it is about. `detail` names things, and never holds what is in them.
pub fn record(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    about: Subject<'_>,
    act: &str,
    detail: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let role = scope.role().map_or(OPERATOR, StaffRole::as_str);
    record_as(tx, (&scope.actor(), role), about, act, detail, now_millis)
}

/// Like [`note`], for somebody who has no scope, such as one who could not sign in.
pub(crate) fn record_as(
    tx: &mut dyn Tx,
    (actor, role): (&Actor, &str),
    about: Subject<'_>,
    act: &str,
    detail: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let (council, person) = match about {
        Subject::Person(person) => (person.council.as_str(), Some(person.id.clone())),
        Subject::Council(council) => (council, None),
    };
    if let Subject::Person(person) = about {
        // The young person comes before what is read and written about them.
        tx.person_for_update(&person.id)?;
    }
    let last = tx.last_entry(council)?;
    let mut entry = AuditEntry {
        council: council.to_owned(),
        number: last.as_ref().map_or(0, |last| last.number) + 1,
        at: now_millis,
        actor: actor.clone(),
        role: role.to_owned(),
        action: act.to_owned(),
        person,
        detail: detail.to_owned(),
        hash: Vec::new(),
    };
    entry.hash = hash(&entry, last.as_ref().map_or(&[], |last| &last.hash));
    tx.add_entry(&entry)?;
    match about {
        Subject::Person(person) => {
            access_log::record(tx, person, (actor, role), (act, detail), now_millis)
        }
        Subject::Council(_) => Ok(()),
    }
}

/// Whether a chain holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChainStatus {
    /// It does: so many entries, the last of which has this hash, in hexadecimal.
    Intact(u64, String),
    /// The entry of this number is not what was written, or one before it is missing.
    Broken(u64),
}

/// Checks a council's chain from its first entry.
pub fn verify_chain(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &str,
) -> Result<ChainStatus, ServiceError> {
    within_reach(scope, council)?;
    let (mut number, mut before, mut broken) = (0, Vec::new(), None);
    tx.visit_entries(council, &mut |entry| {
        number += 1;
        if entry.number == number && entry.hash == hash(&entry, &before) {
            before = entry.hash;
            return true;
        }
        broken = Some(number);
        false
    })?;
    Ok(broken
        .map_or_else(|| ChainStatus::Intact(number, HEXLOWER.encode(&before)), ChainStatus::Broken))
}

/// At most so many entries of a council before a number, the newest first.
pub fn list(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &str,
    before: u64,
    most: usize,
) -> Result<Vec<AuditEntry>, ServiceError> {
    within_reach(scope, council)?;
    Ok(tx.entries_before(council, &AuditFilter::default(), Some(before), most)?)
}

/// At most so many of the entries that are wanted before a number, the newest first.
pub fn search(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &str,
    filter: &AuditFilter,
    before: u64,
    most: usize,
) -> Result<Vec<AuditEntry>, ServiceError> {
    within_reach(scope, council)?;
    Ok(tx.entries_before(council, filter, Some(before), most)?)
}

/// The name on somebody's card.
pub fn staff_name_by_id(tx: &mut dyn Tx, staff: &str) -> Result<String, ServiceError> {
    let card = tx.staff(staff)?.map(|staff| staff.card).unwrap_or_default();
    Ok(card.get("display_name").and_then(|name| name.as_str()).unwrap_or_default().to_owned())
}

/// How the last check of a council's chain came out, when and by whom; none if it never was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainCheck {
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// The name of whoever did; empty for whoever runs the server.
    pub by: String,
    /// What came of it.
    pub chain: ChainStatus,
}

/// The last check that is noted.
pub fn last_check(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &str,
) -> Result<Option<ChainCheck>, ServiceError> {
    within_reach(scope, council)?;
    let Some(entry) = tx.last_check(council)? else { return Ok(None) };
    let by = staff_name_by_id(tx, entry.actor.staff().unwrap_or_default())?;
    Ok(chain_of(&entry.detail).map(|chain| ChainCheck { at: entry.at, by, chain }))
}

/// Notes how a check came out.
pub fn record_check(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &str,
    chain: &ChainStatus,
    now_millis: i64,
) -> Result<(), ServiceError> {
    within_reach(scope, council)?;
    let detail = match chain {
        ChainStatus::Intact(count, hash) => format!("whole {count} {hash}"),
        ChainStatus::Broken(number) => format!("broken {number}"),
    };
    record(tx, scope, Subject::Council(council), "verified", &detail, now_millis)
}

/// What a noted check says.
fn chain_of(detail: &str) -> Option<ChainStatus> {
    let mut words = detail.split(' ');
    match (words.next()?, words.next()?.parse().ok()?, words.next()) {
        ("whole", count, Some(hash)) => Some(ChainStatus::Intact(count, hash.to_owned())),
        ("broken", number, None) => Some(ChainStatus::Broken(number)),
        _ => None,
    }
}

fn within_reach(scope: &StaffScope, council: &str) -> Result<(), ServiceError> {
    scope.permit(Permission::SeeLog)?;
    if scope.reaches(council) { Ok(()) } else { Err(ServiceError::NotFound("council")) }
}

/// JSON keeps the parts apart: no two entries read the same.
fn hash(entry: &AuditEntry, before: &[u8]) -> Vec<u8> {
    let parts = (
        HEXLOWER.encode(before),
        &entry.council,
        entry.number,
        entry.at,
        entry.actor.staff().unwrap_or_default(),
        &entry.role,
        &entry.action,
        entry.person.as_deref().unwrap_or_default(),
        &entry.detail,
    );
    Sha256::digest(serde_json::to_vec(&parts).unwrap_or_default()).to_vec()
}

#[cfg(test)]
mod tests;

//! The hash chain of a council's audit log.
//!
//! Each entry's hash covers the hash before it, so a changed, removed or inserted entry breaks the
//! chain from there on. Keep the newest hash outside the server too, on paper or with the auditor:
//! an attacker who controls the database could compute a whole new chain.

use data_encoding::HEXLOWER;
use promise_database::{AuditEntry, Tx};
use promise_protocol::ids::{CouncilId, PersonId, StaffId};
use sha2::{Digest, Sha256};

use crate::{
    ServiceError, StaffScope,
    audit::{self, AuditAction, Subject, require_access},
    names,
};

/// The result of verifying a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChainStatus {
    /// Every entry has its hash. Contains the number of entries and the last hash in hexadecimal.
    Intact(u64, String),
    /// The entry with this number was changed, or one before it is missing.
    Broken(u64),
}

/// A verification that the log recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainCheck {
    /// When it ran, in milliseconds since 1970.
    pub at: i64,
    /// The name of the staff member who started it. Empty for the operator.
    pub by: String,
    /// Its result.
    pub chain: ChainStatus,
}

/// Verifies a council's chain from its first entry.
pub fn verify_chain(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &CouncilId,
) -> Result<ChainStatus, ServiceError> {
    require_access(scope, council)?;
    let (mut number, mut previous_hash, mut broken) = (0, Vec::new(), None);
    tx.visit_entries(council, &mut |entry| {
        number += 1;
        if entry.number == number && entry.hash == hash(&entry, &previous_hash) {
            previous_hash = entry.hash;
            return true;
        }
        broken = Some(number);
        false
    })?;
    let intact = || ChainStatus::Intact(number, HEXLOWER.encode(&previous_hash));
    Ok(broken.map_or_else(intact, ChainStatus::Broken))
}

/// Returns the last recorded verification, or `None` if there was none.
pub fn last_check(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &CouncilId,
) -> Result<Option<ChainCheck>, ServiceError> {
    require_access(scope, council)?;
    let Some(entry) = tx.last_check(council)? else { return Ok(None) };
    let by = names::actor_name(tx, &entry.actor)?;
    Ok(parse_status(&entry.detail).map(|chain| ChainCheck { at: entry.at, by, chain }))
}

/// Records the result of a verification.
pub fn record_check(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &CouncilId,
    chain: &ChainStatus,
    now_millis: i64,
) -> Result<(), ServiceError> {
    require_access(scope, council)?;
    let detail = match chain {
        ChainStatus::Intact(count, hash) => format!("whole {count} {hash}"),
        ChainStatus::Broken(number) => format!("broken {number}"),
    };
    let subject = Subject::Council(council);
    audit::record(tx, scope, subject, AuditAction::VerifiedLog, &detail, now_millis)
}

fn parse_status(detail: &str) -> Option<ChainStatus> {
    let mut words = detail.split(' ');
    match (words.next()?, words.next()?.parse().ok()?, words.next()) {
        ("whole", count, Some(hash)) => Some(ChainStatus::Intact(count, hash.to_owned())),
        ("broken", number, None) => Some(ChainStatus::Broken(number)),
        _ => None,
    }
}

/// Hashes an entry with the hash before it. As JSON, no two different entries have the same bytes.
pub(super) fn hash(entry: &AuditEntry, previous: &[u8]) -> Vec<u8> {
    let parts = (
        HEXLOWER.encode(previous),
        &entry.council,
        entry.number,
        entry.at,
        entry.actor.staff().map_or("", StaffId::as_str),
        entry.role.as_str(),
        &entry.action,
        entry.person.as_ref().map_or("", PersonId::as_str),
        &entry.detail,
    );
    Sha256::digest(serde_json::to_vec(&parts).unwrap_or_default()).to_vec()
}

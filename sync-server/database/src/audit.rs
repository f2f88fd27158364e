//! The audit log: who viewed and who changed what.

use promise_protocol::{
    access::AccessRole,
    ids::{CouncilId, PersonId, StaffId},
};

use crate::{Actor, DatabaseError};

/// One entry of a council's audit log. It names fields and never holds their values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// The council. Each council's entries form a chain of their own.
    pub council: CouncilId,
    /// Its position in the chain, from 1.
    pub number: u64,
    /// When it happened.
    pub at: i64,
    /// Who did it.
    pub actor: Actor,
    /// The role in which they did it.
    pub role: AccessRole,
    /// What they did, such as `looked` or `changed`.
    pub action: String,
    /// The young person it is about; `None` if it is not about one.
    pub person: Option<PersonId>,
    /// What it is about, such as `contact phones email`.
    pub detail: String,
    /// SHA-256 of this entry and of the hash before it.
    pub hash: Vec<u8>,
}

/// Which entries a query returns. A field that is `None` filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Only entries about this young person.
    pub person: Option<PersonId>,
    /// Only entries by this staff member.
    pub staff: Option<StaffId>,
    /// Only this kind of entry, such as `looked`.
    pub action: Option<String>,
    /// Only entries at this time or later.
    pub from: Option<i64>,
    /// Only entries before this time.
    pub to: Option<i64>,
}

/// The audit log. Entries cannot be changed or deleted, neither here nor in the database.
pub trait Audit {
    /// Returns a council's newest entry.
    fn last_entry(&mut self, council: &CouncilId) -> Result<Option<AuditEntry>, DatabaseError>;

    /// Appends an entry.
    ///
    /// Fails if the council has an entry of this number. Two jobs that read the same
    /// [`last_entry`](Self::last_entry) cannot both succeed.
    fn add_entry(&mut self, entry: &AuditEntry) -> Result<(), DatabaseError>;

    /// Returns at most `limit` entries that match and have a number below `before`, newest first.
    /// `None` starts with the newest.
    fn entries_before(
        &mut self,
        council: &CouncilId,
        filter: &AuditFilter,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<AuditEntry>, DatabaseError>;

    /// Returns at most `limit` entries that match and have a number above `after`, oldest first.
    fn entries_after(
        &mut self,
        council: &CouncilId,
        filter: &AuditFilter,
        after: u64,
        limit: usize,
    ) -> Result<Vec<AuditEntry>, DatabaseError>;

    /// Calls `visit` with each of a council's entries, oldest first, until it returns `false`.
    fn visit_entries(
        &mut self,
        council: &CouncilId,
        visit: &mut dyn FnMut(AuditEntry) -> bool,
    ) -> Result<(), DatabaseError>;

    /// Returns the newest entry that records a check of the chain.
    fn last_check(&mut self, council: &CouncilId) -> Result<Option<AuditEntry>, DatabaseError>;

    /// Returns the staff members who opened the pages of at least `at_least` young people from
    /// `from` until before `to`, and of how many, most first.
    fn unusual_access(
        &mut self,
        council: &CouncilId,
        from: i64,
        to: i64,
        at_least: usize,
    ) -> Result<Vec<(StaffId, usize)>, DatabaseError>;
}

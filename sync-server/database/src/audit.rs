//! The log of who looked and who changed what.

use super::DatabaseError;

/// One entry of a council's log. It names fields, and never holds what is in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// The council, whose entries are a chain of their own.
    pub council: String,
    /// Its place in the chain, from 1.
    pub number: u64,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Who; empty for whoever runs the server.
    pub staff: String,
    /// In which role.
    pub role: String,
    /// What they did, such as `looked` or `changed`.
    pub act: String,
    /// Whom it is about; empty if nobody.
    pub person: String,
    /// What it is about, such as `contact phones email`.
    pub detail: String,
    /// SHA-256 of this entry and the hash before it.
    pub hash: Vec<u8>,
}

/// Which entries are wanted. What is empty leaves nothing out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// About this young person.
    pub person: Option<String>,
    /// By this member of staff.
    pub staff: Option<String>,
    /// Of this kind, such as `looked`.
    pub act: Option<String>,
    /// At this moment or later, in milliseconds since 1970.
    pub from: Option<i64>,
    /// Before this moment.
    pub to: Option<i64>,
}

/// The log. There is no way to change or remove an entry, here or in the database.
pub trait Audit {
    /// A council's last entry.
    fn last_entry(&mut self, council: &str) -> Result<Option<AuditEntry>, DatabaseError>;

    /// Adds an entry.
    fn add_entry(&mut self, entry: &AuditEntry) -> Result<(), DatabaseError>;

    /// At most so many entries of a council before this number, the newest first.
    fn entries_before(
        &mut self,
        council: &str,
        number: u64,
        most: usize,
    ) -> Result<Vec<AuditEntry>, DatabaseError>;

    /// At most so many of the entries that are wanted before this number, the newest first.
    fn found_before(
        &mut self,
        council: &str,
        filter: &AuditFilter,
        number: u64,
        most: usize,
    ) -> Result<Vec<AuditEntry>, DatabaseError>;

    /// At most so many of the entries that are wanted after this number, the oldest first.
    fn found_after(
        &mut self,
        council: &str,
        filter: &AuditFilter,
        number: u64,
        most: usize,
    ) -> Result<Vec<AuditEntry>, DatabaseError>;

    /// The last entry that notes that the chain was checked.
    fn last_check(&mut self, council: &str) -> Result<Option<AuditEntry>, DatabaseError>;

    /// Who opened the pages of at least so many young people between two moments, and of how many.
    fn unusual_access(
        &mut self,
        council: &str,
        from: i64,
        to: i64,
        at_least: usize,
    ) -> Result<Vec<(String, usize)>, DatabaseError>;

    /// Visits a council's entries, the oldest first, until `visit` answers `false`.
    fn visit_entries(
        &mut self,
        council: &str,
        visit: &mut dyn FnMut(AuditEntry) -> bool,
    ) -> Result<(), DatabaseError>;

    /// At most so many entries about a person, the newest first.
    fn entries_about(
        &mut self,
        council: &str,
        person: &str,
        most: usize,
    ) -> Result<Vec<AuditEntry>, DatabaseError>;
}

//! What the server stores, independent of the database that stores it.
//!
//! - [`Database`] is the handle that the rest of the server holds: it runs jobs, and notifies when
//!   something new was committed.
//! - [`Tx`] is what a job can do within its transaction: a sum of small traits, one for each topic.
//!   Services see only this and the records; they never see SQL.
//! - [`Backend`] and [`DataSource`] are what a crate for one kind of database implements.
//! - `conformance` (feature `conformance`) is the suite that every backend must pass.
//!
//! # What a backend promises
//!
//! - **A transaction is all or nothing.** What a job wrote is on disk when the caller gets `Ok`, and
//!   rolled back when it gets `Err`.
//! - **Jobs that write behave as if they ran one after another.** A job may read something and write
//!   what follows from it; no other job's write comes in between. A backend with one writer has this
//!   for nothing. Others lock what a job reads, or detect the conflict and run the job again: every
//!   job can be repeated.
//! - **A job sees its own writes.**
//! - Times are milliseconds since 1970 unless a field says otherwise. Numbers fit an `i64`.
//!
//! # What a job promises
//!
//! - **It reserves people first.** [`People::person_for_update`] comes before every write of a
//!   person's cells and phones, and before reading what those writes depend on. A backend with
//!   several writers locks the person's row there, which orders all that concerns one person. Debug
//!   builds of the SQLite backend check it, so every test does.
//! - **It has no effect outside its transaction**, because it may run more than once.

mod actor;
mod address_book;
mod allocation_imports;
mod audit;
mod card;
mod cells;
#[cfg(any(test, feature = "conformance"))]
#[expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "these are tests, which fail by panicking"
)]
pub mod conformance;
mod deliveries;
mod devices;
mod drafts;
mod erased_people;
mod error;
mod generation;
mod handle;
mod imports;
mod invitations;
mod job;
mod overview;
mod people;
mod person_labels;
mod pictures;
mod privileged_acts;
mod published;
mod revoked_phones;
mod sign_ins;
mod signing;
mod source;
mod staff;
mod staff_changes;

pub use actor::Actor;
pub use address_book::{AddressBook, AddressBookEntry, GivenContact};
pub use allocation_imports::{AllocationImport, AllocationImports};
pub use audit::{Audit, AuditEntry, AuditFilter};
pub use card::ContactCard;
pub use cells::{Cells, HistoryEntry, StoredCell};
pub use deliveries::Deliveries;
pub use devices::{Device, Devices, Inviter};
pub use drafts::{Draft, Drafts, Submission};
pub use erased_people::{ErasedPeople, ErasedPerson};
pub use error::DatabaseError;
pub use generation::{Generation, Generations};
pub use handle::{Backend, BoxFuture, Database};
pub use imports::{ImportKind, Imports, PendingImport};
pub use invitations::{Invitation, Invitations, PairingOutcome, PendingPairing};
pub use job::Job;
pub use overview::{FieldValue, Overview, SignInStatus, UnassignedPerson};
pub use people::{Council, People, Person};
pub use person_labels::PersonLabels;
pub use pictures::{Pictures, StoredPicture};
pub use privileged_acts::{
    Decision, PrivilegedAct, PrivilegedActKind, PrivilegedActState, PrivilegedActs,
};
pub use published::{Published, StoredPack};
pub use revoked_phones::{RevokedPhone, RevokedPhones};
pub use sign_ins::{SignIn, SignInLink, SignIns, StaffSession, Stage};
pub use signing::{CouncilKeys, MemorySigner, NoSigner, Signer, Signing, SigningError};
pub use source::{DataSource, StagedRestore};
pub use staff::{Assignment, Staff, StaffMember};
pub use staff_changes::StaffChanges;

/// Everything that one transaction can do.
pub trait Tx:
    Generations
    + People
    + PersonLabels
    + Staff
    + AddressBook
    + Invitations
    + Devices
    + Deliveries
    + Cells
    + StaffChanges
    + Signing
    + Published
    + Pictures
    + ErasedPeople
    + RevokedPhones
    + SignIns
    + PrivilegedActs
    + Audit
    + Overview
    + Drafts
    + Imports
    + AllocationImports
{
}

impl<T> Tx for T where
    T: Generations
        + People
        + PersonLabels
        + Staff
        + AddressBook
        + Invitations
        + Devices
        + Deliveries
        + Cells
        + StaffChanges
        + Signing
        + Published
        + Pictures
        + ErasedPeople
        + RevokedPhones
        + SignIns
        + PrivilegedActs
        + Audit
        + Overview
        + Drafts
        + Imports
        + AllocationImports
{
}

//! What the server keeps, and what one transaction can do with it.
//!
//! Services see only [`Tx`], a sum of small traits, one for each topic. They never see SQL. Every
//! method runs inside the caller's transaction: either all of a job is kept or none of it.

mod audit;
mod cells;
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
mod pictures;
mod published;
mod revoked_phones;
mod sign_ins;
mod staff;

pub use audit::{Audit, AuditEntry, AuditFilter};
pub use cells::{Cells, StoredCell, WAITING};
pub use deliveries::Deliveries;
pub use devices::{Device, Devices};
pub use drafts::{Draft, Drafts};
pub use erased_people::{ErasedPeople, ErasedPerson};
pub use error::DatabaseError;
pub use generation::{Generation, Generations};
pub use handle::{Backend, Database};
pub use imports::{Imports, PendingImport};
pub use invitations::{Invitation, Invitations};
pub use job::Job;
pub use overview::{Held, Overview, SignInStatus, UnassignedPerson};
pub use people::{Council, People, Person};
pub use pictures::{Pictures, StoredPicture};
pub use published::{Published, StoredPack};
pub use revoked_phones::{RevokedPhone, RevokedPhones};
pub use sign_ins::{SignIn, SignIns, StaffSession, Stage};
pub use staff::{Assignment, Staff, StaffMember};

/// What one transaction can do.
pub trait Tx:
    Generations
    + People
    + Staff
    + Invitations
    + Devices
    + Deliveries
    + Cells
    + Published
    + Pictures
    + ErasedPeople
    + RevokedPhones
    + SignIns
    + Audit
    + Overview
    + Drafts
    + Imports
{
}

impl<T> Tx for T where
    T: Generations
        + People
        + Staff
        + Invitations
        + Devices
        + Deliveries
        + Cells
        + Published
        + Pictures
        + ErasedPeople
        + RevokedPhones
        + SignIns
        + Audit
        + Overview
        + Drafts
        + Imports
{
}

//! What the server keeps, and what one transaction can do with it.
//!
//! Services see only [`Tx`], a sum of small traits, one for each topic. They never see SQL. Every
//! method runs inside the caller's transaction: either all of a job is kept or none of it.

mod audit;
mod cells;
mod deliveries;
mod devices;
mod drafts;
mod erasures;
mod error;
mod handle;
mod imports;
mod invitations;
mod job;
mod life;
mod overview;
mod people;
mod pictures;
mod published;
mod revocations;
mod sign_ins;
mod staff;

pub use audit::{Audit, AuditEntry, LogFilter};
pub use cells::{Cells, StoredCell, WAITING};
pub use deliveries::Deliveries;
pub use devices::{Device, Devices};
pub use drafts::{Drafts, OpenDraft};
pub use erasures::{Erased, Erasures};
pub use error::StoreError;
pub use handle::{Backend, Database};
pub use imports::{Imports, StoredImport};
pub use invitations::{Invitation, Invitations};
pub use job::Job;
pub use life::{Life, Lives};
pub use overview::{Held, Overview, Seat, Unattended};
pub use people::{Council, People, Person};
pub use pictures::{Pictures, StoredPicture};
pub use published::{Published, StoredPack};
pub use revocations::{Revocations, RevokedPhone};
pub use sign_ins::{SignIn, SignIns, Stage, StoredSession};
pub use staff::{Assignment, Staff, StaffMember};

/// What one transaction can do.
pub trait Tx:
    Lives
    + People
    + Staff
    + Invitations
    + Devices
    + Deliveries
    + Cells
    + Published
    + Pictures
    + Erasures
    + Revocations
    + SignIns
    + Audit
    + Overview
    + Drafts
    + Imports
{
}

impl<T> Tx for T where
    T: Lives
        + People
        + Staff
        + Invitations
        + Devices
        + Deliveries
        + Cells
        + Published
        + Pictures
        + Erasures
        + Revocations
        + SignIns
        + Audit
        + Overview
        + Drafts
        + Imports
{
}

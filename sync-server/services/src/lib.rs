//! The server's rules, as functions over one transaction.
//!
//! They receive the time as `now_millis` and random bytes from a [`Random`], and use neither HTTP nor
//! SQL, so the same functions run in the server and in the seeded simulation.

pub mod address_book;
pub mod allocations;
pub mod assignments;
pub mod audit;
pub mod calendar;
mod card_id;
pub mod cards;
mod cells;
pub mod clock;
pub mod colleagues;
pub mod devices;
pub mod directory;
pub mod dual_control;
mod entity;
mod error;
mod field_merge;
#[cfg(test)]
pub(crate) mod fixture;
pub mod generation;
mod given_contacts;
pub mod names;
pub mod opportunities;
pub mod people;
pub mod publishing;
mod random;
pub mod restore_tombstones;
pub mod retention;
mod scope;
pub mod sign_in;
pub mod signing_again;
pub mod staff;
pub mod staff_writes;
pub mod sync;
mod tokens;

pub use cells::records::Record;
pub use entity::{Entity, Existing};
pub use error::{ConfirmationRefusal, ServiceError};
pub use field_merge::{FieldConflict, Fields};
pub use promise_protocol::access::StaffRole;
pub use random::{OsRandom, Random};
pub use scope::{Permission, PhoneScope, StaffScope};

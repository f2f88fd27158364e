//! What the server decides: functions over one transaction.
//!
//! They get the time as `now_millis` and chance as [`Random`], and never see HTTP or SQL: the same
//! functions run under the real server and in the seeded simulation.

pub mod asks;
pub mod auth;
pub mod card;
pub mod editions;
pub mod erase;
mod error;
#[cfg(test)]
pub(crate) mod fixture;
pub mod life;
pub mod packs;
pub mod pair;
pub mod people;
pub mod phones;
mod random;
mod scope;
pub mod staff_words;
pub mod sync;
pub mod taken_away;
pub mod tidy;

pub use error::ServiceError;
pub use random::{OsRandom, Random};
pub use scope::{PhoneScope, StaffScope};

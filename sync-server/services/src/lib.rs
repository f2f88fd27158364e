//! What the server decides: functions over one transaction.
//!
//! They get the time as `now_millis` and chance as [`Random`], and never see HTTP or SQL: the same
//! functions run under the real server and in the seeded simulation.

mod access;
pub mod alarm;
pub mod appointments;
pub mod asks;
pub mod audit;
pub mod auth;
pub mod card;
pub mod caseload;
pub mod clock;
pub mod colleagues;
mod cover;
mod day;
pub mod directory;
pub mod drafts;
pub mod editions;
pub mod erase;
mod error;
pub mod export;
#[cfg(test)]
pub(crate) mod fixture;
pub mod hand_over;
pub mod imports;
pub mod leaving;
pub mod life;
pub mod looks;
pub mod opportunities;
pub mod packs;
pub mod pair;
pub mod people;
mod permission;
pub mod person_page;
pub mod phones;
pub mod pictures;
mod random;
mod records;
mod scope;
pub mod sign_in;
pub mod staff_words;
mod stamps;
pub mod subject;
pub mod sync;
pub mod taken_away;
pub mod team;
pub mod tidy;

pub use day::{in_london as day_in_london, today};
pub use error::ServiceError;
pub use permission::Permission;
pub use promise_protocol::access::StaffRole;
pub use random::{OsRandom, Random};
pub use records::Record;
pub use scope::{PhoneScope, StaffScope};

//! A real server on a free port, and real phones.
//!
//! Tests act as the operator through the same command lines, and as a young person through the same
//! [`promise_core::PocketPhone`] that an app holds.

mod clock;
pub mod pairing;
mod phone;
mod recorder;
mod server;

pub use clock::{Shifted, ShiftedPhone};
pub use phone::TestPhone;
pub use recorder::Recording;
pub use server::{COUNCIL, TestServer};

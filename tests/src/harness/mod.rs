//! A real server on a free port, and real phones.
//!
//! What an operator does, a test does by the same command lines; what a young person does, by the
//! same [`promise_core::PocketPhone`] that an app holds.

mod clock;
mod phone;
mod recorder;
mod server;

pub use clock::{Shifted, ShiftedPhone};
pub use phone::TestPhone;
pub use recorder::Recording;
pub use server::{COUNCIL, TestServer};

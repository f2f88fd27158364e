//! What the tests of the phone share: a phone in a folder, a scripted server, a small edition.

// Tests and benchmarks each use a part of it.
#![allow(dead_code, unreachable_pub, unused_imports)]

mod clock;
mod edition;
mod pocket;
mod script;

pub use clock::{NOW, TestClock};
pub use edition::{line, opportunity, pledge, small_edition, Published};
pub use pocket::{KEY, Pocket, author, change, contact, key};
pub use script::Script;

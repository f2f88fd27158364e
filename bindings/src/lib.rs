//! The phone for Kotlin and Swift: `promise-core`, and nothing else.
//!
//! Every call is synchronous, may come from any thread, and hands its work to the core inside
//! [`guard`]: a panic becomes an error, and the next call works. Only `pair`, `pair_by_link` and
//! `sync` wait for the network; the others wait for the database, some milliseconds. None belongs on
//! an app's main thread: the layers in `android/` and `ios/` see to that.
//!
//! The records are the core's own types (its `uniffi` feature), so nothing is said twice.

mod errors;
#[cfg(feature = "faults")]
mod faults;
mod guard;
mod listener;
mod phone;
mod reading;
mod syncing;
mod writing;

pub use errors::{can_retry, words};
#[cfg(feature = "faults")]
pub use faults::{fail_with, panic_on_purpose};
pub use listener::{ChangeListener, ListenerError};
pub use phone::{Phone, set_aside};

uniffi::setup_scaffolding!();

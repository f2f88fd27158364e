//! The phone for Kotlin and Swift: `promise-core`, and nothing else.
//!
//! Every call is synchronous, may come from any thread, and hands its work to the core inside
//! a guard: a panic becomes an error, and the next call works. Only pairing, syncing, pictures
//! and what is in `phones.rs` wait for the network; the others wait for the database, some milliseconds. None belongs on
//! an app's main thread: the layers in `android/` and `ios/` see to that.
//!
//! The records are the core's own types (its `uniffi` feature), so nothing is said twice.

#![expect(
    clippy::needless_pass_by_value,
    reason = "what crosses is given away: nothing is lent to Kotlin or by it"
)]

mod cancel;
mod errors;
mod exporting;
#[cfg(feature = "faults")]
mod faults;
mod guard;
mod listener;
mod own;
mod phone;
mod phones;
mod reading;
mod syncing;
mod words;
mod writing;

pub use cancel::CancelHandle;
pub use errors::{can_retry, words};
#[cfg(feature = "faults")]
pub use faults::{bytes_held, fail_with, panic_on_purpose};
pub use listener::{ChangeListener, ListenerError};
pub use phone::{PocketPhone, set_aside};

uniffi::setup_scaffolding!();

//! The phone for Kotlin and Swift: `promise-core`, and nothing else.
//!
//! There is one object for an app to keep, [`PocketPhone`], with flat methods, one file for each capability
//! ([`PairingOffer`] and [`NewDevice`] are held while two people decide); a method has
//! the name of the core's capability and method. Every call is synchronous, may come from any thread,
//! and runs the core inside a guard: a panic becomes an error, and the next call works. Calls that take
//! a [`CancelHandle`] wait for the network; the others wait for the database, some milliseconds. None
//! belongs on an app's main thread: the layers in `android/` and `ios/` see to that.
//!
//! The records are the core's own types (its `uniffi` feature), so that nothing is defined twice.

#![expect(
    clippy::needless_pass_by_value,
    reason = "arguments are moved across the boundary: neither side lends to the other"
)]

mod app_lock;
mod asks;
mod cancel;
mod cards;
mod contacts;
mod devices;
mod errors;
mod export;
#[cfg(feature = "faults")]
mod faults;
mod guard;
mod key_replacer;
mod listener;
mod news;
mod opportunities;
mod pairing;
mod phone;
mod phone_numbers;
mod pictures;
mod profile;
mod promise;
mod recovery;
mod reminders;
mod ring_now;
mod status;
mod syncing;
mod text;
mod timescales;

pub use cancel::CancelHandle;
pub use errors::{can_retry, error_message};
#[cfg(feature = "faults")]
pub use faults::{bytes_held, fail_with, panic_on_purpose};
pub use key_replacer::{KeyReplacer, KeyReplacerError};
pub use listener::{ChangeListener, ListenerError};
pub use pairing::{NewDevice, PairingOffer};
pub use phone::{PocketPhone, set_aside};
pub use phone_numbers::phone_number_use;
pub use text::{is_right_to_left, isolate};

uniffi::setup_scaffolding!();

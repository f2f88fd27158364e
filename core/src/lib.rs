//! The phone: everything a young person carries, and how it stays right.
//!
//! [`PocketPhone`] is the one object that an app holds. Beneath it, each only knowing what is to its
//! right: `app` -> `sync` (the engine, sans I/O, over the traits [`store::Store`] and
//! [`sync::Transport`]) -> `store` (the only one to name rusqlite) -> the domain (`promise`,
//! `contacts`, `own_contacts`, `opportunities`, `asks`, `access`, `profile`). `export` writes all of it down to
//! be taken along. `sealing` stands beside them: what is private is sealed and opened where `sync`
//! sends and receives.

mod brain;
mod cancel;
mod client;
pub mod clock;
pub mod collections;
pub mod export;
#[cfg(feature = "uniffi")]
pub mod ffi_types;
mod key;
pub mod numbers;
pub mod sealing;
pub mod store;
pub mod sync;

pub use cancel::CancelHandle;
pub use client::{
    AskAbout, ChangeListener, Connect, ContactEdit, Invitation, OpportunityEdit, OwnContactEdit,
    OwnPhone, PhoneStatus, PicturesState, PocketPhone, PrivateStatus, ProfileEdit, PromiseError,
    RefusedEdit, Reminder, Shown, Topic,
};
pub use collections::{
    access, asks, contacts, opportunities, own_contacts, profile, promise, record as records,
};
pub use key::DatabaseKey;
pub use sync::recovery::RecoveryPhraseState;

#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();

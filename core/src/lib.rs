//! The phone: everything a young person carries, and how it stays right.
//!
//! [`Phone`] is the one object that an app holds. Beneath it, each only knowing what is to its
//! right: `app` -> `sync` (the engine, sans I/O, over the traits [`store::Store`] and
//! [`sync::Transport`]) -> `store` (the only one to name rusqlite) -> the domain (`promise`,
//! `contacts`, `opportunities`, `asks`). `sealing` stands beside them: nothing uses it yet, and
//! what it will seal stays on the phone until then.

mod app;
pub mod asks;
pub mod clock;
pub mod contacts;
#[cfg(feature = "uniffi")]
pub mod foreign;
mod key;
pub mod opportunities;
pub mod promise;
pub mod records;
pub mod sealing;
pub mod store;
pub mod sync;

pub use app::{
    About, ChangeListener, Connect, ContactEdit, Error, OpportunityEdit, Phone, Refused, Reminder,
    Status, Topic,
};
pub use key::DatabaseKey;

#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();

//! What a phone holds about one person, one module for each collection of records.
//!
//! A module has the collection's type, its edit, how to list it, and its [`Collection`]: what the
//! rest of the phone must know of it. To add a collection, add its fields to the table in
//! [`promise_protocol::schema`], write its module, and register it in [`registry`]. It is then synced,
//! sealed, found by search, part of the JSON export, and listeners receive its changes. To add a
//! field of a contact, add it to the table: it is then searched and exported; and to [`contacts`] if
//! apps show it.
//!
//! Collections read through [`Tx`](crate::store::Tx). They know nothing of syncing, nor of the phone
//! object above them.

pub(crate) mod access;
pub(crate) mod appointments;
pub(crate) mod asks;
pub(crate) mod card_import;
pub(crate) mod contacts;
pub(crate) mod devices;
mod fields;
pub(crate) mod news;
pub(crate) mod number_changes;
pub(crate) mod opportunities;
pub(crate) mod own_contacts;
pub(crate) mod pledges;
pub(crate) mod profile;
mod record;
pub(crate) mod registry;
pub(crate) mod reminders;
mod search_text;
#[cfg(test)]
mod tests;
pub(crate) mod timescales;
mod topic;

pub(crate) use fields::{Fields, InvalidEdit};
pub(crate) use record::Record;
pub(crate) use registry::{Collection, RecordIds};
pub(crate) use search_text::SearchText;
pub use topic::Topic;

//! Syncing: how a phone and its server come to agree.
//!
//! The engine is sans I/O: [`request::prepare`] makes a request, [`answer::absorb`] applies an
//! answer, and neither knows how the two travel. The app drives it over a [`Transport`]; the
//! seeded simulation drives the same functions with messages that are lost, late and repeated.

pub mod answer;
pub mod edit;
pub mod edition;
mod http;
pub(crate) mod keyring;
mod merge;
mod names;
pub mod pictures;
mod rekey;
pub mod request;
mod restamp;
mod round;
#[cfg(test)]
mod tests;
mod transport;
pub mod words;

pub use http::HttpTransport;
pub use round::{StoreAccess, SyncError, Synced, sync};
pub use transport::{PackWanted, Transport, TransportError};

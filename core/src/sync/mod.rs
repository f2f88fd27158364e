//! Syncing: how a phone and its server come to agree.
//!
//! The engine is sans I/O: [`request::prepare`] makes a request, [`apply::apply_response`] applies the
//! response, and neither knows how the two travel. The app drives it over a [`Transport`]; the seeded
//! simulation drives the same functions with messages that are lost, late and repeated.

pub mod acts;
pub mod apply;
pub mod council_keys;
mod distrust;
pub mod edit;
pub mod edition;
mod http;
mod kept_ids;
mod key_history;
pub(crate) mod keyring;
pub(crate) mod limited;
mod merge;
pub mod orders;
pub mod pairing;
pub mod pictures;
pub mod recovery;
mod rekey;
pub mod request;
mod restamp;
mod sealed_ids;
mod session;
mod signed;
#[cfg(test)]
pub(crate) mod tests;
mod transport;

pub use http::HttpTransport;
pub(crate) use http::parse_address;
pub(crate) use session::learn_keys;
pub use session::{StoreAccess, SyncError, Synced, sync};
pub use transport::{ActCredentials, PackWanted, Transport, TransportError};

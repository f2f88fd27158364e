//! The application state of every handler.

use std::sync::Arc;

use promise_database::Database;
use promise_protocol::ServerAddress;
use promise_services::{clock::Clock, publishing::packs::PackCompressor};

use crate::State;

/// The application state of every handler. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub database: Database,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Compresses packs that were just published.
    pub compressor: PackCompressor,
    /// Whether a proxy in front of the server names the client's address.
    pub behind_proxy: bool,
    /// Whether browsers reach the server by HTTPS.
    pub is_https: bool,
    /// The address at which phones reach the server; `None` if it is the one at which browsers do.
    pub server: Option<ServerAddress>,
    /// From how many young people's pages opened on one day a staff member's access is unusual.
    pub unusual_access: usize,
    /// What the console keeps in memory.
    pub state: State,
}

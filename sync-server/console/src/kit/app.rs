//! What every page has at hand.

use std::sync::Arc;

use promise_database::Database;
use promise_services::{clock::Clock, publishing::packs::PackCompressor};

use crate::State;

/// What every page has at hand. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub database: Database,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Compresses what was just published.
    pub compressor: PackCompressor,
    /// Whether a proxy names the caller's address.
    pub behind_proxy: bool,
    /// Whether browsers reach the server by HTTPS.
    pub is_https: bool,
    /// How many young people's pages that a staff member opens in a day are unusual.
    pub unusual_access: usize,
    /// What the console keeps in memory.
    pub state: State,
}

//! The state that the phones' routes share.

use std::sync::Arc;

use promise_console::RateLimit;
use promise_database::Database;
use promise_services::{clock::Clock, publishing::packs::PackCompressor, sync::Limits};
use tokio_util::sync::CancellationToken;

use super::nudges::Nudges;

/// How many requests of new phones one address can send at once. A council's office is one address.
const PAIRING_BURST: f64 = 120.0;

/// How many more such requests one address can send each second.
const PAIRING_PER_SECOND: f64 = 4.0;

/// The state that the phones' routes share. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub(super) database: Database,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) nudges: Nudges,
    pub(super) compressor: PackCompressor,
    pub(super) limits: Limits,
    pub(super) behind_proxy: bool,
    /// Limits the requests of new phones by address. A phone that waits asks once a second.
    pub(super) pairing: Arc<RateLimit>,
    /// Limits the invitations that phones request, by address.
    pub(super) inviting: Arc<RateLimit>,
    /// Ends the streams of events, which have no end of their own.
    pub(super) stopping: CancellationToken,
}

impl App {
    /// Creates the state and starts to nudge phones.
    pub fn start(
        database: Database,
        clock: Arc<dyn Clock>,
        compressor: PackCompressor,
        behind_proxy: bool,
        stopping: CancellationToken,
    ) -> Self {
        Self {
            nudges: Nudges::start(&database, stopping.clone()),
            database,
            clock,
            compressor,
            limits: Limits::default(),
            behind_proxy,
            pairing: Arc::new(RateLimit::new(PAIRING_BURST, PAIRING_PER_SECOND)),
            inviting: Arc::default(),
            stopping,
        }
    }
}

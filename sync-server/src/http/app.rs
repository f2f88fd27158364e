//! What every route of the phones has at hand.

use std::sync::Arc;

use promise_console::RateLimit;
use promise_database::Database;
use promise_protocol::proof::ProofKey;
use promise_services::{clock::Clock, publishing::packs::PackCompressor, sync::Limits};
use tokio_util::sync::CancellationToken;

use super::nudges::Nudges;

/// What every route of the phones has at hand. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub(super) database: Database,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) key: ProofKey,
    pub(super) nudges: Nudges,
    pub(super) compressor: PackCompressor,
    pub(super) limits: Limits,
    pub(super) behind_proxy: bool,
    /// Pairing attempts by address.
    pub(super) pairing: Arc<RateLimit>,
    /// Invitations that phones requested, by address.
    pub(super) inviting: Arc<RateLimit>,
    /// Ends streams that would never end.
    pub(super) stopping: CancellationToken,
}

impl App {
    /// Puts the parts together, and starts to nudge.
    pub fn start(
        database: Database,
        clock: Arc<dyn Clock>,
        key: ProofKey,
        compressor: PackCompressor,
        behind_proxy: bool,
        stopping: CancellationToken,
    ) -> Self {
        Self {
            nudges: Nudges::start(&database, stopping.clone()),
            database,
            clock,
            key,
            compressor,
            limits: Limits::default(),
            behind_proxy,
            pairing: Arc::default(),
            inviting: Arc::default(),
            stopping,
        }
    }
}

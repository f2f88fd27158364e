//! What every route has at hand.

use std::sync::Arc;

use promise_protocol::proof::ProofKey;
use tokio_util::sync::CancellationToken;

use super::{nudges::Nudges, rate::RateLimit};
use crate::{
    clock::Clock,
    console,
    service::{looks, sync::Limits},
    store::sqlite::{Readers, Writer},
};

/// What every route has at hand. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub(crate) writer: Writer,
    pub(crate) readers: Readers,
    pub(crate) clock: Arc<dyn Clock>,
    pub(super) key: ProofKey,
    pub(crate) nudges: Nudges,
    pub(super) limits: Limits,
    pub(crate) behind_proxy: bool,
    /// Whether browsers reach it by HTTPS.
    pub(crate) is_https: bool,
    /// How many young people's pages that somebody opens in a day are many.
    pub(crate) many_looks: usize,
    /// What the console keeps in memory.
    pub(crate) console: console::State,
    /// Pairing attempts by address.
    pub(super) pairing: Arc<RateLimit>,
    /// Invitations that phones asked for, by address.
    pub(super) inviting: Arc<RateLimit>,
    /// One pack is compressed at a time: a hundred phones that want the same one wait for the
    /// first, and compressing never takes every processor.
    pub(super) compressing: Arc<tokio::sync::Mutex<()>>,
    /// Ends streams that would never end.
    pub(super) stopping: CancellationToken,
}

impl App {
    /// Puts the parts together.
    pub fn new(
        writer: Writer,
        readers: Readers,
        clock: Arc<dyn Clock>,
        key: ProofKey,
        nudges: Nudges,
        (behind_proxy, is_https): (bool, bool),
        stopping: CancellationToken,
    ) -> Self {
        Self {
            writer,
            readers,
            clock,
            key,
            nudges,
            limits: Limits::default(),
            behind_proxy,
            is_https,
            many_looks: looks::MANY,
            console: console::State::default(),
            pairing: Arc::default(),
            inviting: Arc::default(),
            compressing: Arc::default(),
            stopping,
        }
    }

    /// With how many young people's pages that somebody opens in a day are many.
    #[must_use]
    pub fn with_many_looks(mut self, many: usize) -> Self {
        self.many_looks = many;
        self
    }
}

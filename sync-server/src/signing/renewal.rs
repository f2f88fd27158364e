//! Signing again what was signed before, after a council said that its earlier keys are in other hands.
//!
//! A whole council is signed again at once, far past what a signer signs in an hour. It may, for a day, once for each
//! change and edition that is in the signer's own log: the statement has the same bytes, and so the same hash. Who has
//! broken into the server gains nothing by it, and what a thief signed elsewhere is not in that log.

use std::{
    collections::{BTreeMap, HashSet},
    fs::File,
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use promise_protocol::{ids::CouncilId, statement::StatementKind};
use serde::Deserialize;

use super::FileSigner;

/// How long after the step everything can be signed again.
const PERIOD: Duration = Duration::from_hours(24);

/// What can still be signed again, for each council.
pub(super) struct Renewals {
    log: PathBuf,
    open: Mutex<BTreeMap<CouncilId, Renewal>>,
}

/// What one council can still sign again.
struct Renewal {
    /// When the step was made.
    since: SystemTime,
    /// The hashes of its statements.
    left: HashSet<String>,
}

/// A line of the signer's log.
#[derive(Deserialize)]
struct Line {
    council: CouncilId,
    kind: StatementKind,
    sha256: String,
}

impl Renewals {
    /// Returns the renewals by a log.
    pub(super) fn new(log: &Path) -> Self {
        Self { log: log.to_owned(), open: Mutex::default() }
    }

    /// Returns `true` if the statement with this hash may be signed once more without counting for the limits, and
    /// uses that up.
    ///
    /// The first call after a step reads the whole log. A server that does not wait for it tries again.
    pub(super) fn take(
        &self,
        signer: &FileSigner,
        council: &CouncilId,
        (kind, hash): (StatementKind, &str),
    ) -> io::Result<bool> {
        if !is_renewed(kind) {
            return Ok(false);
        }
        let Some(since) = signer.distrusted_at(council) else { return Ok(false) };
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if since.elapsed().is_ok_and(|passed| passed > PERIOD) {
            open.remove(council);
            return Ok(false);
        }
        if open.get(council).is_none_or(|renewal| renewal.since != since) {
            let left = self.signed_before(council)?;
            open.insert(council.clone(), Renewal { since, left });
        }
        Ok(open.get_mut(council).is_some_and(|renewal| renewal.left.remove(hash)))
    }

    /// Returns the hashes of what the council signed, by the log.
    fn signed_before(&self, council: &CouncilId) -> io::Result<HashSet<String>> {
        let mut signed = HashSet::new();
        for line in BufReader::new(File::open(&self.log)?).lines() {
            // A line that a full disk cut off is of nothing that was signed.
            let Ok(line) = serde_json::from_str::<Line>(&line?) else { continue };
            if &line.council == council && is_renewed(line.kind) {
                signed.insert(line.sha256);
            }
        }
        Ok(signed)
    }
}

/// Pairings and orders are not signed again: see `PROTOCOL.md`.
fn is_renewed(kind: StatementKind) -> bool {
    matches!(kind, StatementKind::Change | StatementKind::Edition)
}

//! Applying an answer: all of it in one transaction, together with the new cursor.

use std::collections::{BTreeMap, BTreeSet};

use promise_protocol::{
    Cell, CellKey, Edition, SyncResponse,
    access::ACCESS,
    fault_injection::{self, Fault},
};

use super::{
    keyring::Keyring,
    merge::Merge,
    rekey,
    request::{Origin, Prepared},
    restamp::restamp,
};
use crate::{
    access,
    store::{StoreError, SyncState, Tx},
};

/// What came of an answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// It was not the answer to the newest request, and nothing was applied.
    pub dropped: bool,
    /// There is more to send or to get: sync again at once.
    pub again: bool,
    /// A newer edition to fetch.
    pub edition: Option<Edition>,
    /// The collections in which something changed for the person.
    pub changed: BTreeSet<String>,
    /// How many of this request's edits the server refused.
    pub refused: usize,
}

/// Applies the answer to `sent`. `local_now` is what this phone's clock shows, right or wrong.
pub fn absorb(
    tx: &mut dyn Tx,
    sent: &Prepared,
    answer: SyncResponse,
    local_now: i64,
) -> Result<Outcome, StoreError> {
    let state = tx.state()?;
    let is_newest = sent.request.request == state.request
        || fault_injection::is_injected(Fault::LateAnswersApplied);
    if !is_newest {
        return Ok(Outcome { dropped: true, ..Outcome::default() });
    }
    let merge = Merge::new(tx)?;
    let mut absorbing = Absorbing { merge, state, local_now, outcome: Outcome::default() };
    absorbing.state.clock_offset = answer.now.saturating_sub(local_now);
    let server_now = answer.now;
    match answer.generation {
        Some(generation) if generation != absorbing.state.generation => {
            absorbing.start_again(generation)?;
        }
        _ => absorbing.apply(sent, answer)?,
    }
    absorbing.finish(server_now)
}

struct Absorbing<'a> {
    merge: Merge<'a>,
    state: SyncState,
    local_now: i64,
    outcome: Outcome,
}

impl Absorbing<'_> {
    /// The server was restored: get everything, hand everything back. The edition that is shown
    /// stays until the restored server's, which may be lower, is here.
    fn start_again(&mut self, generation: String) -> Result<(), StoreError> {
        self.state.generation = generation;
        if !fault_injection::is_injected(Fault::CursorKeptAfterRestore) {
            self.state.cursor = 0;
        }
        self.state.edition_floor = 0;
        if !fault_injection::is_injected(Fault::NothingHandedBack) {
            self.merge.tx.hand_everything_back()?;
        }
        self.outcome.again = true;
        Ok(())
    }

    fn apply(&mut self, sent: &Prepared, answer: SyncResponse) -> Result<(), StoreError> {
        if answer.taken || fault_injection::is_injected(Fault::SentCountsAsTaken) {
            self.confirm_sent(sent, &answer)?;
        }
        let lost = usize::from(fault_injection::is_injected(Fault::LastChangeLost));
        for change in answer.changes.iter().rev().skip(lost).rev() {
            self.state.greatest = self.state.greatest.max(change.stamp.reading);
            self.merge.change(change)?;
        }
        if answer.skew {
            self.restamp(answer.now)?;
        }
        if let Some(seen) = answer.seen_request {
            self.state.request = self.state.request.max(seen);
        }
        if let Some(next) = answer.next {
            self.state.cursor = self.state.cursor.max(next);
        }
        self.state.last_sync = Some(self.local_now);
        self.outcome.again = answer.more || answer.skew || answer.seen_request.is_some();
        self.outcome.edition = answer.edition;
        Ok(())
    }

    /// Each sent cell is confirmed, or refused. One that was edited again meanwhile stays unsent.
    fn confirm_sent(&mut self, sent: &Prepared, answer: &SyncResponse) -> Result<(), StoreError> {
        let verdicts: BTreeMap<_, _> = answer
            .verdicts
            .iter()
            .map(|v| ((&v.collection, &v.id, &v.field, &v.stamp), v.reason.as_str()))
            .collect();
        for (wire, origin) in sent.request.changes.iter().zip(&sent.origins) {
            let ours = match origin {
                Origin::Cells(ours) => ours,
                Origin::Aside => {
                    self.merge.tx.handed_back(wire)?;
                    continue;
                }
                Origin::Retired => {
                    let emptied: Vec<CellKey> = wire.cells().map(|cell| cell.key).collect();
                    self.merge.tx.retired(&emptied)?;
                    continue;
                }
            };
            self.merge.tx.handed_back(ours)?;
            // Fields have their own names on the wire, so the cells are in one order.
            for (cell, wire) in ours.cells().zip(wire.cells()) {
                let key = &wire.key;
                match verdicts.get(&(&key.collection, &key.id, &key.field, &wire.stamp)) {
                    Some(reason) => self.refuse(&cell, reason)?,
                    None => self.confirm(&cell)?,
                }
            }
        }
        Ok(())
    }

    fn confirm(&mut self, cell: &Cell) -> Result<(), StoreError> {
        self.merge.keep_greater(cell)?;
        let unsent = self.merge.tx.unsent(&cell.key)?;
        let was_sent = unsent.is_some_and(|unsent| unsent.stamp == cell.stamp)
            || fault_injection::is_injected(Fault::EditedAgainForgotten);
        if was_sent {
            self.merge.tx.remove_unsent(&cell.key)?;
        }
        Ok(())
    }

    /// A refused edit goes where the person can see it, out of the way of what is behind it.
    fn refuse(&mut self, cell: &Cell, reason: &str) -> Result<(), StoreError> {
        self.outcome.refused += 1;
        let unsent = self.merge.tx.unsent(&cell.key)?;
        let is_current = unsent.is_some_and(|unsent| unsent.stamp == cell.stamp);
        if is_current && !fault_injection::is_injected(Fault::RefusedStaysUnsent) {
            self.merge.tx.remove_unsent(&cell.key)?;
            self.merge.tx.quarantine(cell, reason, self.local_now)?;
            self.merge.touch(cell);
        }
        Ok(())
    }

    fn restamp(&mut self, server_now: i64) -> Result<(), StoreError> {
        let pairing = self.merge.tx.pairing()?.ok_or(StoreError::Unreadable("pairing"))?;
        let author = pairing.author.parse().map_err(|_| StoreError::Unreadable("author"))?;
        restamp(self.merge.tx, &mut self.state, &author, server_now)
    }

    fn finish(mut self, server_now: i64) -> Result<Outcome, StoreError> {
        // An answer is applied once. A repeated request can be answered twice, before and after a
        // restore, and the earlier answer would take the phone back a generation.
        self.state.request += 1;
        self.merge.tx.set_state(&self.state)?;
        if !self.outcome.again {
            rekey::settle(self.merge.tx)?;
        }
        let is_over = access::forget(self.merge.tx, server_now)?;
        let again = something_waits(self.merge.tx)?;
        self.outcome.again |= again;
        self.outcome.changed = self.merge.finish()?;
        self.outcome.changed.extend(is_over.then(|| ACCESS.to_owned()));
        Ok(self.outcome)
    }
}

/// Whether there is something to send at once. What is private waits until the words are here.
fn something_waits(tx: &mut dyn Tx) -> Result<bool, StoreError> {
    let waiting = tx.waiting()?;
    if waiting.to_send > 0 {
        return Ok(true);
    }
    let Some(in_use) = Keyring::load(tx)?.current_check() else { return Ok(false) };
    let sealing = tx.sealing()?;
    let has_moved = sealing.under.as_ref().is_some_and(|under| *under != in_use);
    let empties = sealing.certain && !tx.to_retire(1)?.is_empty();
    Ok(waiting.private > 0 || has_moved || empties)
}

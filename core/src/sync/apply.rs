//! Applying a response: all of it in one transaction, together with the new cursor.

use std::collections::{BTreeMap, BTreeSet};

use promise_protocol::{
    AuthorKind, Cell, CellKey, Change, Edition, SyncResponse,
    access::ACCESS,
    fault_injection::{self, Fault},
};

use super::{
    kept_ids, key_history,
    keyring::Keyring,
    limited,
    merge::Merge,
    orders, rekey,
    request::{Origin, PreparedRequest},
    restamp::restamp,
};
use crate::{
    collections::{access, news},
    store::{KeyState, StoreError, SyncState, Tx},
};

/// What applying a response did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// `true` if the response was not to the newest request, so that nothing was applied.
    pub dropped: bool,
    /// `true` if there is more to send or to get: sync again at once.
    pub again: bool,
    /// A newer edition to fetch.
    pub edition: Option<Edition>,
    /// The collections in which something changed for the person.
    pub changed: BTreeSet<String>,
    /// How many of this request's edits the server refused.
    pub refused: usize,
    /// How many changes of the response were not what they claim, so that they were not shown.
    pub unverified: u64,
    /// How many of those were counted as attempts to change the person's key.
    pub refused_steps: u64,
}

/// Applies the response to `sent`. `local_now` is the time by this phone's clock, right or wrong.
pub fn apply_response(
    tx: &mut dyn Tx,
    sent: &PreparedRequest,
    response: SyncResponse,
    local_now: i64,
) -> Result<Outcome, StoreError> {
    let state = tx.sync_state()?;
    let is_newest = sent.request.request == state.request
        || fault_injection::is_injected(Fault::LateResponsesApplied);
    if !is_newest {
        return Ok(Outcome { dropped: true, ..Outcome::default() });
    }
    let merge = Merge::new(tx)?;
    let mut applier = ResponseApplier { merge, state, local_now, outcome: Outcome::default() };
    applier.state.clock_offset = response.now.saturating_sub(local_now);
    let server_now = response.now;
    match response.generation {
        Some(generation) if Some(&generation) != applier.state.generation.as_ref() => {
            applier.start_generation(generation)?;
        }
        _ => applier.apply(sent, response)?,
    }
    applier.finish(server_now)
}

struct ResponseApplier<'a> {
    merge: Merge<'a>,
    state: SyncState,
    local_now: i64,
    outcome: Outcome,
}

impl ResponseApplier<'_> {
    /// The server was restored: gets everything again and marks everything for resend. The edition
    /// that is shown stays until the restored server's edition is here, which may be lower.
    fn start_generation(&mut self, generation: String) -> Result<(), StoreError> {
        self.state.generation = Some(generation);
        if !fault_injection::is_injected(Fault::CursorKeptAfterRestore) {
            self.state.cursor = 0;
        }
        self.state.edition_floor = 0;
        self.state.unverified_since = None;
        // Another key can be in use there.
        let key_state = self.merge.tx.key_state()?;
        let (confirmed, clears_refused) = (false, false);
        self.merge.tx.set_key_state(&KeyState { confirmed, clears_refused, ..key_state })?;
        if !fault_injection::is_injected(Fault::NothingResent) {
            self.merge.tx.mark_all_for_resend()?;
        }
        self.outcome.again = true;
        Ok(())
    }

    fn apply(&mut self, sent: &PreparedRequest, response: SyncResponse) -> Result<(), StoreError> {
        if response.taken || fault_injection::is_injected(Fault::SentCountsAsApplied) {
            self.confirm_sent(sent, &response)?;
        }
        for (step, acceptance) in sent.request.key_steps.iter().zip(&response.key_accepted) {
            let signature = Some(acceptance.signature.clone());
            self.merge_change(&step.accepted(acceptance.stamp.clone(), signature))?;
        }
        for change in &response.changes {
            self.merge.accept_again(change)?;
        }
        let lost = usize::from(fault_injection::is_injected(Fault::LastChangeSkipped));
        for change in response.changes.iter().rev().skip(lost).rev() {
            self.merge_change(change)?;
        }
        if !response.more {
            news::begin(self.merge.tx, response.now)?;
        }
        if response.skew {
            self.restamp(response.now)?;
        }
        if let Some(seen) = response.seen_request {
            self.state.request = self.state.request.max(seen);
        }
        if self.outcome.unverified > 0 {
            self.state.unverified += self.outcome.unverified;
            self.state.unverified_since.get_or_insert(self.state.cursor);
        }
        if let Some(next) = response.next {
            self.state.cursor = self.state.cursor.max(next);
        }
        if self.merge.ended_history {
            self.state.cursor = 0;
        }
        self.state.last_sync = Some(self.local_now);
        self.state.refused_since = None;
        orders::note_acceptance(self.merge.tx)?;
        self.outcome.again = response.more
            || response.skew
            || response.seen_request.is_some()
            || self.merge.ended_history;
        self.outcome.edition = response.edition;
        Ok(())
    }

    fn merge_change(&mut self, change: &Change) -> Result<(), StoreError> {
        if self.merge.change(change)? {
            self.state.greatest_reading = self.state.greatest_reading.max(change.stamp.reading);
        } else {
            // Its stamp may be as wrong as the rest of it.
            self.outcome.unverified += 1;
        }
        Ok(())
    }

    /// Confirms or refuses each cell that was sent. A cell that was edited again since stays unsent.
    fn confirm_sent(
        &mut self,
        sent: &PreparedRequest,
        response: &SyncResponse,
    ) -> Result<(), StoreError> {
        let verdicts: BTreeMap<_, _> = response
            .verdicts
            .iter()
            .map(|v| ((&v.collection, &v.id, &v.field, &v.stamp), v.reason.as_str()))
            .collect();
        for (wire, origin) in sent.request.changes.iter().zip(&sent.origins) {
            let local = match origin {
                Origin::Cells(local) => local,
                Origin::Undecryptable => {
                    self.merge.tx.mark_resent(wire)?;
                    continue;
                }
                // It stays scheduled, and is sent when this phone may clear.
                Origin::Clear if limited::is_refused(response, wire) => continue,
                Origin::Clear if limited::is_not_certified(response, wire) => {
                    rekey::stop_clearing(self.merge.tx)?;
                    continue;
                }
                Origin::Clear => {
                    let cleared: Vec<CellKey> = wire.cells().map(|cell| cell.key).collect();
                    self.merge.tx.mark_cleared(&cleared)?;
                    continue;
                }
            };
            self.merge.tx.mark_resent(local)?;
            // Fields keep their names on the wire, so both lists of cells are in one order.
            for (cell, wire) in local.cells().zip(wire.cells()) {
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
        self.merge.cell(cell)?;
        let unsent = self.merge.tx.unsent(&cell.key)?;
        let is_sent = unsent.is_some_and(|unsent| unsent.stamp == cell.stamp)
            || fault_injection::is_injected(Fault::EditDuringSyncForgotten);
        if is_sent {
            self.merge.tx.remove_unsent(&cell.key)?;
        }
        Ok(())
    }

    /// Moves a refused edit to quarantine, where the person can see it and it blocks nothing.
    fn refuse(&mut self, cell: &Cell, reason: &str) -> Result<(), StoreError> {
        let unsent = self.merge.tx.unsent(&cell.key)?;
        let is_current = unsent.is_some_and(|unsent| unsent.stamp == cell.stamp);
        if !is_current && cell.stamp.author.kind() == AuthorKind::Staff {
            // The phone only gave it back, and keeps it. It may be under a key that the council distrusts.
            return Ok(());
        }
        self.outcome.refused += 1;
        if is_current && !fault_injection::is_injected(Fault::RefusedStaysUnsent) {
            self.merge.tx.remove_unsent(&cell.key)?;
            self.merge.tx.quarantine(cell, reason, self.local_now)?;
            self.merge.mark_changed(cell);
        }
        Ok(())
    }

    fn restamp(&mut self, server_now: i64) -> Result<(), StoreError> {
        let pairing = self.merge.tx.pairing()?.ok_or(StoreError::Unreadable("pairing"))?;
        let author = pairing.author.parse().map_err(|_| StoreError::Unreadable("author"))?;
        restamp(self.merge.tx, &mut self.state, &author, server_now)
    }

    fn finish(mut self, server_now: i64) -> Result<Outcome, StoreError> {
        // A request is answered once. A request that the network repeats can be answered before and
        // after a restore, and the earlier response would take the phone back a generation.
        self.state.request += 1;
        self.merge.tx.set_sync_state(&self.state)?;
        kept_ids::keep_ids_of_lost_edition(self.merge.tx, &self.state)?;
        let has_expired = access::drop_expired(self.merge.tx, server_now)?;
        key_history::settle(self.merge.tx, &self.merge.keyring)?;
        self.outcome.again |= is_anything_pending(self.merge.tx)?;
        if !self.outcome.again {
            rekey::confirm_key(self.merge.tx)?;
            self.outcome.again = rekey::has_clears(self.merge.tx)?;
        }
        self.outcome.refused_steps = self.merge.refused_steps;
        self.outcome.changed = self.merge.finish()?;
        self.outcome.changed.extend(has_expired.then(|| ACCESS.to_owned()));
        Ok(self.outcome)
    }
}

/// Returns `true` if there is something to send at once. Sealed edits do not count while the key in
/// use is not here. Own key steps do not count: they went out with the last request that had room for them, and
/// a server that has not accepted them would not accept them at once either.
fn is_anything_pending(tx: &mut dyn Tx) -> Result<bool, StoreError> {
    let pending = tx.pending_counts()?;
    if pending.unsealed > 0 {
        return Ok(true);
    }
    let Some(in_use) = Keyring::load(tx)?.current_check() else { return Ok(false) };
    let state = tx.key_state()?;
    let key_changed = state.check.as_ref().is_some_and(|check| *check != in_use);
    Ok(pending.sealed > 0 || key_changed)
}

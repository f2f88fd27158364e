//! Following the history of the person's keys, and going on with it.
//!
//! A phone follows a step that the key before certified and that the council signed when it accepted it.
//! Neither is enough. Someone with an earlier recovery phrase can certify any number of steps; the council's
//! signature shows when one was accepted, and the first one counts. The council can sign anything, and can
//! certify nothing.

use promise_protocol::{
    Change, KeyHistory, KeyStep, Stamp,
    fault_injection::{Fault, is_injected},
    is_fresh_start,
    schema::{ACCOUNT_KEY, KEY_REFUSAL},
    signature::PublicKey,
};

use super::{keyring::Keyring, merge::Merge, signed::may_write};
use crate::store::{KeyState, StoreError, Tx};

/// Returns `true` if the change is of the history of the person's keys: a step or a fresh start.
pub(super) fn is_step(change: &Change) -> bool {
    change.collection == ACCOUNT_KEY
}

/// Returns the steps that the server accepted, as far as this phone knows them.
pub(super) fn accepted(tx: &mut dyn Tx) -> Result<KeyHistory, StoreError> {
    Ok(KeyHistory::of_cells(tx.current(ACCOUNT_KEY)?))
}

/// Returns the key that the person's phones seal under now: the one to which the accepted steps lead, or the
/// one to which this phone's own steps lead from there.
pub(super) fn in_use(tx: &mut dyn Tx) -> Result<Option<PublicKey>, StoreError> {
    let (state, history) = (tx.key_state()?, accepted(tx)?);
    Ok(with_own_steps(accepted_key(&history, &state), &state))
}

/// Returns the key in use if the person's words certify it: it goes on from words that were on this phone. `None`
/// if this phone only knows it from its server.
pub(super) fn certified_in_use(tx: &mut dyn Tx) -> Result<Option<PublicKey>, StoreError> {
    let (state, history) = (tx.key_state()?, accepted(tx)?);
    let held = held(&history, &state).map(|first| history.in_use(first));
    let is_known = held.is_some() || history.began().is_none();
    Ok(with_own_steps(held, &state).filter(|_| is_known))
}

/// Returns every key that may be the one in use: while this phone has no words of any history, the last key of
/// each. The person may have begun again after a restore that lost the history before it.
pub(super) fn candidates(tx: &mut dyn Tx) -> Result<Vec<PublicKey>, StoreError> {
    let (state, history) = (tx.key_state()?, accepted(tx)?);
    let others: Vec<_> =
        if state.first.is_none() { history.last_keys().collect() } else { Vec::new() };
    let in_use = with_own_steps(accepted_key(&history, &state), &state);
    Ok(in_use.into_iter().chain(others).collect())
}

/// Returns the key to which the accepted steps lead: from the first key to which this phone holds, or, if it
/// has no words of any history, from the one that was accepted first.
fn accepted_key(history: &KeyHistory, state: &KeyState) -> Option<PublicKey> {
    let held = held(history, state).filter(|_| !is_injected(Fault::OtherFirstKeyFollowed));
    let first = held.or_else(|| history.first_keys().next());
    first.map(|first| history.in_use(first))
}

/// Returns the first key to which this phone holds, unless a fresh start ended its history.
fn held<'a>(history: &'a KeyHistory, state: &KeyState) -> Option<&'a PublicKey> {
    history.first_keys().find(|first| state.first.as_ref() == Some(*first))
}

/// Follows this phone's own steps from the key to which the accepted ones lead.
fn with_own_steps(accepted: Option<PublicKey>, state: &KeyState) -> Option<PublicKey> {
    let own = state.proposed.iter();
    own.fold(
        accepted,
        |in_use, step| {
            if step.before == in_use { Some(step.key.clone()) } else { in_use }
        },
    )
}

/// Adds a step of this phone to those that wait to be accepted.
pub(super) fn propose(tx: &mut dyn Tx, step: KeyStep) -> Result<(), StoreError> {
    let mut state = tx.key_state()?;
    state.proposed.push(step);
    tx.set_key_state(&state)
}

/// At pairing with a fresh start that this phone did not know of: forgets its own steps, also to a first key. The server
/// can have accepted that one before the fresh start, and the response was lost.
pub(super) fn forget_proposed(tx: &mut dyn Tx) -> Result<(), StoreError> {
    let state = tx.key_state()?;
    tx.set_key_state(&KeyState { proposed: Vec::new(), ..state })
}

/// Returns `true` if everything that this phone knows of keys is accepted: it has no step that waits, and does
/// not hold to another first key than the one that was accepted first.
pub(super) fn is_settled(tx: &mut dyn Tx) -> Result<bool, StoreError> {
    let (state, history) = (tx.key_state()?, accepted(tx)?);
    let is_first = state.first.is_some() && state.first.as_ref() == history.first_keys().next();
    Ok(state.proposed.is_empty() && is_first)
}

/// After a response: forgets own steps that were accepted, or that do not go on from the key in use any more.
/// The words of such a step stay, and open what was sealed with them meanwhile. If the phone has words of a
/// history for the first time, it holds to that history's first key from now on, until a fresh start ends it.
pub(super) fn settle(tx: &mut dyn Tx, keyring: &Keyring) -> Result<(), StoreError> {
    let (before, history) = (tx.key_state()?, accepted(tx)?);
    let mut state = before.clone();
    state.first = held(&history, &before).cloned();
    if state.first.is_none() {
        let mut first_keys = history.first_keys();
        let theirs = first_keys.find(|first| keyring.has_any_of(&history.reached_from(first)));
        state.first = theirs.cloned();
    }
    let mut in_use = accepted_key(&history, &state);
    state.proposed.retain(|step| {
        let goes_on = history.accepted(step).is_none() && step.before == in_use;
        if goes_on {
            in_use = Some(step.key.clone());
        }
        goes_on
    });
    if state == before { Ok(()) } else { tx.set_key_state(&state) }
}

/// Counts a change of the key that was refused, here or by the server, unless it was counted last. Returns `true`
/// if it was counted.
pub(super) fn report_refused(tx: &mut dyn Tx, stamp: &Stamp) -> Result<bool, StoreError> {
    let state = tx.key_state()?;
    let stamp = stamp.to_string();
    if state.last_refused.as_ref() == Some(&stamp) {
        return Ok(false);
    }
    let (refused, last_refused) = (state.refused + 1, Some(stamp));
    tx.set_key_state(&KeyState { refused, last_refused, ..state })?;
    Ok(true)
}

/// Takes steps off that count: the council may have signed them with a key that this phone has learned since.
pub(super) fn uncount_refused(tx: &mut dyn Tx, steps: u64) -> Result<(), StoreError> {
    if steps == 0 {
        return Ok(());
    }
    let state = tx.key_state()?;
    let refused = state.refused.saturating_sub(steps);
    tx.set_key_state(&KeyState { refused, last_refused: None, ..state })
}

impl Merge<'_> {
    /// Returns `true` if this phone follows a step that the council signed: the key before certified it, and it
    /// is not to another first key than the one to which this phone holds. A fresh start leads to no key.
    pub(super) fn follows(&mut self, change: &Change) -> Result<bool, StoreError> {
        if is_fresh_start(change) {
            return Ok(true);
        }
        let Some(step) = KeyStep::of_change(change) else { return Ok(false) };
        let pairing = self.tx.pairing()?.ok_or(StoreError::Unreadable("pairing"))?;
        let is_certified = step.is_certified(&pairing.council, &pairing.person)
            || is_injected(Fault::KeyCertificateNotChecked);
        let (state, history) = (self.tx.key_state()?, accepted(self.tx)?);
        let held = held(&history, &state);
        let is_other_first = step.before.is_none() && held.is_some_and(|held| *held != step.key);
        Ok(is_certified && (!is_other_first || is_injected(Fault::OtherFirstKeyFollowed)))
    }

    /// Counts the server's report that it refused a change of the key, if the report is new.
    pub(super) fn read_report(&mut self, change: &Change) -> Result<(), StoreError> {
        if change.collection != KEY_REFUSAL.0 {
            return Ok(());
        }
        for cell in change.cells().filter(may_write) {
            let held = self.tx.confirmed(&cell.key)?;
            if held.is_none_or(|held| held.stamp < change.stamp) {
                report_refused(self.tx, &change.stamp)?;
            }
        }
        Ok(())
    }
}

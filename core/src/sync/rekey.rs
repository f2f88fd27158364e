//! Moving sealed cells to another key: they are resent under the key in use, and cleared under the
//! others.
//!
//! Another key comes into use when the person changes the recovery phrase, enters one that was
//! changed on another phone, or when two phones change it at the same time and one change wins. All
//! cells keep their stamps: an older value that is resent must not beat an edit that another phone
//! makes in the meantime.

use std::collections::HashSet;

use promise_protocol::{
    Cell, CellKey, Reading, Stamp,
    fault_injection::{Fault, is_injected},
};

use super::{
    key_history,
    keyring::{Keyring, sealed_key},
    limited,
};
use crate::store::{KeyState, StoreError, Tx};

/// Before a request is made: if another key came into use, marks all sealed cells for resend and
/// schedules the clears under earlier keys.
pub(super) fn follow_key(tx: &mut dyn Tx, keyring: &Keyring) -> Result<(), StoreError> {
    let Some(in_use) = keyring.current_check() else { return Ok(()) };
    let before = tx.key_state()?;
    if before.check.as_ref() == Some(&in_use) {
        return Ok(());
    }
    let has_other_keys = before.check.is_some() || !keyring.earlier().is_empty();
    if has_other_keys && !is_injected(Fault::NothingResealed) {
        move_all(tx, keyring)?;
    }
    let (check, confirmed, clears_refused) = (Some(in_use), false, false);
    tx.set_key_state(&KeyState { check, confirmed, clears_refused, ..before })
}

fn move_all(tx: &mut dyn Tx, keyring: &Keyring) -> Result<(), StoreError> {
    tx.mark_sealed_for_resend()?;
    for cell in tx.sealed_cells()? {
        for earlier in keyring.earlier() {
            tx.schedule_clear(&sealed_key(earlier, &cell.key), &clear_stamp(&cell.stamp))?;
        }
    }
    Ok(())
}

/// Returns up to `limit` clears to send now. Cancels those of cells under the current key.
///
/// A key that was gone on from never comes back into use. But a phone can have the words of the next key before the
/// step to it: the server may have sent that step altered. It moves what comes under the next key to the one
/// that it knows, and must not clear it once the step is there.
pub(super) fn clears_to_send(
    tx: &mut dyn Tx,
    keyring: &Keyring,
    limit: usize,
) -> Result<Vec<Cell>, StoreError> {
    let scheduled = if may_clear(tx)? { tx.scheduled_clears(limit)? } else { Vec::new() };
    let Some(current) = keyring.current().filter(|_| !scheduled.is_empty()) else {
        return Ok(Vec::new());
    };
    let mut held = tx.sealed_cells()?;
    held.extend(tx.unsent_cells(usize::MAX, true)?);
    let in_use: HashSet<CellKey> = held.iter().map(|cell| sealed_key(current, &cell.key)).collect();
    let (cancelled, clears): (Vec<Cell>, _) =
        scheduled.into_iter().partition(|cell| in_use.contains(&cell.key));
    for cell in cancelled {
        tx.cancel_clear(&cell.key)?;
    }
    Ok(clears)
}

/// Returns `true` if there are clears to send now.
pub(super) fn has_clears(tx: &mut dyn Tx) -> Result<bool, StoreError> {
    // The keys are derived last: nearly always nothing is scheduled.
    let has_clears = may_clear(tx)? && !tx.scheduled_clears(1)?.is_empty();
    let has_clears = has_clears && !limited::is_limited(tx)?;
    Ok(has_clears && Keyring::load(tx)?.current().is_some())
}

/// Returns `true` if the server accepted the key, and has not refused its clears.
fn may_clear(tx: &mut dyn Tx) -> Result<bool, StoreError> {
    let state = tx.key_state()?;
    Ok(state.confirmed && !state.clears_refused)
}

/// The server refused clears: there, a key of another history is in use, which began earlier. They stay scheduled,
/// and are not sent again to this server while the key is the same.
pub(super) fn stop_clearing(tx: &mut dyn Tx) -> Result<(), StoreError> {
    let state = tx.key_state()?;
    tx.set_key_state(&KeyState { clears_refused: true, ..state })
}

/// Returns the stamp of the clear of a cell with this stamp: the same. A greater one could beat an
/// edit that another phone makes under the earlier key after it has seen the cell.
pub(super) fn clear_stamp(cell: &Stamp) -> Stamp {
    if is_injected(Fault::ClearStampedAbove) {
        // Less than what a server refuses as a stamp from the future.
        let later =
            i64::try_from(cell.reading.millis()).unwrap_or(i64::MAX).saturating_add(300_000);
        return Stamp::new(Reading::at_millis(later), cell.author.clone());
    }
    cell.clone()
}

/// After a response with nothing more to get: confirms the key if the server has accepted every step to it.
/// Nothing may be cleared before that, because another phone's change of the phrase could turn out to be the
/// one that came first.
pub(super) fn confirm_key(tx: &mut dyn Tx) -> Result<(), StoreError> {
    let state = tx.key_state()?;
    let in_use = Keyring::load(tx)?.current_check();
    let confirmed = in_use.is_some() && in_use == state.check && key_history::is_settled(tx)?;
    if confirmed && !state.confirmed {
        tx.set_key_state(&KeyState { confirmed, ..state })?;
    }
    if confirmed && tx.pending_counts()?.undecryptable == 0 {
        // The phone that cleared them had sealed them again before, and all of that is here.
        tx.remove_cleared()?;
    }
    Ok(())
}

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
    schema::KEY_CHECK,
};
use serde_json::Value;

use super::{
    keyring::{Keyring, is_key_check_unsent, sealed_key},
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
    tx.set_key_state(&KeyState { check: Some(in_use), confirmed: false })
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

/// Returns up to `limit` clears to send now. Cancels those of cells under the current key: that key
/// may have come into use again since they were scheduled.
pub(super) fn clears_to_send(
    tx: &mut dyn Tx,
    keyring: &Keyring,
    limit: usize,
) -> Result<Vec<Cell>, StoreError> {
    let scheduled =
        if tx.key_state()?.confirmed { tx.scheduled_clears(limit)? } else { Vec::new() };
    let Some(current) = keyring.current().filter(|_| !scheduled.is_empty()) else {
        return Ok(Vec::new());
    };
    let mut held = tx.sealed_cells()?;
    held.extend(tx.unsent_cells(usize::MAX, true)?);
    let in_use: HashSet<CellKey> = held.iter().map(|cell| sealed_key(current, &cell.key)).collect();
    let (cancelled, clears): (Vec<Cell>, _) = scheduled
        .into_iter()
        .partition(|cell| in_use.contains(&cell.key) && !is_injected(Fault::KeyInUseEmptied));
    for cell in cancelled {
        tx.cancel_clear(&cell.key)?;
    }
    Ok(clears)
}

/// After a response with nothing more to get: writes the check value that this phone received at
/// pairing as a cell, if no phone has. Returns `true` if it did.
///
/// A server that was restored can have lost the check value. Phones that know it from their pairing
/// alone could then have different keys in use for ever.
///
/// The stamp is lower than any that a phone takes, because its reading counts seconds where others
/// count milliseconds: a phone that holds the lost cell sends it again, and its value wins. Of two
/// values from pairings the later one wins, in whatever order the phones sync.
pub(super) fn write_check_of_pairing(tx: &mut dyn Tx) -> Result<bool, StoreError> {
    let Some(pairing) = tx.pairing()? else { return Ok(false) };
    let Some(check) = pairing.key_check.map(Value::String) else { return Ok(false) };
    let (collection, id, field) = KEY_CHECK;
    let author = pairing.author.parse().map_err(|_| StoreError::Unreadable("author"))?;
    let stamp = Stamp::new(Reading::at_millis(pairing.paired_at / 1_000), author);
    let cells = tx.current_record(collection, id)?;
    let held = cells.iter().find(|cell| cell.key.field == field);
    let is_lost = held.is_none_or(|held| held.stamp < stamp && held.value != check);
    if !is_lost || is_injected(Fault::CheckOfPairingNotWritten) {
        return Ok(false);
    }
    tx.put_unsent(&Cell { key: CellKey::new(collection, id, field), value: check, stamp })?;
    Ok(true)
}

/// Returns `true` if there are clears to send now.
pub(super) fn has_clears(tx: &mut dyn Tx) -> Result<bool, StoreError> {
    // The keys are derived last: nearly always nothing is scheduled.
    let may_clear = tx.key_state()?.confirmed && !tx.scheduled_clears(1)?.is_empty();
    let may_clear = may_clear && !limited::is_limited(tx)?;
    Ok(may_clear && Keyring::load(tx)?.current().is_some())
}

/// Returns the stamp of the clear of a cell with this stamp: the same. A greater one could beat an
/// edit that another phone makes under the earlier key after it has seen the cell, and would keep
/// the server from taking the cell again if that key comes back into use.
pub(super) fn clear_stamp(cell: &Stamp) -> Stamp {
    if is_injected(Fault::ClearStampedAbove) {
        // Less than what a server refuses as a stamp from the future.
        let later =
            i64::try_from(cell.reading.millis()).unwrap_or(i64::MAX).saturating_add(300_000);
        return Stamp::new(Reading::at_millis(later), cell.author.clone());
    }
    cell.clone()
}

/// After a response with nothing more to get: confirms the key if its check value does not wait to
/// be sent. Nothing may be cleared before that, because another phone's change of the phrase could
/// turn out to be the one that wins.
pub(super) fn confirm_key(tx: &mut dyn Tx) -> Result<(), StoreError> {
    let state = tx.key_state()?;
    let in_use = Keyring::load(tx)?.current_check();
    let confirmed = in_use.is_some() && in_use == state.check && !is_key_check_unsent(tx)?;
    if confirmed && !state.confirmed {
        tx.set_key_state(&KeyState { confirmed, ..state })?;
    }
    Ok(())
}

//! Merging one cell: the greatest stamp wins, and the value that loses becomes history.

use promise_protocol::{
    Cell, CellKey, Reading,
    fault_injection::{Fault, is_injected},
    ids::PersonId,
    replaces,
    schema::{DELETED, is_sealed},
};
use serde_json::Value;

use crate::ServiceError;
use promise_database::Tx;

/// Merges a cell. Returns the revision that wrote it, or `None` if the stored cell wins.
pub(crate) fn merge(
    tx: &mut dyn Tx,
    person: &PersonId,
    cell: Cell,
    now_millis: i64,
) -> Result<Option<u64>, ServiceError> {
    let held = tx.cell(person, &cell.key)?.map(|held| held.cell);
    if !wins(&cell, held.as_ref()) {
        // An equal stamp is the same edit again, which is no history.
        if let Some(held) = held.filter(|held| held.stamp != cell.stamp) {
            add_history(tx, person, &held, &cell, now_millis)?;
        }
        return Ok(None);
    }
    if let Some(held) = held {
        add_history(tx, person, &cell, &held, now_millis)?;
    }
    let rev = tx.revision_to_write(person)?;
    tx.set_cell(person, &cell, Some(rev))?;
    if is_injected(Fault::EditsUndelete) && cell.key.field != DELETED {
        undelete(tx, person, cell, rev)?;
    }
    Ok(Some(rev))
}

/// Stores the losing cell as history. A winning cell that clears a sealed value shows that its key
/// was replaced: no phone can read the old values any more, so their history is deleted. The clear
/// itself is no history either when the value is sent again.
fn add_history(
    tx: &mut dyn Tx,
    person: &PersonId,
    won: &Cell,
    lost: &Cell,
    now_millis: i64,
) -> Result<(), ServiceError> {
    if won.value.is_null() && is_sealed(&won.key.collection) {
        return Ok(tx.delete_history_of(person, &won.key)?);
    }
    if won.stamp == lost.stamp {
        return Ok(());
    }
    Ok(tx.add_history(person, lost, now_millis)?)
}

/// Makes the next staff stamp greater than one that the server issued in an earlier generation.
pub(crate) fn advance_staff_reading(
    tx: &mut dyn Tx,
    person: &PersonId,
    reading: Reading,
) -> Result<(), ServiceError> {
    let known = tx.person(person)?.ok_or(ServiceError::NotPaired)?;
    if reading > known.staff_reading {
        tx.set_staff_reading(person, reading)?;
    }
    Ok(())
}

fn wins(candidate: &Cell, held: Option<&Cell>) -> bool {
    if is_injected(Fault::SmallerStampWins) {
        return held.is_none_or(|held| candidate.stamp < held.stamp);
    }
    let is_clear = candidate.value.is_null() && is_sealed(&candidate.key.collection);
    if is_clear && is_injected(Fault::ClearBeatsLaterEdit) {
        return true;
    }
    replaces(&candidate.stamp, held.map(|held| &held.stamp))
        || held.is_some_and(|held| clears_or_reseals(candidate, held))
}

/// Returns `true` for the one case in which a cell replaces another with its stamp: in a sealed
/// collection `null` replaces the value that it clears, and the value replaces the `null`.
///
/// A clear must not win over any other edit, so it has the stamp of the value that it clears. A
/// phone sends the value again if its key turns out to be in use: a restore can bring a key back
/// that was replaced, after another phone cleared what was under it.
fn clears_or_reseals(candidate: &Cell, held: &Cell) -> bool {
    let is_clear = candidate.value.is_null();
    is_sealed(&candidate.key.collection)
        && candidate.stamp == held.stamp
        && is_clear != held.value.is_null()
        && (is_clear || !is_injected(Fault::ClearedStaysCleared))
}

/// Restores the deleted record of a cell, as [`Fault::EditsUndelete`] demands.
fn undelete(tx: &mut dyn Tx, person: &PersonId, cell: Cell, rev: u64) -> Result<(), ServiceError> {
    let key = CellKey { field: DELETED.into(), ..cell.key };
    let is_deleted = tx.cell(person, &key)?.is_some_and(|held| held.cell.value == true);
    if is_deleted {
        tx.set_cell(
            person,
            &Cell { key, value: Value::Bool(false), stamp: cell.stamp },
            Some(rev),
        )?;
    }
    Ok(())
}

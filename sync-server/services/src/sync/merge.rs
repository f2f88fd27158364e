//! Merging one cell: the greatest stamp wins, and the value that loses becomes history.

use promise_protocol::{
    Cell, CellKey, Reading,
    fault_injection::{Fault, is_injected},
    ids::PersonId,
    is_clear, replaces,
    schema::DELETED,
};
use serde_json::Value;

use crate::{ServiceError, cells::signed};
use promise_database::{Person, Tx};

/// Merges a cell. Returns the revision that wrote it, or `None` if the stored cell wins. A clear of what is not
/// here changes nothing.
pub(crate) fn merge(
    tx: &mut dyn Tx,
    person: &Person,
    cell: Cell,
    now_millis: i64,
) -> Result<Option<u64>, ServiceError> {
    let held = tx.cell(&person.id, &cell.key)?.map(|held| held.cell);
    if held.is_none() && is_clear(&cell) {
        return Ok(None);
    }
    if !wins(&cell, held.as_ref()) {
        // An equal stamp is the same edit again, which is no history.
        if let Some(held) = held.filter(|held| held.stamp != cell.stamp) {
            add_history(tx, &person.id, &held, &cell, now_millis)?;
        }
        return Ok(None);
    }
    if let Some(held) = &held {
        add_history(tx, &person.id, &cell, held, now_millis)?;
    }
    let rev = tx.revision_to_write(&person.id)?;
    tx.set_cell(&person.id, &cell, Some(rev))?;
    if let Some(held) = &held {
        signed::forget_replaced(tx, person, held)?;
    }
    if is_injected(Fault::EditsUndelete) && cell.key.field != DELETED {
        undelete(tx, &person.id, cell, rev)?;
    }
    Ok(Some(rev))
}

/// Stores the losing cell as history. A winning cell that clears a sealed value shows that its key
/// was replaced: no phone can read the old values any more, so their history is deleted. The clear
/// itself is no history either when a later value comes.
fn add_history(
    tx: &mut dyn Tx,
    person: &PersonId,
    won: &Cell,
    lost: &Cell,
    now_millis: i64,
) -> Result<(), ServiceError> {
    if is_clear(won) {
        return Ok(tx.delete_history_of(person, &won.key)?);
    }
    if won.stamp == lost.stamp || is_clear(lost) {
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

/// Returns `true` if the candidate replaces what is held: the greater stamp does. A clear is no edit: it has the
/// stamp of the value that it clears, so that it replaces that value and none that is later.
fn wins(candidate: &Cell, held: Option<&Cell>) -> bool {
    if is_injected(Fault::SmallerStampWins) {
        return held.is_none_or(|held| candidate.stamp < held.stamp);
    }
    let Some(held) = held else { return true };
    if is_clear(candidate) && !is_clear(held) {
        return candidate.stamp >= held.stamp || is_injected(Fault::ClearBeatsLaterEdit);
    }
    replaces(&candidate.stamp, Some(&held.stamp))
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

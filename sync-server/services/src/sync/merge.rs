//! Merging one cell: the greatest stamp wins, and what does not win is kept as history.

use promise_protocol::{
    Cell, CellKey, Reading, Stamp,
    fault_injection::{Fault, is_injected},
    ids::PersonId,
    replaces,
    schema::{DELETED, is_sealed},
};
use serde_json::Value;

use crate::ServiceError;
use promise_database::Tx;

/// Merges a cell. Answers the revision that wrote it, or `None` if what is there stays.
pub(crate) fn keep(
    tx: &mut dyn Tx,
    person: &PersonId,
    cell: Cell,
    now_millis: i64,
) -> Result<Option<u64>, ServiceError> {
    let held = tx.cell(person, &cell.key)?.map(|held| held.cell);
    if !wins(&cell.stamp, held.as_ref().map(|held| &held.stamp)) {
        // An equal stamp is the same edit once more; there is nothing to keep.
        if let Some(held) = held.filter(|held| held.stamp != cell.stamp) {
            remember(tx, person, &held, &cell, now_millis)?;
        }
        return Ok(None);
    }
    if let Some(held) = held {
        remember(tx, person, &cell, &held, now_millis)?;
    }
    let rev = tx.revision_to_write(person)?;
    tx.set_cell(person, &cell, Some(rev))?;
    if is_injected(Fault::EditsUndelete) && cell.key.field != DELETED {
        undelete(tx, person, cell, rev)?;
    }
    Ok(Some(rev))
}

/// Keeps the cell that lost as history. Where the cell that won empties a sealed one, it says that
/// the key is retired: nobody can read what the cell held any more, so none of it is kept.
fn remember(
    tx: &mut dyn Tx,
    person: &PersonId,
    won: &Cell,
    lost: &Cell,
    now_millis: i64,
) -> Result<(), ServiceError> {
    if won.value.is_null() && is_sealed(&won.key.collection) {
        return Ok(tx.delete_history_of(person, &won.key)?);
    }
    Ok(tx.add_history(person, lost, now_millis)?)
}

/// Staff's stamps go on after one that staff took in an earlier generation.
pub(crate) fn follow(
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

fn wins(candidate: &Stamp, held: Option<&Stamp>) -> bool {
    if is_injected(Fault::SmallerStampWins) {
        return held.is_none_or(|held| candidate < held);
    }
    replaces(candidate, held)
}

/// The fault of that name, and nothing else.
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

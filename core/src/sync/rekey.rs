//! When another key comes into use: everything private goes to the server again under that one, and
//! what is under others is emptied.
//!
//! Another key comes into use when the person changes the words, enters words that were changed on
//! another phone, or when two phones change them at once and one change wins. Everything keeps its
//! stamps: an edit that another phone makes meanwhile is not beaten by its elder.

use std::collections::HashSet;

use promise_protocol::{
    Author, Cell, CellKey, Stamp,
    fault_injection::{Fault, is_injected},
};

use super::{keyring::Keyring, words};
use crate::store::{Sealing, StoreError, Tx};

/// Before a request is made: sees to it that what is private is given under the key in use.
pub(super) fn follow(tx: &mut dyn Tx, keyring: &Keyring) -> Result<(), StoreError> {
    let Some(in_use) = keyring.current_check() else { return Ok(()) };
    let before = tx.sealing()?;
    if before.under.as_ref() == Some(&in_use) {
        return Ok(());
    }
    let others = before.under.is_some() || keyring.has_others();
    if others && !is_injected(Fault::NothingSealedAgain) {
        give_again(tx, keyring)?;
    }
    tx.set_sealing(&Sealing { under: Some(in_use), certain: false })
}

fn give_again(tx: &mut dyn Tx, keyring: &Keyring) -> Result<(), StoreError> {
    tx.hand_private_back()?;
    for cell in tx.private_cells()? {
        for other in keyring.others() {
            empty(tx, &Keyring::name_under(other, &cell.key), &cell)?;
        }
    }
    Ok(())
}

/// What is to be emptied now. Nothing is that is under the key in use, whatever was noted: that key
/// may have come into use again since.
pub(super) fn to_empty(
    tx: &mut dyn Tx,
    keyring: &Keyring,
    limit: usize,
) -> Result<Vec<Cell>, StoreError> {
    let noted = if tx.sealing()?.certain { tx.to_retire(limit)? } else { Vec::new() };
    let Some(current) = keyring.current().filter(|_| !noted.is_empty()) else {
        return Ok(Vec::new());
    };
    let in_use: HashSet<CellKey> =
        tx.private_cells()?.iter().map(|cell| Keyring::name_under(current, &cell.key)).collect();
    let (kept, emptied): (Vec<Cell>, _) = noted
        .into_iter()
        .partition(|cell| in_use.contains(&cell.key) && !is_injected(Fault::KeyInUseEmptied));
    for cell in kept {
        tx.keep_after_all(&cell.key)?;
    }
    Ok(emptied)
}

/// Notes that a cell under another key is to be emptied, with a stamp just above its own.
pub(super) fn empty(tx: &mut dyn Tx, wire: &CellKey, cell: &Cell) -> Result<(), StoreError> {
    let author: Option<Author> = tx.pairing()?.and_then(|pairing| pairing.author.parse().ok());
    match author {
        Some(author) => tx.retire(wire, &Stamp::new(cell.stamp.reading.next(), author)),
        None => Ok(()),
    }
}

/// After an answer, when there is no more to get: a check value that is not waiting to be sent is
/// the one in use, as far as anybody knows. Before that, nothing may be emptied: the key it is under
/// could turn out to be the one in use.
pub(super) fn settle(tx: &mut dyn Tx) -> Result<(), StoreError> {
    let sealing = tx.sealing()?;
    let in_use = Keyring::load(tx)?.current_check();
    let certain = in_use.is_some() && in_use == sealing.under && !words::is_key_unsent(tx)?;
    if certain && !sealing.certain {
        tx.set_sealing(&Sealing { certain, ..sealing })?;
    }
    Ok(())
}

//! What a phone holds under keys of its council that are in other hands.
//!
//! It stays and is shown: most of it is the council's, and nothing may be lost. But a thief of such a key can have
//! written any of it, with any stamp. So it gives way to what comes under a key that counts, whatever its stamp.

use promise_protocol::{AuthorKind, Cell, Change};

use super::merge::Merge;
use crate::store::StoreError;

impl Merge<'_> {
    /// Takes a change that this phone holds under a distrusted key as the council's again, if a key that counts has
    /// signed it now. Comes before anything of the response is merged: an earlier change in it must not replace a
    /// later one that is in it too.
    pub(super) fn accept_again(&mut self, change: &Change) -> Result<(), StoreError> {
        let is_held = match change.cells().next() {
            Some(cell) if is_staffs(&cell) => self.tx.is_distrusted(&cell)?,
            _ => false,
        };
        if !is_held || !self.signatures.accepts(change) {
            return Ok(());
        }
        for cell in change.cells() {
            let held = self.tx.confirmed(&cell.key)?;
            let is_altered = |held: &Cell| held.stamp == cell.stamp && held.value != cell.value;
            if held.as_ref().is_some_and(is_altered) {
                self.put(held.as_ref(), &cell)?;
            }
        }
        self.tx.keep_staff_change(change)
    }

    /// Returns `true` if what is held gives way to the council's own word: only a distrusted key signed it.
    pub(super) fn gives_way(
        &mut self,
        held: Option<&Cell>,
        cell: &Cell,
    ) -> Result<bool, StoreError> {
        match held {
            Some(held) if is_staffs(cell) && is_staffs(held) && held.stamp != cell.stamp => {
                self.tx.is_distrusted(held)
            }
            _ => Ok(false),
        }
    }
}

fn is_staffs(cell: &Cell) -> bool {
    cell.stamp.author.kind() == AuthorKind::Staff
}

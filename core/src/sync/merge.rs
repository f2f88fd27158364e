//! Merging what came, in the clear or sealed.

use std::collections::BTreeSet;

use promise_protocol::{
    AuthorKind, Cell, CellKey, Change,
    fault_injection::{self, Fault},
    replaces,
    schema::is_sealed,
};

use super::{
    key_history::{is_step, report_refused},
    keyring::Keyring,
    rekey,
    sealed_ids::SealedIds,
    signed::{CouncilSignatures, may_write},
};
use crate::{
    collections::registry,
    store::{StoreError, Tx},
};

/// Merges cells into what this phone holds, and collects what that changed for the person.
pub(super) struct Merge<'a> {
    pub(super) tx: &'a mut dyn Tx,
    pub(super) keyring: Keyring,
    signatures: CouncilSignatures,
    ids: SealedIds,
    changed: BTreeSet<(String, String)>,
    /// `true` if undecryptable cells are worth another try: sealed cells came, and what is needed to
    /// open one may have come after it; or a record came that sealed ones are about.
    retries: bool,
}

impl<'a> Merge<'a> {
    pub(super) fn new(tx: &'a mut dyn Tx) -> Result<Self, StoreError> {
        let (keyring, signatures) = (Keyring::load(tx)?, CouncilSignatures::load(tx)?);
        let (ids, changed) = (SealedIds::default(), BTreeSet::new());
        Ok(Self { tx, keyring, signatures, ids, changed, retries: false })
    }

    /// Merges a change as the server sent it. Returns `false` if it is not what it claims: then none of it
    /// is merged, or only what its author may write.
    pub(super) fn change(&mut self, change: &Change) -> Result<bool, StoreError> {
        if is_sealed(&change.collection) {
            self.sealed_change(change)?;
            return Ok(true);
        }
        if !self.signatures.accepts(change) {
            if is_step(change) {
                report_refused(self.tx, &change.stamp)?;
            }
            return Ok(false);
        }
        if is_step(change) && !self.follows(change)? {
            // The council signed it: asking for it again would bring the same.
            report_refused(self.tx, &change.stamp)?;
            return Ok(true);
        }
        self.read_report(change)?;
        let mut is_genuine = true;
        for cell in change.cells() {
            if may_write(&cell) {
                self.cell(&cell)?;
            } else {
                is_genuine = false;
            }
        }
        if change.stamp.author.kind() == AuthorKind::Staff && change.signature.is_some() {
            self.tx.keep_staff_change(change)?;
        }
        Ok(is_genuine)
    }

    /// Merges the cells that can be opened by their stamps, like all others. The rest is kept as
    /// undecryptable: its key may come later, and nothing behind it has to wait.
    fn sealed_change(&mut self, change: &Change) -> Result<(), StoreError> {
        self.retries = true;
        for (wire, opened) in self.ids.open(self.tx, &self.keyring, change)? {
            let held = self.tx.undecryptable(&wire.key)?;
            let is_newer = replaces(&wire.stamp, held.as_ref().map(|held| &held.stamp));
            if let Some(opened) = opened {
                self.cell(&opened.cell)?;
                if opened.is_current {
                    self.resend_greater(&opened.cell)?;
                } else {
                    self.move_to_current_key(&wire, &opened.cell)?;
                }
            } else if wire.value.is_null() {
                self.resend_cleared(&wire)?;
            } else {
                if is_newer && !fault_injection::is_injected(Fault::UndecryptableDropped) {
                    self.tx.put_undecryptable(&wire)?;
                }
                continue;
            }
            // The cell was opened, or it is null: cleared because its key was replaced.
            if is_newer || held.is_some_and(|held| held.stamp == wire.stamp) {
                self.tx.remove_undecryptable(&wire.key)?;
            }
        }
        Ok(())
    }

    /// Another phone wrote this cell before it knew of the new recovery phrase. Resends it under the
    /// current key and clears it under the earlier one: a phone that joins later has only the new
    /// phrase and could not open it.
    fn move_to_current_key(&mut self, wire: &Cell, cell: &Cell) -> Result<(), StoreError> {
        if fault_injection::is_injected(Fault::OldKeyCellsNotResealed) {
            return Ok(());
        }
        if self.tx.confirmed(&cell.key)?.is_some_and(|held| held.stamp == cell.stamp) {
            self.tx.mark_for_resend(&cell.key)?;
        }
        // A clear that was sent before is needed again: the server has the cell.
        self.tx.cancel_clear(&wire.key)?;
        self.tx.schedule_clear(&wire.key, &rekey::clear_stamp(&wire.stamp))
    }

    /// A cell was cleared. If its key is in use, or is the one that this phone last sealed with, the
    /// phone that cleared it did not know that yet: a restore can take the key in use away, until a
    /// phone that knows of it syncs. Resends the cell, which then replaces the clear.
    fn resend_cleared(&mut self, wire: &Cell) -> Result<(), StoreError> {
        if fault_injection::is_injected(Fault::ClearUnderKeyInUseIgnored) {
            return Ok(());
        }
        let last_used = self.tx.key_state()?.check;
        for index in self.keyring.in_use_or(last_used.as_deref()) {
            let Some(id) = self.ids.find(self.tx, &self.keyring, index, &wire.key)? else {
                continue;
            };
            let key = CellKey { id, ..wire.key.clone() };
            if self.tx.confirmed(&key)?.is_some() {
                self.tx.mark_for_resend(&key)?;
            }
        }
        Ok(())
    }

    /// The server has a cell with a lower stamp than this phone holds: the greater one was cleared there,
    /// and then the lower one sent again. Resends the greater one.
    fn resend_greater(&mut self, cell: &Cell) -> Result<(), StoreError> {
        if self.tx.confirmed(&cell.key)?.is_some_and(|held| held.stamp > cell.stamp) {
            self.tx.mark_for_resend(&cell.key)?;
        }
        Ok(())
    }

    /// Tries to open every undecryptable cell again.
    pub(super) fn retry_undecryptable(&mut self) -> Result<(), StoreError> {
        for change in Change::gather(self.tx.undecryptable_cells()?) {
            self.sealed_change(&change)?;
        }
        Ok(())
    }

    /// Merges a cell as this phone stores it: the greater stamp wins.
    pub(super) fn cell(&mut self, cell: &Cell) -> Result<(), StoreError> {
        let held = self.tx.confirmed(&cell.key)?;
        let wins = replaces(&cell.stamp, held.as_ref().map(|held| &held.stamp))
            || fault_injection::is_injected(Fault::PulledCellsWin);
        if wins {
            self.tx.confirm(cell)?;
            self.retries |= registry::names_sealed_records(&cell.key.collection);
            // What the person wrote on this phone is no change for them.
            let unsent = self.tx.unsent(&cell.key)?;
            if unsent.is_none_or(|unsent| unsent.stamp < cell.stamp) {
                self.mark_changed(cell);
            }
        }
        Ok(())
    }

    pub(super) fn mark_changed(&mut self, cell: &Cell) {
        self.changed.insert((cell.key.collection.clone(), cell.key.id.clone()));
    }

    /// Updates the search index. Returns the collections that changed.
    pub(super) fn finish(mut self) -> Result<BTreeSet<String>, StoreError> {
        if self.retries {
            self.ids = SealedIds::default();
            self.retry_undecryptable()?;
        }
        for (collection, id) in &self.changed {
            registry::reindex(self.tx, collection, id)?;
        }
        Ok(self.changed.into_iter().map(|(collection, _)| collection).collect())
    }
}

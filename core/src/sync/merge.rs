//! Merging what came, in the clear or sealed.

use std::collections::BTreeSet;

use promise_protocol::{
    AuthorKind, Cell, Change,
    fault_injection::{self, Fault},
    is_fresh_start, replaces,
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
    collections::{news, number_changes, registry},
    store::{StoreError, Tx},
};

/// Merges cells into what this phone holds, and collects what that changed for the person.
pub(super) struct Merge<'a> {
    pub(super) tx: &'a mut dyn Tx,
    pub(super) keyring: Keyring,
    pub(super) signatures: CouncilSignatures,
    ids: SealedIds,
    changed: BTreeSet<(String, String)>,
    /// How many steps to other keys were counted as refused, because no key of the council that counts signed them.
    pub(super) refused_steps: u64,
    /// `true` if a fresh start came that ended the history of keys to which this phone held. It had not followed
    /// another first key, which can be the one that counts now, and must get it again.
    pub(super) ended_history: bool,
    /// `true` if undecryptable cells are worth another try: sealed cells came, and what is needed to
    /// open one may have come after it; or a record came that sealed ones are about.
    retries: bool,
}

/// Where a sealed cell comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    /// The server sent it.
    Server,
    /// This phone had stored it as undecryptable.
    Phone,
}

impl<'a> Merge<'a> {
    pub(super) fn new(tx: &'a mut dyn Tx) -> Result<Self, StoreError> {
        let (keyring, signatures) = (Keyring::load(tx)?, CouncilSignatures::load(tx)?);
        let (ids, changed) = (SealedIds::default(), BTreeSet::new());
        let (refused_steps, ended_history, retries) = (0, false, false);
        Ok(Self { tx, keyring, signatures, ids, changed, refused_steps, ended_history, retries })
    }

    /// Merges a change as the server sent it. Returns `false` if it is not what it claims: then none of it
    /// is merged, or only what its author may write.
    pub(super) fn change(&mut self, change: &Change) -> Result<bool, StoreError> {
        if is_sealed(&change.collection) {
            self.sealed_change(change, Source::Server)?;
            return Ok(true);
        }
        if !self.signatures.accepts(change) {
            if is_step(change) {
                self.refused_steps += u64::from(report_refused(self.tx, &change.stamp)?);
            }
            return Ok(false);
        }
        if is_step(change) && !self.follows(change)? {
            // The council signed it: asking for it again would bring the same.
            report_refused(self.tx, &change.stamp)?;
            return Ok(true);
        }
        self.read_report(change)?;
        if is_fresh_start(change) {
            self.set_aside_before(change)?;
        }
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

    /// A fresh start deleted everything sealed on the server. What this phone could not open is under a key that
    /// counts no more, most likely of someone who stole the phrase, and must not be asked for. What it holds, it sends
    /// again: if a restore had lost the fresh start, the server has deleted what this phone had sealed since.
    fn set_aside_before(&mut self, fresh_start: &Change) -> Result<(), StoreError> {
        for cell in fresh_start.cells() {
            let held = self.tx.confirmed(&cell.key)?;
            if replaces(&cell.stamp, held.as_ref().map(|held| &held.stamp)) {
                self.tx.mark_all_undecryptable_cleared()?;
                self.tx.mark_sealed_for_resend()?;
                self.ended_history |= self.tx.key_state()?.first.is_some();
            }
        }
        Ok(())
    }

    /// Merges the cells that can be opened by their stamps, like all others. The rest is kept as
    /// undecryptable: its key may come later, and nothing behind it has to wait.
    ///
    /// A `null` is a clear: another phone sealed the value again, under the key that replaced this one. What this
    /// phone could not open is set aside then, not removed. A server that lies about it must not destroy what
    /// may be the only copy.
    fn sealed_change(&mut self, change: &Change, source: Source) -> Result<(), StoreError> {
        self.retries = true;
        for (wire, opened) in self.ids.open(self.tx, &self.keyring, change)? {
            let held = self.tx.undecryptable(&wire.key)?;
            let is_held = held.as_ref().is_some_and(|held| held.stamp == wire.stamp);
            let is_as_new = is_held || replaces(&wire.stamp, held.as_ref().map(|held| &held.stamp));
            match opened {
                Some(opened) => {
                    self.cell(&opened.cell)?;
                    if !opened.is_current {
                        self.move_to_current_key(&wire, &opened.cell)?;
                    }
                    if is_as_new {
                        self.tx.remove_undecryptable(&wire.key)?;
                    }
                }
                None if source == Source::Phone => {}
                None if wire.value.is_null() => {
                    if is_as_new {
                        self.tx.mark_undecryptable_cleared(&wire.key)?;
                    }
                }
                None => {
                    let is_kept = !fault_injection::is_injected(Fault::UndecryptableDropped);
                    if is_as_new && is_kept {
                        self.tx.put_undecryptable(&wire)?;
                    }
                }
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

    /// Tries to open every undecryptable cell again, also those that were cleared.
    pub(super) fn retry_undecryptable(&mut self) -> Result<(), StoreError> {
        let mut cells = self.tx.undecryptable_cells()?;
        cells.extend(self.tx.cleared_cells()?);
        for change in Change::gather(cells) {
            self.sealed_change(&change, Source::Phone)?;
        }
        Ok(())
    }

    /// Merges a cell as this phone stores it: the greater stamp wins.
    pub(super) fn cell(&mut self, cell: &Cell) -> Result<(), StoreError> {
        let held = self.tx.confirmed(&cell.key)?;
        let wins = replaces(&cell.stamp, held.as_ref().map(|held| &held.stamp))
            || fault_injection::is_injected(Fault::PulledCellsWin)
            || self.gives_way(held.as_ref(), cell)?;
        if wins {
            self.put(held.as_ref(), cell)?;
        }
        Ok(())
    }

    /// Stores a cell in place of the one that is held.
    pub(super) fn put(&mut self, held: Option<&Cell>, cell: &Cell) -> Result<(), StoreError> {
        if let Some(held) = held {
            number_changes::keep_before_cell(self.tx, held, cell)?;
        }
        news::keep_before_cell(self.tx, cell)?;
        self.tx.confirm(cell)?;
        self.retries |= registry::names_sealed_records(&cell.key.collection);
        // What the person wrote on this phone is no change for them.
        let unsent = self.tx.unsent(&cell.key)?;
        if unsent.is_none_or(|unsent| unsent.stamp < cell.stamp) {
            self.mark_changed(cell);
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

//! Merging what came: in the clear, or sealed.

use std::collections::BTreeSet;

use promise_protocol::{
    AuthorKind, Cell, Change,
    fault_injection::{self, Fault},
    replaces,
    schema::is_sealed,
};

use super::{keyring::Keyring, names::Names, rekey};
use crate::{
    contacts,
    store::{StoreError, Tx},
};

/// Merges cells into what this phone holds, and remembers what that changed for the person.
pub(super) struct Merge<'a> {
    pub(super) tx: &'a mut dyn Tx,
    keyring: Keyring,
    names: Names,
    touched: BTreeSet<(String, String)>,
    /// Whether what is aside is worth another try: sealed cells came, and what they need to be
    /// opened may have come after them.
    tries_again: bool,
}

impl<'a> Merge<'a> {
    pub(super) fn new(tx: &'a mut dyn Tx) -> Result<Self, StoreError> {
        let keyring = Keyring::load(tx)?;
        Ok(Self {
            tx,
            keyring,
            names: Names::default(),
            touched: BTreeSet::new(),
            tries_again: false,
        })
    }

    /// Merges a change as the server sent it.
    pub(super) fn change(&mut self, change: &Change) -> Result<(), StoreError> {
        if is_sealed(&change.collection) {
            return self.sealed(change);
        }
        for cell in change.cells() {
            self.keep_greater(&cell)?;
        }
        if change.stamp.author.kind() == AuthorKind::Staff && change.proof.is_some() {
            self.tx.keep_staff_change(change)?;
        }
        Ok(())
    }

    /// What can be opened is merged like everything else, by its stamp. The rest is kept aside:
    /// the words may come later, and nothing behind it waits.
    fn sealed(&mut self, change: &Change) -> Result<(), StoreError> {
        self.tries_again = true;
        for (wire, opened) in self.names.open(self.tx, &self.keyring, change)? {
            let aside = self.tx.aside(&wire.key)?;
            let is_newer = replaces(&wire.stamp, aside.as_ref().map(|aside| &aside.stamp));
            if let Some(opened) = opened {
                let cell = opened.cell;
                self.keep_greater(&cell)?;
                if !opened.is_current {
                    self.under_earlier_key(&wire, &cell)?;
                }
            } else if !wire.value.is_null() {
                if is_newer && !fault_injection::is_injected(Fault::UnopenedDropped) {
                    self.tx.put_aside(&wire)?;
                }
                continue;
            }
            // Opened, or emptied because its key is not used any more.
            if is_newer || aside.is_some_and(|aside| aside.stamp == wire.stamp) {
                self.tx.remove_aside(&wire.key)?;
            }
        }
        Ok(())
    }

    /// Another phone wrote this before it knew of the new words. It is given again under the new
    /// key, and what is under the earlier one is emptied: a phone that joins later has only the
    /// new words, and would find something that it cannot open.
    fn under_earlier_key(&mut self, wire: &Cell, cell: &Cell) -> Result<(), StoreError> {
        if fault_injection::is_injected(Fault::StragglersForgotten) {
            return Ok(());
        }
        if self.tx.confirmed(&cell.key)?.is_some_and(|held| held.stamp == cell.stamp) {
            self.tx.hand_back(&cell.key)?;
        }
        rekey::empty(self.tx, &wire.key, wire)
    }

    /// Tries everything that is aside once more.
    pub(super) fn try_aside(&mut self) -> Result<(), StoreError> {
        for change in Change::gather(self.tx.all_aside()?) {
            self.sealed(&change)?;
        }
        Ok(())
    }

    pub(super) fn keep_greater(&mut self, cell: &Cell) -> Result<(), StoreError> {
        let held = self.tx.confirmed(&cell.key)?;
        let wins = replaces(&cell.stamp, held.as_ref().map(|held| &held.stamp))
            || fault_injection::is_injected(Fault::PulledCellsWin);
        if wins {
            self.tx.confirm(cell)?;
            // What the person wrote here themselves is no news to them.
            let unsent = self.tx.unsent(&cell.key)?;
            if unsent.is_none_or(|unsent| unsent.stamp < cell.stamp) {
                self.touch(cell);
            }
        }
        Ok(())
    }

    pub(super) fn touch(&mut self, cell: &Cell) {
        self.touched.insert((cell.key.collection.clone(), cell.key.id.clone()));
    }

    /// Ends: what is searched is brought up to date. Answers the collections that changed.
    pub(super) fn finish(mut self) -> Result<BTreeSet<String>, StoreError> {
        if self.tries_again {
            self.names = Names::default();
            self.try_aside()?;
        }
        for (collection, id) in &self.touched {
            contacts::reindex(self.tx, collection, id)?;
        }
        Ok(self.touched.into_iter().map(|(collection, _)| collection).collect())
    }
}

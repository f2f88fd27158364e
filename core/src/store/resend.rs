//! What the server is sent again, and how much waits to be sent.

use promise_protocol::{Cell, CellKey, Change};

use super::StoreError;

/// How much waits, counted in edits: the cells of one edit share a record and a stamp.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PendingCounts {
    /// Edits to be sent or resent that need no key: those of collections that are not sealed, staff
    /// changes, and undecryptable cells as they came.
    pub unsealed: u64,
    /// Edits of sealed collections to be sent or resent. They need the person's key.
    pub sealed: u64,
    /// Records with undecryptable cells that were not cleared.
    pub undecryptable: u64,
}

/// Marks what is to be sent again: everything after the server was restored from a backup, and
/// sealed cells when their key changed.
pub trait ResendStore {
    /// Marks everything that the server may have lost: confirmed and undecryptable cells that the
    /// person's phones wrote, staff changes, and clears that were sent.
    fn mark_all_for_resend(&mut self) -> Result<(), StoreError>;
    /// Marks the confirmed cells of sealed collections.
    fn mark_sealed_for_resend(&mut self) -> Result<(), StoreError>;
    /// Marks one confirmed cell.
    fn mark_for_resend(&mut self, key: &CellKey) -> Result<(), StoreError>;
    /// Lists up to `limit` marked confirmed cells, oldest first; without those of sealed collections
    /// unless `with_sealed`.
    fn pending_resend(&mut self, limit: usize, with_sealed: bool) -> Result<Vec<Cell>, StoreError>;
    /// Removes the marks of the cells and of the staff change that `change` carried. Other cells of
    /// the same edit keep theirs.
    fn mark_resent(&mut self, change: &Change) -> Result<(), StoreError>;
    /// Counts what waits to be sent or resent.
    fn pending_counts(&mut self) -> Result<PendingCounts, StoreError>;
}

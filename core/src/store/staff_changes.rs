//! Staff-written changes as the council signed them, kept to be resent after a restore.

use promise_protocol::{Cell, Change};

use super::StoreError;

/// Stores staff-written changes. A restored server takes them back only with the council's signature.
pub trait StaffChangeStore {
    /// Keeps a change with its signature for as long as one of its cells is the confirmed one. It counts as signed
    /// with a key that counts, in place of one of the same record and stamp that did not.
    fn keep_staff_change(&mut self, change: &Change) -> Result<(), StoreError>;
    /// Lists up to `limit` changes that are marked for resend: key steps first, and the oldest first. A server
    /// that was restored must have the steps before it decides on another one.
    fn pending_staff_changes(&mut self, limit: usize) -> Result<Vec<Change>, StoreError>;
    /// Marks all changes that are kept now: the keys that signed them do not count any more.
    fn distrust_staff_changes(&mut self) -> Result<(), StoreError>;
    /// Returns `true` if the change that wrote this cell is kept, and only a key that does not count any more
    /// signed it.
    fn is_distrusted(&mut self, cell: &Cell) -> Result<bool, StoreError>;
}

//! Sealed cells that this phone cannot open.

use promise_protocol::{Cell, CellKey};

use super::StoreError;

/// Stores sealed cells as they came, with their record's sealed id, until they can be opened: their
/// recovery phrase is not here yet, a newer version sealed them, or they were forged.
pub trait UndecryptableStore {
    /// Returns the undecryptable cell with this key, whether or not it was cleared.
    fn undecryptable(&mut self, key: &CellKey) -> Result<Option<Cell>, StoreError>;
    /// Lists the undecryptable cells that were not cleared, oldest first.
    fn undecryptable_cells(&mut self) -> Result<Vec<Cell>, StoreError>;
    /// Lists the undecryptable cells that were cleared, oldest first.
    fn cleared_cells(&mut self) -> Result<Vec<Cell>, StoreError>;
    /// Saves an undecryptable cell, in place of an earlier one with its key.
    fn put_undecryptable(&mut self, cell: &Cell) -> Result<(), StoreError>;
    /// Removes an undecryptable cell that was opened.
    fn remove_undecryptable(&mut self, key: &CellKey) -> Result<(), StoreError>;
    /// Marks an undecryptable cell as cleared on the server: it is not counted and not resent any more.
    fn mark_undecryptable_cleared(&mut self, key: &CellKey) -> Result<(), StoreError>;
    /// Does the same with all of them.
    fn mark_all_undecryptable_cleared(&mut self) -> Result<(), StoreError>;
    /// Removes the undecryptable cells that were cleared.
    fn remove_cleared(&mut self) -> Result<(), StoreError>;
    /// Lists up to `limit` undecryptable cells that are marked for resend, oldest first.
    fn pending_undecryptable(&mut self, limit: usize) -> Result<Vec<Cell>, StoreError>;
}

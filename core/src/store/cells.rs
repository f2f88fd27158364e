//! Cells: as the server confirmed them, and as this phone edited them.

use promise_protocol::{Cell, CellKey, Reading};

use super::StoreError;

/// Stores cells.
///
/// A cell can be here twice: *confirmed*, as the server has it as far as this phone knows, and
/// *unsent*, as this phone edited it. The person sees the one with the greater stamp.
pub trait CellStore {
    /// Returns the confirmed cell.
    fn confirmed(&mut self, key: &CellKey) -> Result<Option<Cell>, StoreError>;
    /// Replaces the confirmed cell, which is then no longer marked for resend. A staff change of
    /// which no confirmed cell is left is removed.
    fn confirm(&mut self, cell: &Cell) -> Result<(), StoreError>;
    /// Removes a confirmed cell, because it becomes an edit under another stamp.
    fn remove_confirmed(&mut self, key: &CellKey) -> Result<(), StoreError>;
    /// Lists the confirmed cells of sealed collections.
    fn sealed_cells(&mut self) -> Result<Vec<Cell>, StoreError>;

    /// Returns the unsent cell.
    fn unsent(&mut self, key: &CellKey) -> Result<Option<Cell>, StoreError>;
    /// Saves an edit.
    fn put_unsent(&mut self, cell: &Cell) -> Result<(), StoreError>;
    /// Removes an edit that was confirmed or refused.
    fn remove_unsent(&mut self, key: &CellKey) -> Result<(), StoreError>;
    /// Lists up to `limit` unsent cells, oldest first; without those of sealed collections unless
    /// `with_sealed`.
    fn unsent_cells(&mut self, limit: usize, with_sealed: bool) -> Result<Vec<Cell>, StoreError>;

    /// Lists what the person sees of a collection, by record and field.
    fn current(&mut self, collection: &str) -> Result<Vec<Cell>, StoreError>;
    /// Lists what the person sees of a record, by field.
    fn current_record(&mut self, collection: &str, id: &str) -> Result<Vec<Cell>, StoreError>;
    /// Returns the greatest clock reading in any confirmed or unsent cell.
    fn greatest_reading(&mut self) -> Result<Reading, StoreError>;
    /// Removes the confirmed records of a collection whose ids sort before `first_kept`, with their
    /// staff changes, as if they had never arrived. Returns `true` if there were any.
    fn forget_records_before(
        &mut self,
        collection: &str,
        first_kept: &str,
    ) -> Result<bool, StoreError>;
}

//! People's cells and their history.

use promise_protocol::{Cell, CellKey, ids::PersonId};

use crate::DatabaseError;

/// A cell and the revision that wrote it.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredCell {
    /// The cell.
    pub cell: Cell,
    /// The revision of its person that wrote it; `None` while it is pending. A pending cell is sent
    /// to no phone until [`Cells::release_pending_cells`].
    pub rev: Option<u64>,
}

/// A value that a cell held before, or that lost against the one it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryEntry {
    /// The cell as it was.
    pub cell: Cell,
    /// When the value was replaced or lost.
    pub replaced_at: i64,
}

/// Cells. Every method is about one person and returns nothing of another.
pub trait Cells {
    /// Returns a cell as it is now.
    fn cell(
        &mut self,
        person: &PersonId,
        key: &CellKey,
    ) -> Result<Option<StoredCell>, DatabaseError>;

    /// Returns the cells of one record, ordered by field.
    fn record(
        &mut self,
        person: &PersonId,
        collection: &str,
        id: &str,
    ) -> Result<Vec<StoredCell>, DatabaseError>;

    /// Returns the cells of one collection, ordered by record and field.
    fn collection(
        &mut self,
        person: &PersonId,
        collection: &str,
    ) -> Result<Vec<StoredCell>, DatabaseError>;

    /// Calls `visit` with each cell of a revision after `since` until it returns `false`. The order
    /// is revision, collection, record, field. Leaves out pending cells.
    fn cells_after(
        &mut self,
        person: &PersonId,
        since: u64,
        visit: &mut dyn FnMut(StoredCell) -> bool,
    ) -> Result<(), DatabaseError>;

    /// Writes a cell in place of what it held. With `rev: None` it is pending.
    fn set_cell(
        &mut self,
        person: &PersonId,
        cell: &Cell,
        rev: Option<u64>,
    ) -> Result<(), DatabaseError>;

    /// Gives a person's pending cells this transaction's revision, without nudging their phones.
    /// Returns `true` if there were any.
    fn release_pending_cells(&mut self, person: &PersonId) -> Result<bool, DatabaseError>;

    /// Adds a value that was replaced, or that lost. An entry of the same cell and stamp stays as
    /// it is.
    fn add_history(
        &mut self,
        person: &PersonId,
        cell: &Cell,
        replaced_at: i64,
    ) -> Result<(), DatabaseError>;

    /// Returns a cell's history, greatest stamp first.
    fn history(&mut self, person: &PersonId, key: &CellKey) -> Result<Vec<Cell>, DatabaseError>;

    /// Returns the history of all of a person's cells, ordered by cell and then greatest stamp
    /// first.
    fn history_of_person(&mut self, person: &PersonId) -> Result<Vec<HistoryEntry>, DatabaseError>;

    /// Deletes a cell's history.
    fn delete_history_of(&mut self, person: &PersonId, key: &CellKey) -> Result<(), DatabaseError>;

    /// Deletes every person's records of a collection whose ids sort before `first_kept`. Returns
    /// how many cells were deleted. Leaves no tombstones: for records that phones delete by
    /// themselves.
    fn delete_records_before(
        &mut self,
        collection: &str,
        first_kept: &str,
    ) -> Result<usize, DatabaseError>;

    /// Deletes a person's cells of a collection, or those that were written before a revision, with the history and
    /// the signed changes of the whole collection. Leaves no tombstones: for what phones know in another way to be
    /// gone.
    fn delete_collection(
        &mut self,
        person: &PersonId,
        collection: &str,
        before: Option<u64>,
    ) -> Result<(), DatabaseError>;

    /// Deletes every person's history from before a time. Returns how many entries were deleted.
    fn delete_history_before(&mut self, before_millis: i64) -> Result<usize, DatabaseError>;
}

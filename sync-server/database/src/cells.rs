//! People's cells, and what they held before.

use promise_protocol::{Cell, CellKey};

use super::StoreError;

/// A cell and the revision that wrote it.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredCell {
    /// The cell.
    pub cell: Cell,
    /// The revision of its person that wrote it.
    pub rev: u64,
}

/// The revision of a cell that waits for one: no phone gets it yet.
pub const WAITING: u64 = 0;

/// Cells. Every method names the person, and answers nothing of anybody else.
pub trait Cells {
    /// What a cell holds now.
    fn cell(&mut self, person: &str, key: &CellKey) -> Result<Option<StoredCell>, StoreError>;

    /// Every cell of one record, by field.
    fn record(
        &mut self,
        person: &str,
        collection: &str,
        id: &str,
    ) -> Result<Vec<StoredCell>, StoreError>;

    /// Every cell of one collection, by record and field.
    fn cells_of(&mut self, person: &str, collection: &str) -> Result<Vec<StoredCell>, StoreError>;

    /// Visits the cells after a revision, in order of revision, until `visit` answers `false`.
    fn cells_after(
        &mut self,
        person: &str,
        since: u64,
        visit: &mut dyn FnMut(StoredCell) -> bool,
    ) -> Result<(), StoreError>;

    /// Puts a cell in place of what it held.
    fn set_cell(&mut self, person: &str, cell: &Cell, rev: u64) -> Result<(), StoreError>;

    /// Gives a person's waiting cells this transaction's revision, which their phones are not woken
    /// for. Answers whether there were any.
    fn number_waiting(&mut self, person: &str) -> Result<bool, StoreError>;

    /// Keeps a value that lost, or was overwritten.
    fn keep_history(
        &mut self,
        person: &str,
        cell: &Cell,
        replaced_at: i64,
    ) -> Result<(), StoreError>;

    /// A cell's history, the greatest stamp first.
    fn history(&mut self, person: &str, key: &CellKey) -> Result<Vec<Cell>, StoreError>;

    /// The history of every cell of a person, with when each value was replaced, by cell and the
    /// greatest stamp first.
    fn whole_history(&mut self, person: &str) -> Result<Vec<(Cell, i64)>, StoreError>;

    /// Forgets a cell's history.
    fn forget_history_of(&mut self, person: &str, key: &CellKey) -> Result<(), StoreError>;

    /// Forgets the records of a collection whose names sort before this one, of everybody. Answers
    /// how many cells went.
    fn forget_records_before(
        &mut self,
        collection: &str,
        first_kept: &str,
    ) -> Result<usize, StoreError>;

    /// Forgets history from before a moment, and answers how much.
    fn forget_history(&mut self, before_millis: i64) -> Result<usize, StoreError>;
}

//! People's cells, and what they held before.

use promise_protocol::{Cell, CellKey};

use super::DatabaseError;

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
    fn cell(&mut self, person: &str, key: &CellKey) -> Result<Option<StoredCell>, DatabaseError>;

    /// Every cell of one record, by field.
    fn record(
        &mut self,
        person: &str,
        collection: &str,
        id: &str,
    ) -> Result<Vec<StoredCell>, DatabaseError>;

    /// Every cell of one collection, by record and field.
    fn collection(
        &mut self,
        person: &str,
        collection: &str,
    ) -> Result<Vec<StoredCell>, DatabaseError>;

    /// Visits the cells after a revision, in order of revision, until `visit` answers `false`.
    fn cells_after(
        &mut self,
        person: &str,
        since: u64,
        visit: &mut dyn FnMut(StoredCell) -> bool,
    ) -> Result<(), DatabaseError>;

    /// Puts a cell in place of what it held.
    fn set_cell(&mut self, person: &str, cell: &Cell, rev: u64) -> Result<(), DatabaseError>;

    /// Gives a person's waiting cells this transaction's revision, which their phones are not woken
    /// for. Answers whether there were any.
    fn release_pending_cells(&mut self, person: &str) -> Result<bool, DatabaseError>;

    /// Keeps a value that lost, or was overwritten.
    fn add_history(
        &mut self,
        person: &str,
        cell: &Cell,
        replaced_at: i64,
    ) -> Result<(), DatabaseError>;

    /// A cell's history, the greatest stamp first.
    fn history(&mut self, person: &str, key: &CellKey) -> Result<Vec<Cell>, DatabaseError>;

    /// The history of every cell of a person, with when each value was replaced, by cell and the
    /// greatest stamp first.
    fn history_of_person(&mut self, person: &str) -> Result<Vec<(Cell, i64)>, DatabaseError>;

    /// Forgets a cell's history.
    fn delete_history_of(&mut self, person: &str, key: &CellKey) -> Result<(), DatabaseError>;

    /// Forgets the records of a collection whose names sort before this one, of everybody. Answers
    /// how many cells went.
    fn delete_records_before(
        &mut self,
        collection: &str,
        first_kept: &str,
    ) -> Result<usize, DatabaseError>;

    /// Forgets history from before a moment, and answers how much.
    fn delete_history_before(&mut self, before_millis: i64) -> Result<usize, DatabaseError>;
}

//! Cells as rows. Every table of cells has the columns of [`CELL_COLUMNS`].

use promise_protocol::{Cell, CellKey, Stamp};
use rusqlite::{Connection, OptionalExtension, Params, Row};

use crate::store::StoreError;

/// The columns of a cell, in the order in which [`CellRow::read`] expects them.
pub(super) const CELL_COLUMNS: &str = "collection, record, field, value, stamp";

/// A cell's columns as SQLite returns them.
pub(super) struct CellRow {
    key: CellKey,
    value: String,
    stamp: String,
}

impl CellRow {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let key = CellKey { collection: row.get(0)?, id: row.get(1)?, field: row.get(2)? };
        Ok(Self { key, value: row.get(3)?, stamp: row.get(4)? })
    }

    pub(super) fn into_cell(self) -> Result<Cell, StoreError> {
        let value = serde_json::from_str(&self.value)?;
        Ok(Cell { key: self.key, value, stamp: parse_stamp(&self.stamp)? })
    }
}

pub(super) fn find_cell(
    connection: &Connection,
    table: &str,
    key: &CellKey,
) -> Result<Option<Cell>, StoreError> {
    let sql = format!(
        "SELECT {CELL_COLUMNS} FROM {table} WHERE collection = ? AND record = ? AND field = ?"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let row = statement.query_row([&key.collection, &key.id, &key.field], CellRow::read);
    row.optional()?.map(CellRow::into_cell).transpose()
}

/// Lists the cells of a query that selects [`CELL_COLUMNS`].
pub(super) fn list_cells(
    connection: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<Vec<Cell>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params, CellRow::read)?;
    rows.map(|row| row?.into_cell()).collect()
}

pub(super) fn delete_cell(
    connection: &Connection,
    table: &str,
    key: &CellKey,
) -> Result<(), StoreError> {
    let sql = format!("DELETE FROM {table} WHERE collection = ? AND record = ? AND field = ?");
    connection.prepare_cached(&sql)?.execute([&key.collection, &key.id, &key.field])?;
    Ok(())
}

pub(super) fn parse_stamp(text: &str) -> Result<Stamp, StoreError> {
    text.parse().map_err(|_| StoreError::Unreadable("stamp"))
}

/// Returns a limit as SQLite takes it.
pub(super) fn sql_limit(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

//! Sealed cells that this phone cannot open.

use promise_protocol::{Cell, CellKey};
use rusqlite::params;

use super::{
    SqliteTx,
    rows::{CELL_COLUMNS, delete_cell, find_cell, list_cells, sql_limit},
};
use crate::store::{StoreError, UndecryptableStore};

impl UndecryptableStore for SqliteTx<'_> {
    fn undecryptable(&mut self, key: &CellKey) -> Result<Option<Cell>, StoreError> {
        find_cell(self.read(), "undecryptable", key)
    }

    fn undecryptable_cells(&mut self) -> Result<Vec<Cell>, StoreError> {
        let sql =
            format!("SELECT {CELL_COLUMNS} FROM undecryptable WHERE cleared = 0 ORDER BY stamp");
        list_cells(self.read(), &sql, [])
    }

    fn cleared_cells(&mut self) -> Result<Vec<Cell>, StoreError> {
        let sql =
            format!("SELECT {CELL_COLUMNS} FROM undecryptable WHERE cleared = 1 ORDER BY stamp");
        list_cells(self.read(), &sql, [])
    }

    fn put_undecryptable(&mut self, cell: &Cell) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO undecryptable (collection, record, field, value, stamp)
                   VALUES (?, ?, ?, ?, ?)";
        self.write()?.prepare_cached(sql)?.execute(params![
            cell.key.collection,
            cell.key.id,
            cell.key.field,
            cell.value.to_string(),
            cell.stamp.to_string()
        ])?;
        Ok(())
    }

    fn remove_undecryptable(&mut self, key: &CellKey) -> Result<(), StoreError> {
        delete_cell(self.write()?, "undecryptable", key)
    }

    fn mark_undecryptable_cleared(&mut self, key: &CellKey) -> Result<(), StoreError> {
        let sql = "UPDATE undecryptable SET cleared = 1, resend = 0
                   WHERE collection = ? AND record = ? AND field = ?";
        let key = [&key.collection, &key.id, &key.field];
        self.write()?.prepare_cached(sql)?.execute(key)?;
        Ok(())
    }

    fn mark_all_undecryptable_cleared(&mut self) -> Result<(), StoreError> {
        self.write()?.execute("UPDATE undecryptable SET cleared = 1, resend = 0", [])?;
        Ok(())
    }

    fn remove_cleared(&mut self) -> Result<(), StoreError> {
        self.write()?.execute("DELETE FROM undecryptable WHERE cleared = 1", [])?;
        Ok(())
    }

    fn pending_undecryptable(&mut self, limit: usize) -> Result<Vec<Cell>, StoreError> {
        let sql = format!(
            "SELECT {CELL_COLUMNS} FROM undecryptable WHERE resend = 1 ORDER BY stamp LIMIT ?"
        );
        list_cells(self.read(), &sql, [sql_limit(limit)])
    }
}

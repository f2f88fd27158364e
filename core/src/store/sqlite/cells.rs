//! Confirmed and unsent cells.

use promise_protocol::{AuthorKind, Cell, CellKey, Reading, schema::is_sealed};
use rusqlite::{Connection, params};

use super::{
    SqliteTx,
    rows::{CELL_COLUMNS, delete_cell, find_cell, list_cells, parse_stamp, sql_limit},
    staff_changes,
};
use crate::store::{CellStore, StoreError};

impl CellStore for SqliteTx<'_> {
    fn confirmed(&mut self, key: &CellKey) -> Result<Option<Cell>, StoreError> {
        find_cell(self.read(), "cell", key)
    }

    fn confirm(&mut self, cell: &Cell) -> Result<(), StoreError> {
        let connection = self.write()?;
        let old = find_cell(connection, "cell", &cell.key)?;
        put_cell(connection, "cell", cell)?;
        match old {
            Some(old)
                if old.stamp != cell.stamp && old.stamp.author.kind() == AuthorKind::Staff =>
            {
                staff_changes::remove_if_replaced(connection, &old)
            }
            _ => Ok(()),
        }
    }

    fn remove_confirmed(&mut self, key: &CellKey) -> Result<(), StoreError> {
        delete_cell(self.write()?, "cell", key)
    }

    fn sealed_cells(&mut self) -> Result<Vec<Cell>, StoreError> {
        let sql = format!("SELECT {CELL_COLUMNS} FROM cell WHERE sealed = 1");
        list_cells(self.read(), &sql, [])
    }

    fn unsent(&mut self, key: &CellKey) -> Result<Option<Cell>, StoreError> {
        find_cell(self.read(), "unsent", key)
    }

    fn put_unsent(&mut self, cell: &Cell) -> Result<(), StoreError> {
        put_cell(self.write()?, "unsent", cell)
    }

    fn remove_unsent(&mut self, key: &CellKey) -> Result<(), StoreError> {
        delete_cell(self.write()?, "unsent", key)
    }

    fn unsent_cells(&mut self, limit: usize, with_sealed: bool) -> Result<Vec<Cell>, StoreError> {
        let sql =
            format!("SELECT {CELL_COLUMNS} FROM unsent WHERE sealed <= ? ORDER BY stamp LIMIT ?");
        list_cells(self.read(), &sql, (with_sealed, sql_limit(limit)))
    }

    fn current(&mut self, collection: &str) -> Result<Vec<Cell>, StoreError> {
        let sql = format!(
            "SELECT {CELL_COLUMNS} FROM current_cell WHERE collection = ? ORDER BY record, field"
        );
        list_cells(self.read(), &sql, [collection])
    }

    fn current_record(&mut self, collection: &str, id: &str) -> Result<Vec<Cell>, StoreError> {
        let sql = format!(
            "SELECT {CELL_COLUMNS} FROM current_cell WHERE collection = ? AND record = ? ORDER BY field"
        );
        list_cells(self.read(), &sql, [collection, id])
    }

    fn greatest_reading(&mut self) -> Result<Reading, StoreError> {
        let sql = "SELECT max(stamp) FROM (SELECT max(stamp) AS stamp FROM cell UNION ALL
                   SELECT max(stamp) FROM unsent)";
        let stamp: Option<String> =
            self.read().prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        stamp.map_or(Ok(Reading::default()), |stamp| Ok(parse_stamp(&stamp)?.reading))
    }

    fn forget_records_before(
        &mut self,
        collection: &str,
        first_kept: &str,
    ) -> Result<bool, StoreError> {
        let connection = self.write()?;
        let mut deleted = 0;
        for table in ["cell", "staff_change"] {
            let sql = format!("DELETE FROM {table} WHERE collection = ? AND record < ?");
            deleted += connection.prepare_cached(&sql)?.execute([collection, first_kept])?;
        }
        Ok(deleted > 0)
    }
}

fn put_cell(connection: &Connection, table: &str, cell: &Cell) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT OR REPLACE INTO {table} (collection, record, field, value, stamp, sealed)
         VALUES (?, ?, ?, ?, ?, ?)"
    );
    connection.prepare_cached(&sql)?.execute(params![
        cell.key.collection,
        cell.key.id,
        cell.key.field,
        cell.value.to_string(),
        cell.stamp.to_string(),
        is_sealed(&cell.key.collection)
    ])?;
    Ok(())
}

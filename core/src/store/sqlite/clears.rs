//! Scheduled clears.

use promise_protocol::{Cell, CellKey, Stamp};

use super::{
    SqliteTx,
    rows::{delete_cell, list_cells, sql_limit},
};
use crate::store::{ClearStore, StoreError};

impl ClearStore for SqliteTx<'_> {
    fn schedule_clear(&mut self, key: &CellKey, stamp: &Stamp) -> Result<(), StoreError> {
        let sql =
            "INSERT INTO scheduled_clear (collection, record, field, stamp) VALUES (?, ?, ?, ?)
                   ON CONFLICT DO UPDATE SET stamp = excluded.stamp, sent = 0
                   WHERE excluded.stamp > stamp";
        let row = [&key.collection, &key.id, &key.field, &stamp.to_string()];
        self.write()?.prepare_cached(sql)?.execute(row)?;
        Ok(())
    }

    fn cancel_clear(&mut self, key: &CellKey) -> Result<(), StoreError> {
        delete_cell(self.write()?, "scheduled_clear", key)
    }

    fn scheduled_clears(&mut self, limit: usize) -> Result<Vec<Cell>, StoreError> {
        let sql = "SELECT collection, record, field, 'null', stamp FROM scheduled_clear
                   WHERE sent = 0 ORDER BY stamp LIMIT ?";
        list_cells(self.read(), sql, [sql_limit(limit)])
    }

    fn restamp_clears(&mut self, stamp: &Stamp) -> Result<(), StoreError> {
        // Stamps sort as text and begin with 13 characters of reading.
        let sql = "UPDATE scheduled_clear SET stamp = ?1
                   WHERE sent = 0 AND substr(stamp, 1, 13) > substr(?1, 1, 13)";
        self.write()?.execute(sql, [stamp.to_string()])?;
        Ok(())
    }

    fn mark_cleared(&mut self, keys: &[CellKey]) -> Result<(), StoreError> {
        let sql = "UPDATE scheduled_clear SET sent = 1
                   WHERE collection = ? AND record = ? AND field = ?";
        let mut statement = self.write()?.prepare_cached(sql)?;
        for key in keys {
            statement.execute([&key.collection, &key.id, &key.field])?;
        }
        Ok(())
    }
}

//! Refused edits.

use promise_protocol::Cell;
use rusqlite::params;

use super::{
    SqliteTx,
    rows::{CELL_COLUMNS, CellRow},
};
use crate::store::{QuarantineStore, QuarantinedCell, StoreError};

impl QuarantineStore for SqliteTx<'_> {
    fn quarantine(&mut self, cell: &Cell, reason: &str, at_millis: i64) -> Result<(), StoreError> {
        let sql = "INSERT INTO quarantine (collection, record, field, value, stamp, reason, at)
                   VALUES (?, ?, ?, ?, ?, ?, ?)";
        self.write()?.execute(
            sql,
            params![
                cell.key.collection,
                cell.key.id,
                cell.key.field,
                cell.value.to_string(),
                cell.stamp.to_string(),
                reason,
                at_millis
            ],
        )?;
        Ok(())
    }

    fn quarantined(&mut self) -> Result<Vec<QuarantinedCell>, StoreError> {
        let sql = format!("SELECT {CELL_COLUMNS}, reason, at FROM quarantine ORDER BY number");
        let mut statement = self.read().prepare_cached(&sql)?;
        let rows =
            statement.query_map([], |row| Ok((CellRow::read(row)?, row.get(5)?, row.get(6)?)))?;
        rows.map(|row| {
            let (cell, reason, at_millis) = row?;
            Ok(QuarantinedCell { cell: cell.into_cell()?, reason, at_millis })
        })
        .collect()
    }
}

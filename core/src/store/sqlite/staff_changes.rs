//! Staff-written changes as the council signed them.

use promise_protocol::{Cell, Change, schema::ACCOUNT_KEY, signature::Signature};
use rusqlite::{Connection, Row, params};

use super::{
    SqliteTx,
    rows::{parse_stamp, sql_limit},
};
use crate::store::{StaffChangeStore, StoreError};

impl StaffChangeStore for SqliteTx<'_> {
    fn keep_staff_change(&mut self, change: &Change) -> Result<(), StoreError> {
        let sql =
            "INSERT OR REPLACE INTO staff_change (collection, record, stamp, fields, signature)
                   SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS
                   (SELECT 1 FROM cell WHERE collection = ?1 AND record = ?2 AND stamp = ?3)";
        self.write()?.prepare_cached(sql)?.execute(params![
            change.collection,
            change.id,
            change.stamp.to_string(),
            serde_json::to_string(&change.fields)?,
            change.signature.as_ref().map(Signature::as_str)
        ])?;
        Ok(())
    }

    fn pending_staff_changes(&mut self, limit: usize) -> Result<Vec<Change>, StoreError> {
        let sql = "SELECT collection, record, stamp, fields, signature FROM staff_change
                   WHERE resend = 1 ORDER BY collection <> ?, stamp LIMIT ?";
        let mut statement = self.read().prepare_cached(sql)?;
        let rows = statement.query_map(params![ACCOUNT_KEY, sql_limit(limit)], columns)?;
        rows.map(|row| {
            let [collection, id, stamp, fields, signature] = row?;
            let (stamp, fields) = (parse_stamp(&stamp)?, serde_json::from_str(&fields)?);
            let signature = Some(Signature::new(signature));
            Ok(Change { collection, id, stamp, fields, signature })
        })
        .collect()
    }

    fn distrust_staff_changes(&mut self) -> Result<(), StoreError> {
        self.write()?.execute("UPDATE staff_change SET distrusted = 1", [])?;
        Ok(())
    }

    fn is_distrusted(&mut self, cell: &Cell) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM staff_change WHERE distrusted = 1
                   AND collection = ? AND record = ? AND stamp = ?)";
        let (key, stamp) = (&cell.key, cell.stamp.to_string());
        let mut statement = self.read().prepare_cached(sql)?;
        Ok(statement.query_row(params![key.collection, key.id, stamp], |row| row.get(0))?)
    }
}

/// Removes the change that wrote `old`, a confirmed cell that was replaced, if no other cell of the
/// change is confirmed.
pub(super) fn remove_if_replaced(connection: &Connection, old: &Cell) -> Result<(), StoreError> {
    let sql = "DELETE FROM staff_change
               WHERE collection = ?1 AND record = ?2 AND stamp = ?3 AND NOT EXISTS
               (SELECT 1 FROM cell WHERE collection = ?1 AND record = ?2 AND stamp = ?3)";
    let stamp = old.stamp.to_string();
    connection.prepare_cached(sql)?.execute(params![old.key.collection, old.key.id, stamp])?;
    Ok(())
}

fn columns(row: &Row<'_>) -> rusqlite::Result<[String; 5]> {
    Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?])
}

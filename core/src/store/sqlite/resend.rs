//! Marks of what is to be sent again.

use promise_protocol::{Cell, CellKey, Change};

use super::{
    SqliteTx,
    rows::{CELL_COLUMNS, list_cells, sql_limit},
};
use crate::store::{PendingCounts, ResendStore, StoreError};

impl ResendStore for SqliteTx<'_> {
    fn mark_all_for_resend(&mut self) -> Result<(), StoreError> {
        let connection = self.write()?;
        // A stamp is 13 characters, a dash, and an author, which starts with `p` for a phone.
        connection.execute("UPDATE cell SET resend = 1 WHERE substr(stamp, 15, 1) = 'p'", [])?;
        let sql = "UPDATE undecryptable SET resend = 1
                   WHERE cleared = 0 AND substr(stamp, 15, 1) = 'p'";
        connection.execute(sql, [])?;
        connection.execute("UPDATE scheduled_clear SET sent = 0", [])?;
        connection.execute("UPDATE staff_change SET resend = 1", [])?;
        Ok(())
    }

    fn mark_sealed_for_resend(&mut self) -> Result<(), StoreError> {
        self.write()?.execute("UPDATE cell SET resend = 1 WHERE sealed = 1", [])?;
        Ok(())
    }

    fn mark_for_resend(&mut self, key: &CellKey) -> Result<(), StoreError> {
        let sql = "UPDATE cell SET resend = 1 WHERE collection = ? AND record = ? AND field = ?";
        let key = [&key.collection, &key.id, &key.field];
        self.write()?.prepare_cached(sql)?.execute(key)?;
        Ok(())
    }

    fn pending_resend(&mut self, limit: usize, with_sealed: bool) -> Result<Vec<Cell>, StoreError> {
        let sql = format!(
            "SELECT {CELL_COLUMNS} FROM cell WHERE resend = 1 AND sealed <= ? ORDER BY stamp LIMIT ?"
        );
        list_cells(self.read(), &sql, (with_sealed, sql_limit(limit)))
    }

    fn mark_resent(&mut self, change: &Change) -> Result<(), StoreError> {
        let connection = self.write()?;
        let (collection, id) = (&change.collection, &change.id);
        let stamp = change.stamp.to_string();
        for table in ["cell", "undecryptable"] {
            let sql = format!(
                "UPDATE {table} SET resend = 0
                 WHERE collection = ? AND record = ? AND field = ? AND stamp = ?"
            );
            let mut statement = connection.prepare_cached(&sql)?;
            for field in change.fields.keys() {
                statement.execute([collection, id, field, &stamp])?;
            }
        }
        let sql = "UPDATE staff_change SET resend = 0
                   WHERE collection = ? AND record = ? AND stamp = ?";
        connection.prepare_cached(sql)?.execute([collection, id, &stamp])?;
        Ok(())
    }

    fn pending_counts(&mut self) -> Result<PendingCounts, StoreError> {
        let connection = self.read();
        let edits = |sealed: bool| -> Result<u64, StoreError> {
            let sql = "SELECT (SELECT count(*) FROM (SELECT DISTINCT collection, record, stamp
                                                     FROM unsent WHERE sealed = ?1))
                            + (SELECT count(*) FROM (SELECT DISTINCT collection, record, stamp
                                                     FROM cell WHERE resend = 1 AND sealed = ?1))";
            Ok(connection.prepare_cached(sql)?.query_row([sealed], |row| row.get(0))?)
        };
        let count = |sql| -> Result<u64, StoreError> {
            Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
        };
        let staff_changes = count("SELECT count(*) FROM staff_change WHERE resend = 1")?;
        let unopened = count("SELECT count(*) FROM undecryptable WHERE resend = 1")?;
        let records = "SELECT count(*) FROM (SELECT DISTINCT collection, record
                                             FROM undecryptable WHERE cleared = 0)";
        Ok(PendingCounts {
            unsealed: edits(false)? + staff_changes + unopened,
            sealed: edits(true)?,
            undecryptable: count(records)?,
        })
    }
}

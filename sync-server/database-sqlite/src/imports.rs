//! Uploaded sheets.

use super::errors::Optional;

use super::tx::SqliteTx;
use promise_database::{DatabaseError, Imports, PendingImport};

impl Imports for SqliteTx<'_> {
    fn import(
        &mut self,
        council: &str,
        staff: &str,
    ) -> Result<Option<PendingImport>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT council, staff, made_at, sheet FROM draft_import
             WHERE council = ? AND staff = ?",
        )?;
        let found = statement.query_row([council, staff], |row| {
            Ok(PendingImport {
                council: row.get(0)?,
                staff: row.get(1)?,
                made_at: row.get(2)?,
                sheet: row.get(3)?,
            })
        });
        Ok(found.optional()?)
    }

    fn set_import(&mut self, import: &PendingImport) -> Result<(), DatabaseError> {
        self.sql(
            "INSERT INTO draft_import (council, staff, made_at, sheet) VALUES (?, ?, ?, ?)
             ON CONFLICT (council, staff) DO UPDATE SET
                 made_at = excluded.made_at, sheet = excluded.sheet",
        )?
        .execute((&import.council, &import.staff, import.made_at, &import.sheet))?;
        Ok(())
    }

    fn delete_import(&mut self, council: &str, staff: &str) -> Result<(), DatabaseError> {
        self.sql("DELETE FROM draft_import WHERE council = ? AND staff = ?")?
            .execute([council, staff])?;
        Ok(())
    }

    fn delete_imports_before(&mut self, before_millis: i64) -> Result<(), DatabaseError> {
        self.sql("DELETE FROM draft_import WHERE made_at < ?")?.execute([before_millis])?;
        Ok(())
    }
}

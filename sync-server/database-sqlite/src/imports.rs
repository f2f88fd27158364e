//! Uploaded sheets of opportunities.

use promise_database::{Actor, DatabaseError, Imports, PendingImport};
use promise_protocol::ids::CouncilId;

use super::{
    columns::{actor_to_key, get_actor_key, get_id},
    errors::Optional,
    tx::SqliteTx,
};

impl Imports for SqliteTx<'_> {
    fn import(
        &mut self,
        council: &CouncilId,
        editor: &Actor,
    ) -> Result<Option<PendingImport>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT council, staff, made_at, sheet FROM draft_import
             WHERE council = ? AND staff = ?",
        )?;
        let import = statement.query_row((council.as_str(), actor_to_key(editor)), |row| {
            Ok(PendingImport {
                council: get_id(row, 0)?,
                editor: get_actor_key(row, 1)?,
                made_at: row.get(2)?,
                sheet: row.get(3)?,
            })
        });
        Ok(import.optional()?)
    }

    fn set_import(&mut self, import: &PendingImport) -> Result<(), DatabaseError> {
        self.sql(
            "INSERT INTO draft_import (council, staff, made_at, sheet) VALUES (?, ?, ?, ?)
             ON CONFLICT (council, staff) DO UPDATE SET
                 made_at = excluded.made_at, sheet = excluded.sheet",
        )?
        .execute((
            import.council.as_str(),
            actor_to_key(&import.editor),
            import.made_at,
            &import.sheet,
        ))?;
        Ok(())
    }

    fn delete_import(&mut self, council: &CouncilId, editor: &Actor) -> Result<(), DatabaseError> {
        self.sql("DELETE FROM draft_import WHERE council = ? AND staff = ?")?
            .execute((council.as_str(), actor_to_key(editor)))?;
        Ok(())
    }

    fn delete_imports_before(&mut self, before_millis: i64) -> Result<(), DatabaseError> {
        self.sql("DELETE FROM draft_import WHERE made_at < ?")?.execute([before_millis])?;
        Ok(())
    }
}

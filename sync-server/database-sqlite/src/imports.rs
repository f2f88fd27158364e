//! Uploaded files.

use promise_database::{Actor, DatabaseError, ImportKind, Imports, PendingImport};
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
        actor: &Actor,
        kind: ImportKind,
    ) -> Result<Option<PendingImport>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT council, staff, made_at, content FROM pending_import
             WHERE council = ? AND staff = ? AND kind = ?",
        )?;
        let key = (council.as_str(), actor_to_key(actor), kind.as_str());
        let import = statement.query_row(key, |row| {
            Ok(PendingImport {
                council: get_id(row, 0)?,
                actor: get_actor_key(row, 1)?,
                kind,
                made_at: row.get(2)?,
                content: row.get(3)?,
            })
        });
        Ok(import.optional()?)
    }

    fn set_import(&mut self, import: &PendingImport) -> Result<(), DatabaseError> {
        self.sql(
            "INSERT INTO pending_import (council, staff, kind, made_at, content)
             VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (council, staff, kind) DO UPDATE SET
                 made_at = excluded.made_at, content = excluded.content",
        )?
        .execute((
            import.council.as_str(),
            actor_to_key(&import.actor),
            import.kind.as_str(),
            import.made_at,
            &import.content,
        ))?;
        Ok(())
    }

    fn delete_import(
        &mut self,
        council: &CouncilId,
        actor: &Actor,
        kind: ImportKind,
    ) -> Result<(), DatabaseError> {
        self.sql("DELETE FROM pending_import WHERE council = ? AND staff = ? AND kind = ?")?
            .execute((council.as_str(), actor_to_key(actor), kind.as_str()))?;
        Ok(())
    }

    fn delete_imports_before(&mut self, before_millis: i64) -> Result<(), DatabaseError> {
        self.sql("DELETE FROM pending_import WHERE made_at < ?")?.execute([before_millis])?;
        Ok(())
    }
}

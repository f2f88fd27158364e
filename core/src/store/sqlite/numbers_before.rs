//! Telephone numbers that the council replaced.

use promise_protocol::values::PhoneNumber;
use rusqlite::params;

use super::SqliteTx;
use crate::store::{DocumentKind, NumbersBefore, NumbersBeforeStore, StoreError};

impl NumbersBeforeStore for SqliteTx<'_> {
    fn put_numbers_before(&mut self, before: &NumbersBefore) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO numbers_before (kind, id, phones) VALUES (?, ?, ?)";
        let phones = serde_json::to_string(&before.phones)?;
        self.write()?.execute(sql, params![before.kind.as_str(), before.id, phones])?;
        Ok(())
    }

    fn numbers_before(
        &mut self,
        kind: DocumentKind,
        id: &str,
    ) -> Result<Option<NumbersBefore>, StoreError> {
        Ok(self.all_numbers_before()?.into_iter().find(|it| it.kind == kind && it.id == id))
    }

    fn all_numbers_before(&mut self) -> Result<Vec<NumbersBefore>, StoreError> {
        let sql = "SELECT kind, id, phones FROM numbers_before ORDER BY kind, id";
        let mut statement = self.read().prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            Ok((row.get::<_, String>(0)?, row.get(1)?, row.get::<_, String>(2)?))
        })?;
        rows.map(|row| {
            let (kind, id, phones) = row?;
            let kind = [DocumentKind::Contact, DocumentKind::Line]
                .into_iter()
                .find(|known| known.as_str() == kind)
                .ok_or(StoreError::Unreadable("numbers_before"))?;
            let phones: Vec<PhoneNumber> = serde_json::from_str(&phones)?;
            Ok(NumbersBefore { kind, id, phones })
        })
        .collect()
    }

    fn remove_numbers_before(&mut self, kind: DocumentKind, id: &str) -> Result<bool, StoreError> {
        let sql = "DELETE FROM numbers_before WHERE kind = ? AND id = ?";
        Ok(self.write()?.execute(sql, [kind.as_str(), id])? > 0)
    }
}

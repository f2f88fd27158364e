//! Records as they were at a moment that matters for the person.

use rusqlite::{OptionalExtension, params};
use serde_json::Value;

use super::SqliteTx;
use crate::store::{EarlierKind, EarlierRecord, EarlierStore, StoreError};

impl EarlierStore for SqliteTx<'_> {
    fn put_earlier(&mut self, record: &EarlierRecord) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO earlier (kind, id, body) VALUES (?, ?, ?)";
        let body = record.body.as_ref().map(Value::to_string);
        let row = params![record.kind.as_str(), record.id, body];
        self.write()?.prepare_cached(sql)?.execute(row)?;
        Ok(())
    }

    fn earlier(
        &mut self,
        kind: EarlierKind,
        id: &str,
    ) -> Result<Option<EarlierRecord>, StoreError> {
        let sql = "SELECT body FROM earlier WHERE kind = ? AND id = ?";
        let mut statement = self.read().prepare_cached(sql)?;
        let row = statement.query_row([kind.as_str(), id], |row| row.get::<_, Option<String>>(0));
        row.optional()?.map(|body| record(kind, id.to_owned(), body)).transpose()
    }

    fn all_earlier(&mut self, kind: EarlierKind) -> Result<Vec<EarlierRecord>, StoreError> {
        let sql = "SELECT id, body FROM earlier WHERE kind = ? ORDER BY id";
        let mut statement = self.read().prepare_cached(sql)?;
        let rows = statement.query_map([kind.as_str()], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?))
        })?;
        rows.map(|row| {
            let (id, body) = row?;
            record(kind, id, body)
        })
        .collect()
    }

    fn remove_earlier(&mut self, kind: EarlierKind, id: &str) -> Result<bool, StoreError> {
        let sql = "DELETE FROM earlier WHERE kind = ? AND id = ?";
        Ok(self.write()?.prepare_cached(sql)?.execute([kind.as_str(), id])? > 0)
    }

    fn news_after(&mut self) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT news_after FROM setting";
        Ok(self.read().prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }

    fn set_news_after(&mut self, millis: i64) -> Result<(), StoreError> {
        self.write()?.execute("UPDATE setting SET news_after = ?", [millis])?;
        Ok(())
    }
}

fn record(
    kind: EarlierKind,
    id: String,
    body: Option<String>,
) -> Result<EarlierRecord, StoreError> {
    let body = body.map(|body| serde_json::from_str(&body)).transpose()?;
    Ok(EarlierRecord { kind, id, body })
}

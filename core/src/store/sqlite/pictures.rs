//! Pictures of the promise that is shown.

use promise_protocol::pack::Picture;
use rusqlite::{Connection, OptionalExtension, params};

use super::SqliteTx;
use crate::store::{PictureStatus, PictureStore, StoreError};

impl PictureStore for SqliteTx<'_> {
    fn promise_pictures(&mut self) -> Result<Vec<Picture>, StoreError> {
        let sql = "SELECT body -> '$.picture' FROM document
                   WHERE kind IN ('section', 'pledge') AND body ->> '$.picture' IS NOT NULL
                   ORDER BY kind DESC, position";
        let mut statement = self.read().prepare_cached(sql)?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        rows.map(|row| Ok(serde_json::from_str(&row?)?)).collect()
    }

    fn picture_status(&mut self, hash: &str) -> Result<PictureStatus, StoreError> {
        let sql = "SELECT bytes IS NOT NULL FROM picture WHERE hash = ?";
        let mut statement = self.read().prepare_cached(sql)?;
        let has_bytes: Option<bool> = statement.query_row([hash], |row| row.get(0)).optional()?;
        Ok(match has_bytes {
            None => PictureStatus::Missing,
            Some(true) => PictureStatus::Present,
            Some(false) => PictureStatus::Unavailable,
        })
    }

    fn picture(&mut self, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let mut statement =
            self.read().prepare_cached("SELECT bytes FROM picture WHERE hash = ?")?;
        Ok(statement.query_row([hash], |row| row.get(0)).optional()?.flatten())
    }

    fn put_picture(&mut self, hash: &str, bytes: Option<&[u8]>) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO picture (hash, bytes) VALUES (?, ?)";
        self.write()?.prepare_cached(sql)?.execute(params![hash, bytes])?;
        Ok(())
    }

    fn retry_unavailable_pictures(&mut self) -> Result<(), StoreError> {
        self.write()?.execute("DELETE FROM picture WHERE bytes IS NULL", [])?;
        Ok(())
    }

    fn pictures_with_sync(&mut self) -> Result<bool, StoreError> {
        let sql = "SELECT pictures_with_sync FROM setting";
        Ok(self.read().prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }

    fn set_pictures_with_sync(&mut self, with_sync: bool) -> Result<(), StoreError> {
        self.write()?.execute("UPDATE setting SET pictures_with_sync = ?", [with_sync])?;
        Ok(())
    }
}

/// Removes the pictures that the shown promise does not refer to, and forgets which were unavailable.
pub(super) fn remove_unused(connection: &Connection) -> Result<(), StoreError> {
    let sql = "DELETE FROM picture WHERE bytes IS NULL OR hash NOT IN
               (SELECT body ->> '$.picture.hash' FROM document
                WHERE kind IN ('section', 'pledge') AND body ->> '$.picture.hash' IS NOT NULL)";
    connection.execute(sql, [])?;
    Ok(())
}

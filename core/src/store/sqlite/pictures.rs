//! Pictures of the promise that is shown, and whether they come with each sync.

use promise_protocol::pack::Picture;
use rusqlite::{Connection, OptionalExtension, params};

use crate::store::{HeldPicture, StoreError};

pub(super) fn named(connection: &Connection) -> Result<Vec<Picture>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT body -> '$.picture' FROM document
         WHERE kind IN ('section', 'pledge') AND body ->> '$.picture' IS NOT NULL
         ORDER BY kind DESC, position",
    )?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    rows.map(|row| Ok(serde_json::from_str(&row?)?)).collect()
}

pub(super) fn held(connection: &Connection, hash: &str) -> Result<HeldPicture, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT bytes IS NOT NULL FROM picture WHERE hash = ?")?;
    let is_here: Option<bool> = statement.query_row([hash], |row| row.get(0)).optional()?;
    Ok(match is_here {
        None => HeldPicture::No,
        Some(true) => HeldPicture::Here,
        Some(false) => HeldPicture::GivenUp,
    })
}

pub(super) fn picture(connection: &Connection, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT bytes FROM picture WHERE hash = ?")?;
    Ok(statement.query_row([hash], |row| row.get(0)).optional()?.flatten())
}

pub(super) fn put(
    connection: &Connection,
    hash: &str,
    bytes: Option<&[u8]>,
) -> Result<(), StoreError> {
    let sql = "INSERT OR REPLACE INTO picture (hash, bytes) VALUES (?, ?)";
    connection.prepare_cached(sql)?.execute(params![hash, bytes])?;
    Ok(())
}

pub(super) fn try_again(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("DELETE FROM picture WHERE bytes IS NULL", [])?;
    Ok(())
}

/// After another promise is shown.
pub(super) fn forget_unnamed(connection: &Connection) -> Result<(), StoreError> {
    let sql = "DELETE FROM picture WHERE bytes IS NULL OR hash NOT IN
               (SELECT body ->> '$.picture.hash' FROM document
                WHERE kind IN ('section', 'pledge') AND body ->> '$.picture.hash' IS NOT NULL)";
    connection.execute(sql, [])?;
    Ok(())
}

pub(super) fn with_sync(connection: &Connection) -> Result<bool, StoreError> {
    let sql = "SELECT pictures_with_sync FROM setting";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

pub(super) fn set_with_sync(connection: &Connection, with_sync: bool) -> Result<(), StoreError> {
    connection.execute("UPDATE setting SET pictures_with_sync = ?", [with_sync])?;
    Ok(())
}

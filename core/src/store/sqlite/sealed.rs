//! What sealing needs to keep: the words, what cannot be opened, and what is to be emptied.

use promise_protocol::{Cell, CellKey, Stamp};
use rusqlite::{Connection, OptionalExtension, params};

use super::cells::{CELL, cells, delete, limit_of, one};
use crate::store::{Entropy, Sealing, StoreError};

pub(super) fn words(connection: &Connection) -> Result<Vec<Entropy>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT entropy FROM words ORDER BY number DESC")?;
    let rows = statement.query_map([], |row| row.get::<_, [u8; 16]>(0))?;
    rows.map(|entropy| Ok(Entropy::new(entropy?))).collect()
}

pub(super) fn add_words(connection: &Connection, entropy: &Entropy) -> Result<(), StoreError> {
    connection.execute("INSERT OR IGNORE INTO words (entropy) VALUES (?)", [entropy.as_slice()])?;
    Ok(())
}

pub(super) fn written_down(connection: &Connection, entropy: &Entropy) -> Result<bool, StoreError> {
    let sql = "SELECT written_down FROM words WHERE entropy = ?";
    let found = connection.query_row(sql, [entropy.as_slice()], |row| row.get(0)).optional()?;
    Ok(found.unwrap_or(false))
}

pub(super) fn set_written_down(
    connection: &Connection,
    entropy: &Entropy,
) -> Result<(), StoreError> {
    let sql = "UPDATE words SET written_down = 1 WHERE entropy = ?";
    connection.execute(sql, [entropy.as_slice()])?;
    Ok(())
}

pub(super) fn put_aside(connection: &Connection, cell: &Cell) -> Result<(), StoreError> {
    let sql = "INSERT OR REPLACE INTO aside (collection, record, field, value, stamp)
               VALUES (?, ?, ?, ?, ?)";
    connection.prepare_cached(sql)?.execute(params![
        cell.key.collection,
        cell.key.id,
        cell.key.field,
        cell.value.to_string(),
        cell.stamp.to_string()
    ])?;
    Ok(())
}

pub(super) fn aside(connection: &Connection, key: &CellKey) -> Result<Option<Cell>, StoreError> {
    one(connection, "aside", key)
}

pub(super) fn all_aside(connection: &Connection) -> Result<Vec<Cell>, StoreError> {
    cells(connection, &format!("SELECT {CELL} FROM aside ORDER BY stamp"), [])
}

pub(super) fn remove_aside(connection: &Connection, key: &CellKey) -> Result<(), StoreError> {
    delete(connection, "aside", key)
}

pub(super) fn aside_to_hand_back(
    connection: &Connection,
    limit: usize,
) -> Result<Vec<Cell>, StoreError> {
    let sql = format!("SELECT {CELL} FROM aside WHERE hand_back = 1 ORDER BY stamp LIMIT ?");
    cells(connection, &sql, [limit_of(limit)])
}

/// The server was restored. What it was told to empty may be there again.
pub(super) fn hand_everything_back(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("UPDATE aside SET hand_back = 1 WHERE substr(stamp, 15, 1) = 'p'", [])?;
    connection.execute("UPDATE retired SET sent = 0", [])?;
    Ok(())
}

pub(super) fn sealing(connection: &Connection) -> Result<Sealing, StoreError> {
    let sql = "SELECT sealed_under, certain FROM sealing";
    Ok(connection
        .prepare_cached(sql)?
        .query_row([], |row| Ok(Sealing { under: row.get(0)?, certain: row.get(1)? }))?)
}

pub(super) fn set_sealing(connection: &Connection, sealing: &Sealing) -> Result<(), StoreError> {
    let sql = "UPDATE sealing SET sealed_under = ?, certain = ?";
    connection.prepare_cached(sql)?.execute(params![sealing.under, sealing.certain])?;
    Ok(())
}

pub(super) fn retire(
    connection: &Connection,
    key: &CellKey,
    stamp: &Stamp,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO retired (collection, record, field, stamp) VALUES (?, ?, ?, ?)
               ON CONFLICT DO UPDATE SET stamp = excluded.stamp, sent = 0
               WHERE excluded.stamp > stamp";
    let row = [&key.collection, &key.id, &key.field, &stamp.to_string()];
    connection.prepare_cached(sql)?.execute(row)?;
    Ok(())
}

pub(super) fn keep_after_all(connection: &Connection, key: &CellKey) -> Result<(), StoreError> {
    delete(connection, "retired", key)
}

pub(super) fn to_retire(connection: &Connection, limit: usize) -> Result<Vec<Cell>, StoreError> {
    let sql = "SELECT collection, record, field, 'null', stamp FROM retired WHERE sent = 0
               ORDER BY stamp LIMIT ?";
    cells(connection, sql, [limit_of(limit)])
}

pub(super) fn restamp_retired(connection: &Connection, stamp: &Stamp) -> Result<(), StoreError> {
    // Stamps sort as texts, and begin with 13 characters of reading.
    let sql = "UPDATE retired SET stamp = ?1
               WHERE sent = 0 AND substr(stamp, 1, 13) > substr(?1, 1, 13)";
    connection.execute(sql, [stamp.to_string()])?;
    Ok(())
}

pub(super) fn retired(connection: &Connection, keys: &[CellKey]) -> Result<(), StoreError> {
    let sql = "UPDATE retired SET sent = 1 WHERE collection = ? AND record = ? AND field = ?";
    let mut statement = connection.prepare_cached(sql)?;
    for key in keys {
        statement.execute([&key.collection, &key.id, &key.field])?;
    }
    Ok(())
}

//! Cells: confirmed, unsent, handed back, refused.

use promise_protocol::{AuthorKind, Cell, CellKey, Change, Reading};
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

use super::staff;
use crate::store::{Quarantined, StoreError, Waiting, stored_stamp};

/// The columns of a cell, in the order in which [`cell`] reads them.
const CELL: &str = "collection, record, field, value, stamp";

pub(super) fn confirmed(
    connection: &Connection,
    key: &CellKey,
) -> Result<Option<Cell>, StoreError> {
    one(connection, "cell", key)
}

pub(super) fn unsent(connection: &Connection, key: &CellKey) -> Result<Option<Cell>, StoreError> {
    one(connection, "unsent", key)
}

pub(super) fn confirm(connection: &Connection, new: &Cell) -> Result<(), StoreError> {
    let old = confirmed(connection, &new.key)?;
    let sql = "INSERT OR REPLACE INTO cell (collection, record, field, value, stamp) VALUES (?, ?, ?, ?, ?)";
    connection.prepare_cached(sql)?.execute(params![
        new.key.collection,
        new.key.id,
        new.key.field,
        new.value.to_string(),
        new.stamp.to_string()
    ])?;
    match old {
        Some(old) if old.stamp != new.stamp && old.stamp.author.kind() == AuthorKind::Staff => {
            staff::forget_replaced(connection, &old)
        }
        _ => Ok(()),
    }
}

pub(super) fn unconfirm(connection: &Connection, key: &CellKey) -> Result<(), StoreError> {
    delete(connection, "cell", key)
}

pub(super) fn put_unsent(
    connection: &Connection,
    cell: &Cell,
    stays: bool,
) -> Result<(), StoreError> {
    let sql = "INSERT OR REPLACE INTO unsent (collection, record, field, value, stamp, stays)
               VALUES (?, ?, ?, ?, ?, ?)";
    connection.prepare_cached(sql)?.execute(params![
        cell.key.collection,
        cell.key.id,
        cell.key.field,
        cell.value.to_string(),
        cell.stamp.to_string(),
        stays
    ])?;
    Ok(())
}

pub(super) fn remove_unsent(connection: &Connection, key: &CellKey) -> Result<(), StoreError> {
    delete(connection, "unsent", key)
}

pub(super) fn to_send(connection: &Connection, limit: usize) -> Result<Vec<Cell>, StoreError> {
    let sql = format!("SELECT {CELL} FROM unsent WHERE stays = 0 ORDER BY stamp LIMIT ?");
    cells(connection, &sql, [limit_of(limit)])
}

pub(super) fn unsent_above(
    connection: &Connection,
    reading: Reading,
) -> Result<Vec<(Cell, bool)>, StoreError> {
    let sql = format!("SELECT {CELL}, stays FROM unsent ORDER BY stamp");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], |row| Ok((cell_columns(row)?, row.get(5)?)))?;
    let mut above = Vec::new();
    for row in rows {
        let (columns, stays) = row?;
        let cell = columns.cell()?;
        if cell.stamp.reading > reading {
            above.push((cell, stays));
        }
    }
    Ok(above)
}

pub(super) fn hand_everything_back(connection: &Connection) -> Result<(), StoreError> {
    // A stamp is 13 characters, a dash, and an author that starts with p for a phone.
    connection.execute("UPDATE cell SET hand_back = 1 WHERE substr(stamp, 15, 1) = 'p'", [])?;
    staff::hand_everything_back(connection)
}

pub(super) fn to_hand_back(connection: &Connection, limit: usize) -> Result<Vec<Cell>, StoreError> {
    let sql = format!("SELECT {CELL} FROM cell WHERE hand_back = 1 ORDER BY stamp LIMIT ?");
    cells(connection, &sql, [limit_of(limit)])
}

pub(super) fn handed_back(connection: &Connection, change: &Change) -> Result<(), StoreError> {
    let sql = "UPDATE cell SET hand_back = 0 WHERE collection = ? AND record = ? AND stamp = ?";
    let stamp = change.stamp.to_string();
    connection.prepare_cached(sql)?.execute(params![change.collection, change.id, stamp])?;
    staff::handed_back(connection, change)
}

pub(super) fn quarantine(
    connection: &Connection,
    cell: &Cell,
    reason: &str,
    at_millis: i64,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO quarantine (collection, record, field, value, stamp, reason, at)
               VALUES (?, ?, ?, ?, ?, ?, ?)";
    connection.execute(
        sql,
        params![
            cell.key.collection,
            cell.key.id,
            cell.key.field,
            cell.value.to_string(),
            cell.stamp.to_string(),
            reason,
            at_millis
        ],
    )?;
    Ok(())
}

pub(super) fn quarantined(connection: &Connection) -> Result<Vec<Quarantined>, StoreError> {
    let sql = format!("SELECT {CELL}, reason, at FROM quarantine ORDER BY number");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], |row| Ok((cell_columns(row)?, row.get(5)?, row.get(6)?)))?;
    rows.map(|row| {
        let (columns, reason, at_millis) = row?;
        Ok(Quarantined { cell: columns.cell()?, reason, at_millis })
    })
    .collect()
}

pub(super) fn greatest_reading(connection: &Connection) -> Result<Reading, StoreError> {
    let sql = "SELECT max(stamp) FROM (SELECT max(stamp) AS stamp FROM cell UNION ALL
               SELECT max(stamp) FROM unsent)";
    let stamp: Option<String> = connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
    stamp.map_or(Ok(Reading::default()), |stamp| Ok(stored_stamp(&stamp)?.reading))
}

pub(super) fn current(connection: &Connection, collection: &str) -> Result<Vec<Cell>, StoreError> {
    let sql =
        format!("SELECT {CELL} FROM current_cell WHERE collection = ? ORDER BY record, field");
    cells(connection, &sql, [collection])
}

pub(super) fn current_record(
    connection: &Connection,
    collection: &str,
    id: &str,
) -> Result<Vec<Cell>, StoreError> {
    let sql = format!(
        "SELECT {CELL} FROM current_cell WHERE collection = ? AND record = ? ORDER BY field"
    );
    cells(connection, &sql, [collection, id])
}

pub(super) fn waiting(connection: &Connection) -> Result<Waiting, StoreError> {
    // The cells of one edit share a stamp: a person counts what they did, not cells.
    let sql = "SELECT (SELECT count(*) FROM (SELECT DISTINCT collection, record, stamp FROM unsent WHERE stays = 0))
                    + (SELECT count(*) FROM (SELECT DISTINCT collection, record, stamp FROM cell WHERE hand_back = 1))
                    + (SELECT count(*) FROM staff_change WHERE hand_back = 1),
                      (SELECT count(*) FROM (SELECT DISTINCT collection, record FROM unsent
                        WHERE stays = 1 AND field <> 'deleted' AND value NOT IN ('null', 'false')))";
    Ok(connection
        .prepare_cached(sql)?
        .query_row([], |row| Ok(Waiting { to_send: row.get(0)?, stay: row.get(1)? }))?)
}

fn one(connection: &Connection, table: &str, key: &CellKey) -> Result<Option<Cell>, StoreError> {
    let sql =
        format!("SELECT {CELL} FROM {table} WHERE collection = ? AND record = ? AND field = ?");
    let mut statement = connection.prepare_cached(&sql)?;
    let columns = statement.query_row([&key.collection, &key.id, &key.field], cell_columns);
    columns.optional()?.map(Columns::cell).transpose()
}

fn delete(connection: &Connection, table: &str, key: &CellKey) -> Result<(), StoreError> {
    let sql = format!("DELETE FROM {table} WHERE collection = ? AND record = ? AND field = ?");
    connection.prepare_cached(&sql)?.execute([&key.collection, &key.id, &key.field])?;
    Ok(())
}

fn cells(connection: &Connection, sql: &str, params: impl Params) -> Result<Vec<Cell>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params, cell_columns)?;
    rows.map(|columns| columns?.cell()).collect()
}

/// A cell's columns as SQLite gives them.
struct Columns {
    key: CellKey,
    value: String,
    stamp: String,
}

fn cell_columns(row: &Row<'_>) -> rusqlite::Result<Columns> {
    let key = CellKey { collection: row.get(0)?, id: row.get(1)?, field: row.get(2)? };
    Ok(Columns { key, value: row.get(3)?, stamp: row.get(4)? })
}

impl Columns {
    fn cell(self) -> Result<Cell, StoreError> {
        let value = serde_json::from_str(&self.value)?;
        Ok(Cell { key: self.key, value, stamp: stored_stamp(&self.stamp)? })
    }
}

pub(super) fn limit_of(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

//! Cells: confirmed, unsent, handed back, refused.

use promise_protocol::{AuthorKind, Cell, CellKey, Change, Reading, schema::is_sealed};
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

use super::{sealed, staff};
use crate::store::{Quarantined, StoreError, Waiting, stored_stamp};

/// The columns of a cell, in the order in which [`cell`] reads them.
pub(super) const CELL: &str = "collection, record, field, value, stamp";

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
    put(connection, "cell", new)?;
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

pub(super) fn put_unsent(connection: &Connection, cell: &Cell) -> Result<(), StoreError> {
    put(connection, "unsent", cell)
}

pub(super) fn remove_unsent(connection: &Connection, key: &CellKey) -> Result<(), StoreError> {
    delete(connection, "unsent", key)
}

pub(super) fn to_send(
    connection: &Connection,
    limit: usize,
    private: bool,
) -> Result<Vec<Cell>, StoreError> {
    let sql = format!("SELECT {CELL} FROM unsent WHERE private <= ? ORDER BY stamp LIMIT ?");
    cells(connection, &sql, (private, limit_of(limit)))
}

pub(super) fn unsent_above(
    connection: &Connection,
    reading: Reading,
) -> Result<Vec<Cell>, StoreError> {
    let mut above = to_send(connection, usize::MAX, true)?;
    above.retain(|cell| cell.stamp.reading > reading);
    Ok(above)
}

pub(super) fn hand_everything_back(connection: &Connection) -> Result<(), StoreError> {
    // A stamp is 13 characters, a dash, and an author that starts with p for a phone.
    connection.execute("UPDATE cell SET hand_back = 1 WHERE substr(stamp, 15, 1) = 'p'", [])?;
    sealed::hand_everything_back(connection)?;
    staff::hand_everything_back(connection)
}

pub(super) fn hand_back(connection: &Connection, key: &CellKey) -> Result<(), StoreError> {
    let sql = "UPDATE cell SET hand_back = 1 WHERE collection = ? AND record = ? AND field = ?";
    connection.prepare_cached(sql)?.execute([&key.collection, &key.id, &key.field])?;
    Ok(())
}

pub(super) fn hand_private_back(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("UPDATE cell SET hand_back = 1 WHERE private = 1", [])?;
    Ok(())
}

pub(super) fn to_hand_back(
    connection: &Connection,
    limit: usize,
    private: bool,
) -> Result<Vec<Cell>, StoreError> {
    let sql = format!(
        "SELECT {CELL} FROM cell WHERE hand_back = 1 AND private <= ? ORDER BY stamp LIMIT ?"
    );
    cells(connection, &sql, (private, limit_of(limit)))
}

pub(super) fn private_cells(connection: &Connection) -> Result<Vec<Cell>, StoreError> {
    cells(connection, &format!("SELECT {CELL} FROM cell WHERE private = 1"), [])
}

pub(super) fn handed_back(connection: &Connection, change: &Change) -> Result<(), StoreError> {
    let sql = "UPDATE cell SET hand_back = 0 WHERE collection = ? AND record = ? AND stamp = ?";
    let stamp = change.stamp.to_string();
    connection.prepare_cached(sql)?.execute(params![change.collection, change.id, stamp])?;
    let sql = "UPDATE aside SET hand_back = 0 WHERE collection = ? AND record = ? AND stamp = ?";
    connection.prepare_cached(sql)?.execute(params![change.collection, change.id, stamp])?;
    staff::handed_back(connection, change)
}

pub(super) fn forget_records_before(
    connection: &Connection,
    collection: &str,
    first_kept: &str,
) -> Result<bool, StoreError> {
    let mut gone = 0;
    for table in ["cell", "staff_change"] {
        let sql = format!("DELETE FROM {table} WHERE collection = ? AND record < ?");
        gone += connection.prepare_cached(&sql)?.execute([collection, first_kept])?;
    }
    Ok(gone > 0)
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
    let edits = |private: bool| -> Result<u64, StoreError> {
        let sql =
            "SELECT (SELECT count(*) FROM (SELECT DISTINCT collection, record, stamp FROM unsent WHERE private = ?1))
                  + (SELECT count(*) FROM (SELECT DISTINCT collection, record, stamp FROM cell
                                            WHERE hand_back = 1 AND private = ?1))";
        Ok(connection.prepare_cached(sql)?.query_row([private], |row| row.get(0))?)
    };
    let count = |sql| -> Result<u64, StoreError> {
        Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    };
    let staff = count("SELECT count(*) FROM staff_change WHERE hand_back = 1")?;
    let aside_back = count("SELECT count(*) FROM aside WHERE hand_back = 1")?;
    Ok(Waiting {
        to_send: edits(false)? + staff + aside_back,
        private: edits(true)?,
        aside: count("SELECT count(*) FROM (SELECT DISTINCT collection, record FROM aside)")?,
    })
}

fn put(connection: &Connection, table: &str, cell: &Cell) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT OR REPLACE INTO {table} (collection, record, field, value, stamp, private)
         VALUES (?, ?, ?, ?, ?, ?)"
    );
    connection.prepare_cached(&sql)?.execute(params![
        cell.key.collection,
        cell.key.id,
        cell.key.field,
        cell.value.to_string(),
        cell.stamp.to_string(),
        is_sealed(&cell.key.collection)
    ])?;
    Ok(())
}

pub(super) fn one(
    connection: &Connection,
    table: &str,
    key: &CellKey,
) -> Result<Option<Cell>, StoreError> {
    let sql =
        format!("SELECT {CELL} FROM {table} WHERE collection = ? AND record = ? AND field = ?");
    let mut statement = connection.prepare_cached(&sql)?;
    let columns = statement.query_row([&key.collection, &key.id, &key.field], cell_columns);
    columns.optional()?.map(Columns::cell).transpose()
}

pub(super) fn delete(
    connection: &Connection,
    table: &str,
    key: &CellKey,
) -> Result<(), StoreError> {
    let sql = format!("DELETE FROM {table} WHERE collection = ? AND record = ? AND field = ?");
    connection.prepare_cached(&sql)?.execute([&key.collection, &key.id, &key.field])?;
    Ok(())
}

pub(super) fn cells(
    connection: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<Vec<Cell>, StoreError> {
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

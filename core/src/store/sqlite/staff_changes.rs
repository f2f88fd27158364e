//! Staff-written changes with the server's proof.

use std::collections::BTreeMap;

use promise_protocol::{Cell, Change};
use rusqlite::{Connection, Row, params};
use serde_json::Value;

use super::{
    SqliteTx,
    rows::{parse_stamp, sql_limit},
};
use crate::store::{StaffChangeStore, StoreError};

impl StaffChangeStore for SqliteTx<'_> {
    fn keep_staff_change(&mut self, change: &Change) -> Result<(), StoreError> {
        let connection = self.write()?;
        for (held, proof) in changes_of_edit(connection, change)? {
            if has_fields_of(&held, &change.fields) {
                return Ok(());
            }
            if has_fields_of(&change.fields, &held) {
                remove(connection, change, &proof)?;
            }
        }
        put(connection, change)
    }

    fn pending_staff_changes(&mut self, limit: usize) -> Result<Vec<Change>, StoreError> {
        let sql = "SELECT collection, record, stamp, fields, proof FROM staff_change
                   WHERE resend = 1 ORDER BY stamp, proof LIMIT ?";
        let mut statement = self.read().prepare_cached(sql)?;
        let rows = statement.query_map([sql_limit(limit)], columns)?;
        rows.map(|row| {
            let [collection, id, stamp, fields, proof] = row?;
            let fields = serde_json::from_str(&fields)?;
            Ok(Change { collection, id, stamp: parse_stamp(&stamp)?, fields, proof: Some(proof) })
        })
        .collect()
    }
}

type Fields = BTreeMap<String, Value>;

/// Returns the fields and the proof of each change that is kept of the same edit.
fn changes_of_edit(
    connection: &Connection,
    change: &Change,
) -> Result<Vec<(Fields, String)>, StoreError> {
    let sql =
        "SELECT fields, proof FROM staff_change WHERE collection = ? AND record = ? AND stamp = ?";
    let mut statement = connection.prepare_cached(sql)?;
    let key = params![change.collection, change.id, change.stamp.to_string()];
    let rows = statement.query_map(key, |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
    rows.map(|row| {
        let (fields, proof) = row?;
        Ok((serde_json::from_str(&fields)?, proof))
    })
    .collect()
}

fn has_fields_of(all: &Fields, some: &Fields) -> bool {
    some.keys().all(|field| all.contains_key(field))
}

fn remove(connection: &Connection, change: &Change, proof: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM staff_change
               WHERE collection = ? AND record = ? AND stamp = ? AND proof = ?";
    let key = params![change.collection, change.id, change.stamp.to_string(), proof];
    connection.prepare_cached(sql)?.execute(key)?;
    Ok(())
}

fn put(connection: &Connection, change: &Change) -> Result<(), StoreError> {
    // `OR REPLACE`: a server that gives two changes one proof is wrong, but this must not keep the
    // rest of its response from being applied.
    let sql = "INSERT OR REPLACE INTO staff_change (collection, record, stamp, fields, proof)
               SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS
               (SELECT 1 FROM cell WHERE collection = ?1 AND record = ?2 AND stamp = ?3)";
    connection.prepare_cached(sql)?.execute(params![
        change.collection,
        change.id,
        change.stamp.to_string(),
        serde_json::to_string(&change.fields)?,
        change.proof
    ])?;
    Ok(())
}

/// Removes the changes of the edit that wrote `old`, a confirmed cell that was replaced, if no other
/// cell of the edit is confirmed.
pub(super) fn remove_if_replaced(connection: &Connection, old: &Cell) -> Result<(), StoreError> {
    let sql = "DELETE FROM staff_change
               WHERE collection = ?1 AND record = ?2 AND stamp = ?3 AND NOT EXISTS
               (SELECT 1 FROM cell WHERE collection = ?1 AND record = ?2 AND stamp = ?3)";
    let stamp = old.stamp.to_string();
    connection.prepare_cached(sql)?.execute(params![old.key.collection, old.key.id, stamp])?;
    Ok(())
}

fn columns(row: &Row<'_>) -> rusqlite::Result<[String; 5]> {
    Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?])
}

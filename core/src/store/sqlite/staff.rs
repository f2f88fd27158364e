//! Staff-written changes with the server's proof, kept to hand back after a restore.

use std::collections::BTreeMap;

use promise_protocol::{Cell, Change};
use rusqlite::{Connection, Row, params};
use serde_json::Value;

use super::cells::limit_of;
use crate::store::{StoreError, stored_stamp};

/// Keeps a change, if one of its cells is the confirmed one.
///
/// A server sends what is left of an edit: when one of its fields was written again, the rest comes
/// with a proof of its own. The larger one stays, as long as this phone has not seen what replaced
/// the missing field; two of which neither holds the other both stay.
pub(super) fn keep(connection: &Connection, change: &Change) -> Result<(), StoreError> {
    let stamp = change.stamp.to_string();
    let named = params![change.collection, change.id, stamp];
    let sql =
        "SELECT fields, proof FROM staff_change WHERE collection = ? AND record = ? AND stamp = ?";
    let mut statement = connection.prepare_cached(sql)?;
    let held = statement
        .query_map(named, |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    for held in held.collect::<Result<Vec<_>, _>>()? {
        let (fields, proof) = held;
        let fields: BTreeMap<String, Value> = serde_json::from_str(&fields)?;
        if holds(&fields, &change.fields) {
            return Ok(());
        }
        if holds(&change.fields, &fields) {
            let sql = "DELETE FROM staff_change WHERE collection = ? AND record = ? AND stamp = ? AND proof = ?";
            let named = params![change.collection, change.id, stamp, proof];
            connection.prepare_cached(sql)?.execute(named)?;
        }
    }
    // A server that proves two things with one proof is wrong, but must not hold up a phone number.
    let sql = "INSERT OR REPLACE INTO staff_change (collection, record, stamp, fields, proof)
               SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS
               (SELECT 1 FROM cell WHERE collection = ?1 AND record = ?2 AND stamp = ?3)";
    let fields = serde_json::to_string(&change.fields)?;
    connection.prepare_cached(sql)?.execute(params![
        change.collection,
        change.id,
        stamp,
        fields,
        change.proof
    ])?;
    Ok(())
}

fn holds(all: &BTreeMap<String, Value>, some: &BTreeMap<String, Value>) -> bool {
    some.keys().all(|field| all.contains_key(field))
}

/// A confirmed cell was replaced. Changes of which no cell is left have nothing to hand back.
pub(super) fn forget_replaced(connection: &Connection, old: &Cell) -> Result<(), StoreError> {
    let sql = "DELETE FROM staff_change WHERE collection = ?1 AND record = ?2 AND stamp = ?3 AND NOT EXISTS
               (SELECT 1 FROM cell WHERE collection = ?1 AND record = ?2 AND stamp = ?3)";
    let stamp = old.stamp.to_string();
    connection.prepare_cached(sql)?.execute(params![old.key.collection, old.key.id, stamp])?;
    Ok(())
}

pub(super) fn hand_everything_back(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("UPDATE staff_change SET hand_back = 1", [])?;
    Ok(())
}

pub(super) fn to_hand_back(
    connection: &Connection,
    limit: usize,
) -> Result<Vec<Change>, StoreError> {
    let sql =
        "SELECT collection, record, stamp, fields, proof FROM staff_change WHERE hand_back = 1
               ORDER BY stamp, proof LIMIT ?";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([limit_of(limit)], columns)?;
    rows.map(|row| {
        let [collection, id, stamp, fields, proof] = row?;
        let fields = serde_json::from_str(&fields)?;
        Ok(Change { collection, id, stamp: stored_stamp(&stamp)?, fields, proof: Some(proof) })
    })
    .collect()
}

fn columns(row: &Row<'_>) -> rusqlite::Result<[String; 5]> {
    Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?])
}

pub(super) fn handed_back(connection: &Connection, change: &Change) -> Result<(), StoreError> {
    let sql = "UPDATE staff_change SET hand_back = 0
               WHERE collection = ? AND record = ? AND stamp = ? AND proof = ?";
    let stamp = change.stamp.to_string();
    let named = params![change.collection, change.id, stamp, change.proof];
    connection.prepare_cached(sql)?.execute(named)?;
    Ok(())
}

//! Documents: what packs and contacts are read as, one by one.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use crate::store::{SearchKind, StoreError};

/// The names of the opportunities that the person keeps.
const SAVED_IDS: &str = "SELECT record FROM current_cell WHERE collection = 'saved' EXCEPT
    SELECT record FROM current_cell WHERE collection = 'saved' AND field = 'deleted' AND value = 'true'";

/// Makes the documents of one kind these ones. Only what differs is written and indexed again:
/// one changed opportunity of five hundred costs one.
pub(super) fn replace(
    connection: &Connection,
    kind: &str,
    records: impl IntoIterator<Item = (String, Value)>,
) -> Result<(), StoreError> {
    for id in put_documents(connection, kind, records)? {
        remove_document(connection, kind, &id)?;
    }
    Ok(())
}

/// Like [`replace`]; one that the person saved stays as `kept`, without being found by search.
pub(super) fn replace_opportunities(
    connection: &Connection,
    records: impl IntoIterator<Item = (String, Value)>,
) -> Result<(), StoreError> {
    for id in put_documents(connection, "opportunity", records)? {
        let sql = format!("SELECT EXISTS (SELECT 1 WHERE ? IN ({SAVED_IDS}))");
        if connection.prepare_cached(&sql)?.query_row([&id], |row| row.get(0))? {
            keep_document(connection, &id)?;
        } else {
            remove_document(connection, "opportunity", &id)?;
        }
    }
    let sql = format!(
        "DELETE FROM document WHERE kind = 'kept' AND (id NOT IN ({SAVED_IDS})
         OR id IN (SELECT id FROM document WHERE kind = 'opportunity'))"
    );
    connection.execute(&sql, [])?;
    Ok(())
}

/// Writes documents of one kind; returns the names of those that are here and not among them.
fn put_documents(
    connection: &Connection,
    kind: &str,
    records: impl IntoIterator<Item = (String, Value)>,
) -> Result<Vec<String>, StoreError> {
    let mut put = HashSet::new();
    for (position, (id, record)) in records.into_iter().enumerate() {
        put_document(connection, kind, &id, position, &record.to_string())?;
        put.insert(id);
    }
    let mut statement = connection.prepare_cached("SELECT id FROM document WHERE kind = ?")?;
    let ids = statement.query_map([kind], |row| row.get::<_, String>(0))?;
    let mut ids = ids.collect::<Result<Vec<_>, _>>()?;
    ids.retain(|id| !put.contains(id));
    Ok(ids)
}

fn put_document(
    connection: &Connection,
    kind: &str,
    id: &str,
    position: usize,
    body: &str,
) -> Result<(), StoreError> {
    let position = i64::try_from(position).unwrap_or(i64::MAX);
    let sql = "SELECT number, position, body FROM document WHERE kind = ? AND id = ?";
    let old = connection
        .prepare_cached(sql)?
        .query_row([kind, id], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?))
        })
        .optional()?;
    let number = match old {
        Some((_, old_position, old)) if old == body && old_position == position => return Ok(()),
        Some((number, _, old)) if old == body => {
            let sql = "UPDATE document SET position = ? WHERE number = ?";
            connection.prepare_cached(sql)?.execute(params![position, number])?;
            return Ok(());
        }
        Some((number, ..)) => {
            unindex(connection, number)?;
            let sql = "UPDATE document SET position = ?, body = ? WHERE number = ?";
            connection.prepare_cached(sql)?.execute(params![position, body, number])?;
            number
        }
        None => {
            let sql = "INSERT INTO document (kind, id, position, body) VALUES (?, ?, ?, ?)";
            connection.prepare_cached(sql)?.execute(params![kind, id, position, body])?;
            connection.last_insert_rowid()
        }
    };
    let sql = "INSERT INTO search (rowid, title, words) SELECT number, title, words FROM searchable WHERE number = ?";
    connection.prepare_cached(sql)?.execute([number])?;
    Ok(())
}

fn remove_document(connection: &Connection, kind: &str, id: &str) -> Result<(), StoreError> {
    if let Some(number) = number(connection, kind, id)? {
        unindex(connection, number)?;
        connection.prepare_cached("DELETE FROM document WHERE number = ?")?.execute([number])?;
    }
    Ok(())
}

fn keep_document(connection: &Connection, id: &str) -> Result<(), StoreError> {
    if let Some(number) = number(connection, "opportunity", id)? {
        unindex(connection, number)?;
        let sql = "UPDATE document SET kind = 'kept' WHERE number = ?";
        connection.prepare_cached(sql)?.execute([number])?;
    }
    Ok(())
}

fn number(connection: &Connection, kind: &str, id: &str) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT number FROM document WHERE kind = ? AND id = ?";
    Ok(connection.prepare_cached(sql)?.query_row([kind, id], |row| row.get(0)).optional()?)
}

/// Takes a document out of the index, while its text is still there: an FTS5 table with external
/// content needs the old words to do it.
fn unindex(connection: &Connection, number: i64) -> Result<(), StoreError> {
    let sql = "INSERT INTO search (search, rowid, title, words)
               SELECT 'delete', number, title, words FROM searchable WHERE number = ?";
    connection.prepare_cached(sql)?.execute([number])?;
    Ok(())
}

pub(super) fn index(
    connection: &Connection,
    kind: SearchKind,
    id: &str,
    text: Option<&Value>,
) -> Result<(), StoreError> {
    match text {
        Some(text) => put_document(connection, kind.as_str(), id, 0, &text.to_string()),
        None => remove_document(connection, kind.as_str(), id),
    }
}

pub(super) fn documents(connection: &Connection, kind: &str) -> Result<Vec<Value>, StoreError> {
    let sql = "SELECT body FROM document WHERE kind = ? ORDER BY position";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([kind], |row| row.get::<_, String>(0))?;
    rows.map(|body| Ok(serde_json::from_str(&body?)?)).collect()
}

pub(super) fn document_ids(connection: &Connection, kind: &str) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id FROM document WHERE kind = ?")?;
    let ids = statement.query_map([kind], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

pub(super) fn has_document(
    connection: &Connection,
    kind: SearchKind,
    id: &str,
) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM document WHERE kind = ? AND id = ?)";
    Ok(connection.prepare_cached(sql)?.query_row([kind.as_str(), id], |row| row.get(0))?)
}

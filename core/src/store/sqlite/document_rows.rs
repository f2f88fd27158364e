//! Rows of documents, and their entries in the full-text index.

use std::collections::HashSet;

use promise_protocol::search;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use super::searchable_text::SearchableText;
use crate::store::{DocumentKind, StoreError};

/// Writes documents of one kind. Returns the ids of the documents that are stored and not among
/// `records`.
pub(super) fn put_documents(
    connection: &Connection,
    kind: DocumentKind,
    records: impl IntoIterator<Item = (String, Value)>,
) -> Result<Vec<String>, StoreError> {
    let mut put = HashSet::new();
    for (position, (id, record)) in records.into_iter().enumerate() {
        put_document(connection, kind, &id, position, &record.to_string())?;
        put.insert(id);
    }
    let mut statement = connection.prepare_cached("SELECT id FROM document WHERE kind = ?")?;
    let ids = statement.query_map([kind.as_str()], |row| row.get::<_, String>(0))?;
    let mut ids = ids.collect::<Result<Vec<_>, _>>()?;
    ids.retain(|id| !put.contains(id));
    Ok(ids)
}

/// Writes a document and indexes it, if its body differs from the stored one.
pub(super) fn put_document(
    connection: &Connection,
    kind: DocumentKind,
    id: &str,
    position: usize,
    body: &str,
) -> Result<(), StoreError> {
    let position = i64::try_from(position).unwrap_or(i64::MAX);
    let sql = "SELECT number, position, body FROM document WHERE kind = ? AND id = ?";
    let old = connection
        .prepare_cached(sql)?
        .query_row([kind.as_str(), id], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?))
        })
        .optional()?;
    match old {
        Some((_, old_position, old)) if old == body && old_position == position => Ok(()),
        Some((number, _, old)) if old == body => {
            let sql = "UPDATE document SET position = ? WHERE number = ?";
            connection.prepare_cached(sql)?.execute(params![position, number])?;
            Ok(())
        }
        Some((number, ..)) => {
            remove_from_index(connection, number)?;
            let sql = "UPDATE document SET position = ?, body = ? WHERE number = ?";
            connection.prepare_cached(sql)?.execute(params![position, body, number])?;
            add_to_index(connection, number)
        }
        None => {
            let sql = "INSERT INTO document (kind, id, position, body) VALUES (?, ?, ?, ?)";
            connection.prepare_cached(sql)?.execute(params![kind.as_str(), id, position, body])?;
            add_to_index(connection, connection.last_insert_rowid())
        }
    }
}

pub(super) fn remove_document(
    connection: &Connection,
    kind: DocumentKind,
    id: &str,
) -> Result<(), StoreError> {
    if let Some(number) = find_number(connection, kind, id)? {
        remove_from_index(connection, number)?;
        connection.prepare_cached("DELETE FROM document WHERE number = ?")?.execute([number])?;
    }
    Ok(())
}

/// Turns an opportunity into one that is kept, which search does not find.
pub(super) fn keep_document(connection: &Connection, id: &str) -> Result<(), StoreError> {
    if let Some(number) = find_number(connection, DocumentKind::Opportunity, id)? {
        remove_from_index(connection, number)?;
        let sql = "UPDATE document SET kind = ? WHERE number = ?";
        let kept = params![DocumentKind::Kept.as_str(), number];
        connection.prepare_cached(sql)?.execute(kept)?;
    }
    Ok(())
}

fn find_number(
    connection: &Connection,
    kind: DocumentKind,
    id: &str,
) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT number FROM document WHERE kind = ? AND id = ?";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_row([kind.as_str(), id], |row| row.get(0)).optional()?)
}

fn add_to_index(connection: &Connection, number: i64) -> Result<(), StoreError> {
    let sql = "SELECT title, words, phones FROM searchable WHERE number = ?";
    let text = connection.prepare_cached(sql)?.query_row([number], SearchableText::read);
    // Sections of the promise, for example, are not searched.
    let Some(text) = text.optional()? else { return Ok(()) };
    let sql = "INSERT INTO search (rowid, title, words) VALUES (?, ?, ?)";
    let forms = (search::forms(&text.title), search::forms(&text.text));
    connection.prepare_cached(sql)?.execute(params![number, forms.0, forms.1])?;
    Ok(())
}

fn remove_from_index(connection: &Connection, number: i64) -> Result<(), StoreError> {
    connection.prepare_cached("DELETE FROM search WHERE rowid = ?")?.execute([number])?;
    Ok(())
}

//! Packs, the documents they are read as, and search over them.

use std::collections::HashSet;

use promise_protocol::{PackName, coding, pack::MAX_PACK_BYTES};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde_json::{Value, json};

use crate::store::{EditionPacks, Found, Indexed, StoreError};

/// Marks where a found word starts and ends in a snippet.
const MARK: (&str, &str) = ("\u{2}", "\u{3}");
/// How many words a snippet has.
const SNIPPET_WORDS: i32 = 14;

pub(super) fn edition_packs(
    connection: &Connection,
) -> Result<Vec<(PackName, String)>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT name, hash FROM edition_pack ORDER BY name")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
    let mut packs = Vec::new();
    for row in rows {
        let (name, hash) = row?;
        if let Some(name) = PackName::from_name(&name) {
            packs.push((name, hash));
        }
    }
    Ok(packs)
}

pub(super) fn pack(connection: &Connection, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT bytes FROM pack WHERE hash = ?")?;
    let stored: Option<Vec<u8>> = statement.query_row([hash], |row| row.get(0)).optional()?;
    let bytes = stored.map(|stored| coding::from_zstd(&stored, MAX_PACK_BYTES));
    bytes.transpose().map_err(|_| StoreError::Unreadable("pack"))
}

pub(super) fn put_pack(
    connection: &Connection,
    name: PackName,
    hash: &str,
    bytes: &[u8],
) -> Result<(), StoreError> {
    let coded = coding::zstd_quick(bytes).map_err(|_| StoreError::Unreadable("pack"))?;
    let sql = "INSERT OR REPLACE INTO pack (hash, name, bytes) VALUES (?, ?, ?)";
    connection.execute(sql, params![hash, name.as_str(), coded])?;
    Ok(())
}

pub(super) fn show_edition(
    connection: &Connection,
    packs: &EditionPacks,
) -> Result<(), StoreError> {
    connection.execute("DELETE FROM edition_pack", [])?;
    for (name, hash) in &packs.hashes {
        let sql = "INSERT INTO edition_pack (name, hash) VALUES (?, ?)";
        connection.execute(sql, [name.as_str(), hash])?;
    }
    let unused = "DELETE FROM pack WHERE hash NOT IN (SELECT hash FROM edition_pack)";
    connection.execute(unused, [])?;
    if let Some(promise) = &packs.promise {
        let head =
            json!({"council": promise.council, "title": promise.title, "intro": promise.intro});
        replace(connection, "promise", [("promise".to_owned(), head)])?;
        replace(connection, "section", named(&promise.sections, |section| &section.id)?)?;
        replace(connection, "pledge", named(&promise.pledges.0, |pledge| &pledge.id)?)?;
    }
    if let Some(opportunities) = &packs.opportunities {
        let records = named(&opportunities.opportunities.0, |opportunity| &opportunity.id)?;
        replace(connection, "opportunity", records)?;
    }
    if let Some(directory) = &packs.directory {
        replace(connection, "line", named(&directory.lines.0, |line| &line.id)?)?;
        let days = directory
            .closed_days
            .iter()
            .map(|day| Ok((day.date.to_string(), serde_json::to_value(day)?)));
        replace(connection, "closed_day", days.collect::<Result<Vec<_>, StoreError>>()?)?;
    }
    Ok(())
}

fn named<T: Serialize>(
    records: &[T],
    id: impl Fn(&T) -> &String,
) -> Result<Vec<(String, Value)>, StoreError> {
    records.iter().map(|record| Ok((id(record).clone(), serde_json::to_value(record)?))).collect()
}

/// Makes the documents of one kind these ones. Only what differs is written and indexed again:
/// one changed opportunity of five hundred costs one.
fn replace(
    connection: &Connection,
    kind: &str,
    records: impl IntoIterator<Item = (String, Value)>,
) -> Result<(), StoreError> {
    let mut kept = HashSet::new();
    for (position, (id, record)) in records.into_iter().enumerate() {
        put_document(connection, kind, &id, position, &record.to_string())?;
        kept.insert(id);
    }
    let mut statement = connection.prepare_cached("SELECT id FROM document WHERE kind = ?")?;
    let ids: Vec<String> =
        statement.query_map([kind], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for id in ids.iter().filter(|id| !kept.contains(*id)) {
        remove_document(connection, kind, id)?;
    }
    Ok(())
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
    let sql = "SELECT number FROM document WHERE kind = ? AND id = ?";
    let number: Option<i64> =
        connection.prepare_cached(sql)?.query_row([kind, id], |row| row.get(0)).optional()?;
    if let Some(number) = number {
        unindex(connection, number)?;
        connection.prepare_cached("DELETE FROM document WHERE number = ?")?.execute([number])?;
    }
    Ok(())
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
    kind: Indexed,
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

pub(super) fn has_document(
    connection: &Connection,
    kind: Indexed,
    id: &str,
) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM document WHERE kind = ? AND id = ?)";
    Ok(connection.prepare_cached(sql)?.query_row([kind.as_str(), id], |row| row.get(0))?)
}

pub(super) fn find(
    connection: &Connection,
    typed: &str,
    limit: usize,
) -> Result<Vec<Found>, StoreError> {
    let Some(query) = query(typed) else { return Ok(Vec::new()) };
    // A word in a title counts five times a word in the text.
    let sql =
        "SELECT s.kind, s.id, highlight(search, 0, ?2, ?3), snippet(search, 1, ?2, ?3, '…', ?4)
               FROM search JOIN searchable s ON s.number = search.rowid
               WHERE search MATCH ?1 ORDER BY bm25(search, 5.0, 1.0) LIMIT ?5";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement
        .query_map(params![query, MARK.0, MARK.1, SNIPPET_WORDS, limit], |row| {
            Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?;
    let mut found = Vec::new();
    for row in rows {
        let (kind, id, title, snippet) = row?;
        let kind = Indexed::from_word(&kind).ok_or(StoreError::Unreadable("kind"))?;
        found.push(Found { kind, id, title, snippet });
    }
    Ok(found)
}

/// What a person typed as an FTS5 query: every word, the last one unfinished. Quoting each word
/// takes away the meaning that FTS5 gives to `AND`, `*`, `"` and the like.
fn query(typed: &str) -> Option<String> {
    let words = typed.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let quoted: Vec<String> = words.take(12).map(|word| format!("\"{word}\"")).collect();
    (!quoted.is_empty()).then(|| format!("{}*", quoted.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::query;

    #[test]
    fn what_a_person_types_is_never_fts_syntax() {
        assert_eq!(query("council ta").as_deref(), Some("\"council\" \"ta\"*"));
        assert_eq!(query("\" OR title:*").as_deref(), Some("\"OR\" \"title\"*"));
        assert_eq!(query(" -*\"' "), None);
    }
}

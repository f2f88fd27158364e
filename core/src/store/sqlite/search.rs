//! Search over documents, by the words a person types.

use rusqlite::{Connection, params};

use crate::store::{SearchKind, SearchResult, StoreError};

/// Marks where a found word starts and ends in a snippet.
const MARK: (&str, &str) = ("\u{2}", "\u{3}");
/// How many words a snippet has.
const SNIPPET_WORDS: i32 = 14;

pub(super) fn find(
    connection: &Connection,
    typed: &str,
    limit: usize,
) -> Result<Vec<SearchResult>, StoreError> {
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
        let kind = SearchKind::from_word(&kind).ok_or(StoreError::Unreadable("kind"))?;
        found.push(SearchResult { kind, id, title, snippet });
    }
    Ok(found)
}

/// What a person typed as an FTS5 query: every word, the last one unfinished. Quoting each word
/// takes away the meaning that FTS5 gives to `AND`, `*`, `"` and the like.
fn query(typed: &str) -> Option<String> {
    let words = typed.split(|c: char| !is_in_a_word(c)).filter(|word| !word.is_empty());
    let quoted: Vec<String> = words.take(12).map(|word| format!("\"{word}\"")).collect();
    (!quoted.is_empty()).then(|| format!("{}*", quoted.join(" ")))
}

/// Letters, numbers, and the combining accents that some keyboards write after the letter.
fn is_in_a_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}')
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

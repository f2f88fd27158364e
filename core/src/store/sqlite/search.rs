//! Full-text search.

use rusqlite::params;
use serde_json::Value;

use super::{
    SqliteTx,
    document_rows::{put_document, remove_document},
    rows::sql_limit,
};
use crate::store::{DocumentKind, SearchIndex, SearchKind, SearchResult, StoreError};

/// The characters before and after each match in a title or snippet.
const MARKS: (&str, &str) = ("\u{2}", "\u{3}");
const SNIPPET_WORDS: i32 = 14;
const MAX_QUERY_WORDS: usize = 12;

impl SearchIndex for SqliteTx<'_> {
    fn search(&mut self, typed: &str, limit: usize) -> Result<Vec<SearchResult>, StoreError> {
        let Some(query) = fts_query(typed) else { return Ok(Vec::new()) };
        // A match in a title counts five times as much as one in the text.
        let sql = "SELECT s.kind, s.id, highlight(search, 0, ?2, ?3),
                          snippet(search, 1, ?2, ?3, '…', ?4)
                   FROM search JOIN searchable s ON s.number = search.rowid
                   WHERE search MATCH ?1 ORDER BY bm25(search, 5.0, 1.0) LIMIT ?5";
        let mut statement = self.read().prepare_cached(sql)?;
        let rows = statement.query_map(
            params![query, MARKS.0, MARKS.1, SNIPPET_WORDS, sql_limit(limit)],
            |row| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )?;
        let mut results = Vec::new();
        for row in rows {
            let (kind, id, title, snippet) = row?;
            let kind = search_kind(&kind).ok_or(StoreError::Unreadable("kind"))?;
            results.push(SearchResult { kind, id, title, snippet });
        }
        Ok(results)
    }

    fn index(
        &mut self,
        kind: SearchKind,
        id: &str,
        text: Option<&Value>,
    ) -> Result<(), StoreError> {
        match text {
            Some(text) => put_document(self.write()?, kind.into(), id, 0, &text.to_string()),
            None => remove_document(self.write()?, kind.into(), id),
        }
    }
}

fn search_kind(stored: &str) -> Option<SearchKind> {
    SearchKind::ALL.into_iter().find(|kind| DocumentKind::from(*kind).as_str() == stored)
}

/// Returns an FTS5 query for all words that the person typed, the last one as a prefix; `None` if
/// there are no words. Quoting takes away the meaning that FTS5 gives to `AND`, `*`, `"` and the
/// like.
fn fts_query(typed: &str) -> Option<String> {
    let words = typed.split(|c: char| !is_word_char(c)).filter(|word| !word.is_empty());
    let quoted: Vec<String> =
        words.take(MAX_QUERY_WORDS).map(|word| format!("\"{word}\"")).collect();
    (!quoted.is_empty()).then(|| format!("{}*", quoted.join(" ")))
}

/// Returns `true` for letters, digits, and the combining accents that some keyboards write after the
/// letter.
fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::fts_query;

    #[test]
    fn typed_text_is_never_fts_syntax() {
        assert_eq!(fts_query("council ta").as_deref(), Some("\"council\" \"ta\"*"));
        assert_eq!(fts_query("\" OR title:*").as_deref(), Some("\"OR\" \"title\"*"));
        assert_eq!(fts_query(" -*\"' "), None);
    }
}

//! Full-text search.

use promise_protocol::search::{Form, Query, Term, highlight, snippet};
use rusqlite::params;
use serde_json::Value;

use super::{
    SqliteTx,
    document_rows::{put_document, remove_document},
    rows::sql_limit,
    searchable_text::SearchableText,
};
use crate::store::{DocumentKind, SearchIndex, SearchKind, SearchResult, StoreError};

const SNIPPET_WORDS: usize = 14;

impl SearchIndex for SqliteTx<'_> {
    fn search(
        &mut self,
        typed: &str,
        kinds: &[SearchKind],
        limit: usize,
    ) -> Result<Vec<SearchResult>, StoreError> {
        let query = Query::new(typed);
        let Some(expression) = fts_expression(&query) else { return Ok(Vec::new()) };
        // A match in a title counts five times as much as one in the text.
        let sql = "SELECT s.title, s.words, s.phones, s.kind, s.id
                   FROM search JOIN searchable s ON s.number = search.rowid
                   WHERE search MATCH ?1 AND s.kind IN (SELECT value FROM json_each(?2))
                   ORDER BY bm25(search, 5.0, 1.0) LIMIT ?3";
        let kinds = kinds.iter().map(|kind| DocumentKind::from(*kind).as_str());
        let kinds = kinds.collect::<Value>().to_string();
        let mut statement = self.read().prepare_cached(sql)?;
        let rows = statement.query_map(params![expression, kinds, sql_limit(limit)], |row| {
            Ok((SearchableText::read(row)?, row.get::<_, String>(3)?, row.get(4)?))
        })?;
        let mut results = Vec::new();
        for row in rows {
            let (text, kind, id) = row?;
            let kind = search_kind(&kind).ok_or(StoreError::Unreadable("kind"))?;
            let title = highlight(&text.title, &query);
            let snippet = snippet(&text.text, &query, SNIPPET_WORDS);
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

/// Returns the query in the syntax of FTS5; `None` if it has no words. Every form is quoted, which
/// takes away the meaning that FTS5 gives to `AND`, `*` and the like, and forms have no quotation
/// marks. `AND` is written out, because FTS5 does not accept it unwritten beside brackets.
fn fts_expression(query: &Query) -> Option<String> {
    let terms: Vec<String> = query.terms().iter().map(term).collect();
    (!terms.is_empty()).then(|| terms.join(" AND "))
}

fn term(term: &Term) -> String {
    let alternative = |forms: &Vec<Form>| {
        let forms: Vec<String> = forms.iter().map(quoted).collect();
        format!("({})", forms.join(" AND "))
    };
    let alternatives: Vec<String> = term.alternatives.iter().map(alternative).collect();
    format!("({})", alternatives.join(" OR "))
}

fn quoted(form: &Form) -> String {
    format!("\"{}\"{}", form.text, if form.is_prefix { "*" } else { "" })
}

#[cfg(test)]
mod tests {
    use promise_protocol::search::Query;

    use super::fts_expression;

    #[test]
    fn typed_text_is_never_fts_syntax() {
        let expression = |typed: &str| fts_expression(&Query::new(typed));
        assert_eq!(expression("council ta").as_deref(), Some("((\"council\")) AND ((\"ta\"*))"));
        assert_eq!(expression("\" OR title:*").as_deref(), Some("((\"or\")) AND ((\"title\"*))"));
        assert_eq!(expression("O'Br").as_deref(), Some("((\"obr\"*) OR (\"o\" AND \"br\"*))"));
        assert_eq!(expression(" -*\"' "), None);
    }
}

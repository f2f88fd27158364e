//! Searching what the phone shows.

use promise_protocol::{
    schema::{self, Field},
    search::{Query, highlight, snippet},
};

use super::{PocketPhone, PromiseError};
use crate::{
    app_lock::View,
    collections::{
        Record, SearchText,
        contacts::{self, ContactRecords},
        own_contacts,
    },
    store::{SearchKind, SearchResult, StoreError, Tx},
};

const MAX_RESULTS: usize = 50;
const SNIPPET_WORDS: usize = 14;

/// What stands before a match in a result.
const MATCH_START: char = '\u{2}';

/// The kinds that are of what the council publishes.
const PUBLISHED: [SearchKind; 3] = [SearchKind::Pledge, SearchKind::Opportunity, SearchKind::Line];

impl PocketPhone {
    /// Searches pledges, opportunities, contacts (the council's and the person's own) and lines for
    /// all of these words, best match first. The last word may be unfinished. The search is stored
    /// nowhere.
    pub fn search(&self, words: &str) -> Result<Vec<SearchResult>, PromiseError> {
        let view = self.view();
        self.transact(|tx| match view {
            View::Full => tx.search(words, &SearchKind::ALL, MAX_RESULTS),
            View::Locked => search_locked(tx, words),
            View::Quiet => search_published(tx, words),
        })
    }
}

/// Searches while the app lock is on. The index has what the person wrote about a contact, so it is not
/// asked for contacts: those that may be read are few, and are searched one by one. They come first.
fn search_locked(tx: &mut dyn Tx, words: &str) -> Result<Vec<SearchResult>, StoreError> {
    let query = Query::new(words);
    let mut found = Vec::new();
    for ContactRecords { record, .. } in contacts::list_records(tx, View::Locked)? {
        found.extend(find(&query, SearchKind::Contact, schema::CONTACT.fields, &record));
    }
    for (_, record) in own_contacts::list_records(tx, View::Locked)? {
        found.extend(find(&query, SearchKind::OwnContact, schema::OWN_CONTACT.fields, &record));
    }
    found.extend(search_published(tx, words)?);
    found.truncate(MAX_RESULTS);
    Ok(found)
}

/// Searches what the council publishes. Matches in titles come first. The order of the index is not used: it
/// depends on how often a word is in all of it, and so on what the person wrote about contacts.
fn search_published(tx: &mut dyn Tx, words: &str) -> Result<Vec<SearchResult>, StoreError> {
    let mut found = tx.search(words, &PUBLISHED, usize::MAX)?;
    found.sort_by_cached_key(|found| {
        let is_in_title = found.title.contains(MATCH_START);
        let kind = PUBLISHED.iter().position(|kind| *kind == found.kind);
        (!is_in_title, kind, found.id.clone())
    });
    found.truncate(MAX_RESULTS);
    Ok(found)
}

fn find(
    query: &Query,
    kind: SearchKind,
    fields: &[Field],
    record: &Record,
) -> Option<SearchResult> {
    let SearchText { title, text } = SearchText::new(&[(fields, record)]);
    let is_found = query.is_found_in(&format!("{title} {text}"));
    is_found.then(|| SearchResult {
        kind,
        id: record.id.clone(),
        title: highlight(&title, query),
        snippet: snippet(&text, query, SNIPPET_WORDS),
    })
}

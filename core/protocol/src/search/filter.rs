//! Filtering lists that are held in memory.

use super::Query;
use crate::text;

/// What a person typed to filter a list.
#[derive(Clone, Debug)]
pub struct TextFilter {
    key: String,
    query: Query,
}

impl TextFilter {
    /// Reads what was typed.
    pub fn new(typed: &str) -> Self {
        Self { key: text::key(typed), query: Query::of_prefixes(typed) }
    }

    /// Returns `true` if the text contains what was typed, as it looks ([`text::key`]), or has words
    /// that begin like all of the typed ones in any spelling. An empty filter matches every text.
    pub fn matches(&self, text: &str) -> bool {
        text::key(text).contains(&self.key) || self.query.is_found_in(text)
    }
}

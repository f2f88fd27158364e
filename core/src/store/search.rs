//! Search over what the phone shows.

use serde_json::Value;

use super::{DocumentKind, StoreError};

/// What search finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum SearchKind {
    /// A pledge of the promise.
    Pledge,
    /// An opportunity.
    Opportunity,
    /// A contact that the council gives.
    Contact,
    /// A contact of the person's own.
    OwnContact,
    /// A line of the directory.
    Line,
}

impl SearchKind {
    pub(crate) const ALL: [Self; 5] =
        [Self::Pledge, Self::Opportunity, Self::Contact, Self::OwnContact, Self::Line];
}

impl From<SearchKind> for DocumentKind {
    fn from(kind: SearchKind) -> Self {
        match kind {
            SearchKind::Pledge => Self::Pledge,
            SearchKind::Opportunity => Self::Opportunity,
            SearchKind::Contact => Self::Contact,
            SearchKind::OwnContact => Self::OwnContact,
            SearchKind::Line => Self::Line,
        }
    }
}

/// A match of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SearchResult {
    /// What was found.
    pub kind: SearchKind,
    /// The record's id.
    pub id: String,
    /// Its heading, with each match between U+0002 and U+0003.
    pub title: String,
    /// The text around the first match, marked in the same way.
    pub snippet: String,
}

/// The full-text index. The documents of a shown edition are indexed when they are stored.
pub trait SearchIndex {
    /// Lists up to `limit` matches of these kinds of what the person typed, best first. The last word may
    /// be unfinished.
    fn search(
        &mut self,
        typed: &str,
        kinds: &[SearchKind],
        limit: usize,
    ) -> Result<Vec<SearchResult>, StoreError>;
    /// Indexes a record by the `title` and `text` of an object, or with `None` removes it from the
    /// index.
    fn index(&mut self, kind: SearchKind, id: &str, text: Option<&Value>)
    -> Result<(), StoreError>;
}

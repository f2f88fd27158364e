//! Documents: the records of the shown packs, one by one.

use serde_json::Value;

use super::StoreError;

/// The kinds of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DocumentKind {
    /// The promise's council, title and introduction.
    Promise,
    /// A section of the promise.
    Section,
    /// A pledge of the promise.
    Pledge,
    /// A published opportunity.
    Opportunity,
    /// An opportunity that the person saved and that is no longer published.
    Kept,
    /// A line of the directory.
    Line,
    /// A day on which the council is closed.
    ClosedDay,
    /// How often something has to happen.
    Timescale,
    /// What search finds a contact by.
    Contact,
    /// What search finds the person's own contact by.
    OwnContact,
}

impl DocumentKind {
    /// Returns the text that stands for this kind in a store.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Promise => "promise",
            Self::Section => "section",
            Self::Pledge => "pledge",
            Self::Opportunity => "opportunity",
            Self::Kept => "kept",
            Self::Line => "line",
            Self::ClosedDay => "closed_day",
            Self::Timescale => "timescale",
            Self::Contact => "contact",
            Self::OwnContact => "own_contact",
        }
    }
}

/// Reads documents. [`PackStore::show_edition`](super::PackStore::show_edition) writes them.
pub trait DocumentStore {
    /// Lists the documents of one kind in the order of their pack.
    fn documents(&mut self, kind: DocumentKind) -> Result<Vec<Value>, StoreError>;
    /// Lists the ids of the documents of one kind.
    fn document_ids(&mut self, kind: DocumentKind) -> Result<Vec<String>, StoreError>;
    /// Returns `true` if there is a document with this id.
    fn has_document(&mut self, kind: DocumentKind, id: &str) -> Result<bool, StoreError>;
}

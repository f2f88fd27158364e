//! Drafts: what editors write until it is published.

use promise_protocol::PackName;

use super::DatabaseError;

/// A council's draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Whose it is.
    pub council: String,
    /// The number of the edition that it changes; 0 if nothing was published.
    pub based_on: u64,
    /// When it was last changed, in milliseconds since 1970.
    pub changed_at: i64,
    /// Who handed it in, and when; `None` while it is written.
    pub handed_in: Option<(String, i64)>,
    /// What was said when it was sent back; empty if it was not.
    pub note: String,
}

/// Drafts, at most one for each council.
pub trait Drafts {
    /// The councils that have one.
    fn councils_with_draft(&mut self) -> Result<Vec<String>, DatabaseError>;

    /// A council's draft.
    fn draft(&mut self, council: &str) -> Result<Option<Draft>, DatabaseError>;

    /// Opens a draft, or changes all about it but its packs and authors.
    fn set_draft(&mut self, draft: &Draft) -> Result<(), DatabaseError>;

    /// Throws a draft away, with its packs and authors.
    fn delete_draft(&mut self, council: &str) -> Result<(), DatabaseError>;

    /// A pack as the draft has it; `None` if the draft does not change it.
    fn draft_pack(
        &mut self,
        council: &str,
        name: PackName,
    ) -> Result<Option<Vec<u8>>, DatabaseError>;

    /// Changes a pack of a draft that is open.
    fn set_draft_pack(
        &mut self,
        council: &str,
        name: PackName,
        bytes: &[u8],
    ) -> Result<(), DatabaseError>;

    /// Everybody who wrote something in a draft; empty for whoever runs the server.
    fn draft_authors(&mut self, council: &str) -> Result<Vec<String>, DatabaseError>;

    /// Notes that somebody wrote something in a draft that is open.
    fn add_draft_author(&mut self, council: &str, staff: &str) -> Result<(), DatabaseError>;
}

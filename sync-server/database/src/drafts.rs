//! Drafts: what editors write until it is published.

use promise_protocol::{PackName, ids::CouncilId};

use crate::{Actor, DatabaseError};

/// A council's draft, without its packs and authors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The council.
    pub council: CouncilId,
    /// The number of the edition that it changes; `None` if nothing was published.
    pub based_on: Option<u64>,
    /// When it was last changed.
    pub changed_at: i64,
    /// Who submitted it for publishing, and when; `None` while it is being written.
    pub submitted: Option<Submission>,
    /// The note with which it was sent back.
    pub note: Option<String>,
}

/// The submission of a draft for publishing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// Who submitted it.
    pub by: Actor,
    /// When.
    pub at: i64,
}

/// Drafts, at most one for each council.
pub trait Drafts {
    /// Returns the councils that have a draft, ordered by id.
    fn councils_with_draft(&mut self) -> Result<Vec<CouncilId>, DatabaseError>;

    /// Returns a council's draft.
    fn draft(&mut self, council: &CouncilId) -> Result<Option<Draft>, DatabaseError>;

    /// Opens a draft, or changes everything about it except its packs and authors.
    fn set_draft(&mut self, draft: &Draft) -> Result<(), DatabaseError>;

    /// Deletes a draft with its packs and authors.
    fn delete_draft(&mut self, council: &CouncilId) -> Result<(), DatabaseError>;

    /// Returns a pack as the draft has it; `None` if the draft does not change it.
    fn draft_pack(
        &mut self,
        council: &CouncilId,
        name: PackName,
    ) -> Result<Option<Vec<u8>>, DatabaseError>;

    /// Stores a pack of an open draft.
    fn set_draft_pack(
        &mut self,
        council: &CouncilId,
        name: PackName,
        bytes: &[u8],
    ) -> Result<(), DatabaseError>;

    /// Returns everyone who wrote part of a draft, the operator first and then by id.
    fn draft_authors(&mut self, council: &CouncilId) -> Result<Vec<Actor>, DatabaseError>;

    /// Adds an author to an open draft.
    fn add_draft_author(
        &mut self,
        council: &CouncilId,
        author: &Actor,
    ) -> Result<(), DatabaseError>;
}

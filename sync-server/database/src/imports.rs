//! Files that staff uploaded and have not put to use yet: sheets of opportunities, and cards for the address
//! book.

use promise_protocol::ids::CouncilId;

use crate::{Actor, DatabaseError};

/// What an uploaded file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ImportKind {
    /// A sheet of opportunities, for the draft.
    Opportunities,
    /// Cards of people and teams, for the address book.
    Cards,
}

impl ImportKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Opportunities, Self::Cards];

    /// The word that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Opportunities => "opportunities",
            Self::Cards => "cards",
        }
    }
}

/// A file that a staff member uploaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingImport {
    /// The council for which it is meant.
    pub council: CouncilId,
    /// Who uploaded it.
    pub actor: Actor,
    /// What it is for.
    pub kind: ImportKind,
    /// When it was uploaded.
    pub made_at: i64,
    /// What was read of it, as JSON.
    pub content: String,
}

/// Uploaded files, at most one of each kind for each staff member.
pub trait Imports {
    /// Returns the file of a kind that a staff member uploaded last.
    fn import(
        &mut self,
        council: &CouncilId,
        actor: &Actor,
        kind: ImportKind,
    ) -> Result<Option<PendingImport>, DatabaseError>;

    /// Stores a file in place of the last one of its kind.
    fn set_import(&mut self, import: &PendingImport) -> Result<(), DatabaseError>;

    /// Deletes a staff member's file of a kind.
    fn delete_import(
        &mut self,
        council: &CouncilId,
        actor: &Actor,
        kind: ImportKind,
    ) -> Result<(), DatabaseError>;

    /// Deletes the files that were uploaded before a time.
    fn delete_imports_before(&mut self, before_millis: i64) -> Result<(), DatabaseError>;
}

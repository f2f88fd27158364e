//! People who erased their account.

use super::DatabaseError;

/// All that is left of a person who was erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasedPerson {
    /// Their random name, which says nothing about them.
    pub id: String,
    /// Their council.
    pub council: String,
    /// When, in milliseconds since 1970.
    pub erased_at: i64,
}

/// Erasing people. To every other method of the store, somebody erased is nobody.
pub trait ErasedPeople {
    /// Erases a person: their cells, history, invitations, assignments and reference, and of their
    /// phones all but what [`super::RevokedPhone`] holds. Somebody who is not here is only noted.
    /// Traces on disk go with [`super::sqlite::SqliteConnection::sweep`].
    fn erase(&mut self, person: &ErasedPerson) -> Result<(), DatabaseError>;

    /// The erased person of this name.
    fn erased_person(&mut self, id: &str) -> Result<Option<ErasedPerson>, DatabaseError>;

    /// Everybody who was erased, by name.
    fn erased_people(&mut self) -> Result<Vec<ErasedPerson>, DatabaseError>;
}

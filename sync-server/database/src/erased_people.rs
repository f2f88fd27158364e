//! People whose account was erased.

use promise_protocol::ids::{CouncilId, PersonId};

use crate::DatabaseError;

/// All that remains of an erased person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasedPerson {
    /// Their id, which is random.
    pub id: PersonId,
    /// Their council.
    pub council: CouncilId,
    /// When they were erased.
    pub erased_at: i64,
}

/// Erased people. To every other trait, an erased person does not exist.
pub trait ErasedPeople {
    /// Erases a person: their cells, history, invitations, assignments and reference, and their
    /// phones. Of revoked phones, what [`RevokedPhone`](crate::RevokedPhone) holds remains. A phone
    /// that is not revoked is forgotten, and told nothing: services revoke all of them first. A person
    /// who is not in the database is only added to the erased. Repeating it changes nothing.
    ///
    /// What the deleted rows leave on disk is removed by
    /// [`Database::remove_traces`](crate::Database::remove_traces).
    fn erase(&mut self, person: &ErasedPerson) -> Result<(), DatabaseError>;

    /// Returns the erased person with this id.
    fn erased_person(&mut self, id: &PersonId) -> Result<Option<ErasedPerson>, DatabaseError>;

    /// Returns every erased person of every council, ordered by id.
    fn erased_people(&mut self) -> Result<Vec<ErasedPerson>, DatabaseError>;
}

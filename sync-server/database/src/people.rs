//! Councils and the young people they support.

use promise_protocol::{
    Reading,
    ids::{CouncilId, PersonId},
};

use crate::DatabaseError;

/// A council.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Council {
    /// Its short name, such as `barnet`.
    pub id: CouncilId,
    /// Its full name.
    pub name: String,
}

/// A young person: only what the server needs, without name and date of birth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// A random id.
    pub id: PersonId,
    /// Their council.
    pub council: CouncilId,
    /// The council's own reference for them, if it gave one.
    pub reference: Option<String>,
    /// The revision of their last change.
    pub rev: u64,
    /// The last revision that their phones are nudged for.
    pub nudge_rev: u64,
    /// The last clock reading that staff used in a stamp for them.
    pub staff_reading: Reading,
    /// The id of their record that a restore lost, if a phone of that record was linked to this one.
    /// No person has it as their id.
    pub relinked_id: Option<PersonId>,
}

impl Person {
    /// Returns the id by which their phones know them: in pairings, in signatures, and in the keys that
    /// seal. Everything in the database is under [`Person::id`].
    pub fn id_on_phones(&self) -> &PersonId {
        self.relinked_id.as_ref().unwrap_or(&self.id)
    }
}

/// Councils and people.
pub trait People {
    /// Adds a council. Returns `false` if its id is taken.
    fn add_council(&mut self, council: &Council) -> Result<bool, DatabaseError>;

    /// Returns the council with this id.
    fn council(&mut self, id: &CouncilId) -> Result<Option<Council>, DatabaseError>;

    /// Returns all councils, ordered by id.
    fn councils(&mut self) -> Result<Vec<Council>, DatabaseError>;

    /// Adds a person.
    fn add_person(&mut self, person: &Person) -> Result<(), DatabaseError>;

    /// Returns the person with this id.
    fn person(&mut self, id: &PersonId) -> Result<Option<Person>, DatabaseError>;

    /// Returns the person with this id and reserves them for this transaction: another job that
    /// calls this for the same person waits until this one is committed or rolled back.
    ///
    /// Comes first in every job that writes for a person: see the [crate's rules](crate).
    fn person_for_update(&mut self, id: &PersonId) -> Result<Option<Person>, DatabaseError>;

    /// Returns the person to whose record a phone of the lost record with this id was linked.
    fn person_relinked_from(&mut self, lost: &PersonId) -> Result<Option<Person>, DatabaseError>;

    /// Stores the id of the lost record whose phone was linked to a person. No two people have the
    /// same.
    fn set_relinked_id(&mut self, person: &PersonId, lost: &PersonId) -> Result<(), DatabaseError>;

    /// Stores the council's own reference for a person; `None` removes it.
    fn set_reference(
        &mut self,
        person: &PersonId,
        reference: Option<&str>,
    ) -> Result<(), DatabaseError>;

    /// Returns all people of a council, ordered by id.
    fn people(&mut self, council: &CouncilId) -> Result<Vec<Person>, DatabaseError>;

    /// Returns the last revision that phones are nudged for, for each person of every council.
    fn nudge_revs(&mut self) -> Result<Vec<(PersonId, u64)>, DatabaseError>;

    /// Returns the revision that this transaction writes for a person, and nudges their phones for
    /// it.
    ///
    /// The first call in a transaction raises the person's revision by one; later calls return the
    /// same number, so that all of a transaction reaches a phone together. Revisions of one person
    /// have no gaps.
    fn revision_to_write(&mut self, person: &PersonId) -> Result<u64, DatabaseError>;

    /// Stores the last clock reading that staff used for a person.
    fn set_staff_reading(
        &mut self,
        person: &PersonId,
        reading: Reading,
    ) -> Result<(), DatabaseError>;
}

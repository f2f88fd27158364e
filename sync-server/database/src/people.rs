//! Councils and the young people they look after.

use promise_protocol::Reading;

use super::DatabaseError;

/// A council.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Council {
    /// Its short name, such as `barnet`.
    pub id: String,
    /// Its name in words.
    pub name: String,
}

/// A young person, as little of them as the server needs: no name, no date of birth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// A random name, which says nothing about them.
    pub id: String,
    /// Their council.
    pub council: String,
    /// The council's own reference for them, if it gave one.
    pub reference: Option<String>,
    /// Their last revision.
    pub rev: u64,
    /// The last of them that their phones are woken for.
    pub nudge_rev: u64,
    /// The last reading of a stamp that staff took for them.
    pub staff_reading: Reading,
}

/// Councils and people.
pub trait People {
    /// Adds a council; `false` if there is one of this short name.
    fn add_council(&mut self, council: &Council) -> Result<bool, DatabaseError>;

    /// The council of this short name.
    fn council(&mut self, id: &str) -> Result<Option<Council>, DatabaseError>;

    /// Adds a person, whose revision begins at 0.
    fn add_person(&mut self, person: &Person) -> Result<(), DatabaseError>;

    /// The person of this name.
    fn person(&mut self, id: &str) -> Result<Option<Person>, DatabaseError>;

    /// Everybody a council looks after, by name.
    fn people(&mut self, council: &str) -> Result<Vec<Person>, DatabaseError>;

    /// Everybody of every council with the last revision that their phones are woken for.
    fn nudge_revs(&mut self) -> Result<Vec<(String, u64)>, DatabaseError>;

    /// The revision that this transaction writes for a person. The first call raises the person's
    /// revision by one; later calls in the same transaction answer the same number, so that what
    /// one transaction wrote reaches a phone together.
    fn revision_to_write(&mut self, person: &str) -> Result<u64, DatabaseError>;

    /// Keeps the last reading that staff took for a person.
    fn set_staff_reading(&mut self, person: &str, reading: Reading) -> Result<(), DatabaseError>;
}

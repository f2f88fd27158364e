//! One life of the database: its generation, and the author of its staff's stamps.

use promise_protocol::Author;

use super::DatabaseError;

/// One life of a database. A restore begins a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generation {
    /// The generation, eight characters. A phone's cursor means something only within it.
    pub id: String,
    /// The author of stamps that staff take: new in each generation, so that no stamp is issued
    /// twice.
    pub staff_author: Author,
}

/// Reading and renewing the life.
pub trait Generations {
    /// The current life; `None` in a database that has none yet.
    fn generation(&mut self) -> Result<Option<Generation>, DatabaseError>;

    /// Begins a new life.
    fn set_generation(&mut self, life: &Generation) -> Result<(), DatabaseError>;
}

//! The database's generation. A restore from a backup begins a new one.

use promise_protocol::Author;

use crate::DatabaseError;

/// A generation of the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generation {
    /// Eight random characters. A phone's cursor is valid only within one generation.
    pub id: String,
    /// The author of the stamps that staff take. It is new in each generation, so that no stamp is
    /// issued twice.
    pub staff_author: Author,
}

/// The current generation.
pub trait Generations {
    /// Returns the current generation; `None` in a database that has none yet.
    fn generation(&mut self) -> Result<Option<Generation>, DatabaseError>;

    /// Begins a new generation.
    fn set_generation(&mut self, generation: &Generation) -> Result<(), DatabaseError>;
}

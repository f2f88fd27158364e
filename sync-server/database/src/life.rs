//! One life of the database: its generation, and the author of its staff's stamps.

use promise_protocol::Author;

use super::StoreError;

/// One life of a database. A restore begins a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Life {
    /// The generation, eight characters. A phone's cursor means something only within it.
    pub generation: String,
    /// The author of stamps that staff take: new in each generation, so that no stamp is issued
    /// twice.
    pub staff_author: Author,
}

/// Reading and renewing the life.
pub trait Lives {
    /// The current life; `None` in a database that has none yet.
    fn life(&mut self) -> Result<Option<Life>, StoreError>;

    /// Begins a new life.
    fn set_life(&mut self, life: &Life) -> Result<(), StoreError>;
}

//! Edits that the server refused, kept where the person can see them.

use promise_protocol::Cell;

use super::StoreError;

/// An edit that the server refused.
#[derive(Clone, Debug, PartialEq)]
pub struct QuarantinedCell {
    /// The edit.
    pub cell: Cell,
    /// The server's reason, such as `too_long`.
    pub reason: String,
    /// When it was refused, by this phone's clock, in milliseconds since 1970.
    pub at_millis: i64,
}

/// Stores refused edits.
pub trait QuarantineStore {
    /// Adds a refused edit.
    fn quarantine(&mut self, cell: &Cell, reason: &str, at_millis: i64) -> Result<(), StoreError>;
    /// Lists the refused edits in the order in which they were added.
    fn quarantined(&mut self) -> Result<Vec<QuarantinedCell>, StoreError>;
}

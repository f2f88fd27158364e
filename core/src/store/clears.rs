//! Sealed cells to be cleared on the server, because their key was replaced.

use promise_protocol::{Cell, CellKey, Stamp};

use super::StoreError;

/// Stores scheduled clears. Keys are those on the server, with the record's sealed id. A clear that
/// was sent stays here, so that it is sent again to a restored server.
pub trait ClearStore {
    /// Schedules a clear of a cell under this stamp. Has no effect if one is scheduled under a
    /// stamp that is not lower.
    fn schedule_clear(&mut self, key: &CellKey, stamp: &Stamp) -> Result<(), StoreError>;
    /// Cancels a clear, because it is to be sent again, or because the cell's key is in use.
    fn cancel_clear(&mut self, key: &CellKey) -> Result<(), StoreError>;
    /// Lists up to `limit` clears that were not sent, oldest first, as cells with the value `null`.
    fn scheduled_clears(&mut self, limit: usize) -> Result<Vec<Cell>, StoreError>;
    /// Gives `stamp` to the clears that were not sent and have a greater reading.
    fn restamp_clears(&mut self, stamp: &Stamp) -> Result<(), StoreError>;
    /// Records that the server cleared these cells.
    fn mark_cleared(&mut self, keys: &[CellKey]) -> Result<(), StoreError>;
}

//! The last import of allocations from a council's own systems.

use promise_protocol::ids::CouncilId;

use crate::DatabaseError;

/// The last import of a council that was applied. Nothing else is kept of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllocationImport {
    /// The council.
    pub council: CouncilId,
    /// When it was applied.
    pub at: i64,
    /// How many rows its file had: one that shrank is not applied unasked.
    pub rows: usize,
}

/// The last import of each council.
pub trait AllocationImports {
    /// Returns a council's last import.
    fn last_allocation_import(
        &mut self,
        council: &CouncilId,
    ) -> Result<Option<AllocationImport>, DatabaseError>;

    /// Stores an import in place of the council's last one.
    fn set_allocation_import(&mut self, import: &AllocationImport) -> Result<(), DatabaseError>;
}

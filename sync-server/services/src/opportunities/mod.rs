//! The opportunities of the draft: listing, adding, changing and removing them.

mod availability;
mod change;
mod table;
#[cfg(test)]
mod tests;

pub use availability::{availability, is_outdated};
pub use change::{PLACE_SEPARATOR, PLACES, SaveOutcome, add, remove, restore, save, set_status};
pub use promise_protocol::availability::{Availability, CLOSING_SOON_DAYS};
pub use table::{
    DraftChange, Filter, OpportunityRow, OpportunityTable, OpportunityView, Sort, TableQuery, find,
    list, list_outdated, remove_outdated,
};

/// An opportunity is outdated this many days after it ended.
pub const OUTDATED_DAYS: u64 = 30;

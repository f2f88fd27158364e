//! The opportunities of the draft: listing, adding, changing and removing them.

mod availability;
mod change;
mod table;
#[cfg(test)]
mod tests;

pub use availability::{Availability, availability, is_outdated};
pub use change::{PLACE_SEPARATOR, PLACES, SaveOutcome, add, remove, restore, save, set_status};
pub use table::{
    DraftChange, Filter, OpportunityRow, OpportunityTable, OpportunityView, Sort, TableQuery, find,
    list, list_outdated, remove_outdated,
};

/// An opportunity is outdated this many days after it ended.
pub const OUTDATED_DAYS: i64 = 30;

/// An opportunity closes soon from this many days before it closes.
pub const CLOSING_SOON_DAYS: i64 = 7;

//! Opportunities in the draft: finding one among hundreds, changing it, closing it, and clearing
//! away what is long over.

mod change;
mod state;
mod table;

pub use change::{PLACE_SEPARATOR, PLACES, SaveOutcome, add, remove, restore, save, set_status};
pub use state::{Availability, availability, is_outdated};
pub use table::{
    DraftChange, Filter, OpportunityRow, OpportunityTable, OpportunityView, Sort, TableQuery, find,
    list, list_outdated, remove_outdated,
};

/// For how many days after its end an opportunity is left alone.
pub const OUTDATED_DAYS: i64 = 30;

/// So many days before it closes, it closes soon.
pub const CLOSING_SOON_DAYS: i64 = 7;

#[cfg(test)]
mod tests;

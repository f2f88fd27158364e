//! Opportunities in the draft: finding one among hundreds, changing it, closing it, and clearing
//! away what is long over.

mod change;
mod state;
mod table;

pub use change::{BETWEEN, PLACES, Saved, add, put_back, remove, save, set_status};
pub use state::{State, is_old, state};
pub use table::{Change, One, Row, Sort, TableOf, Wanted, When, old, one, remove_old, table};

/// For how many days after its end an opportunity is left alone.
pub const OLD_DAYS: i64 = 30;

/// So many days before it closes, it closes soon.
pub const SOON_DAYS: i64 = 7;

#[cfg(test)]
mod tests;

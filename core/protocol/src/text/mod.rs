//! Text that people type and read: its direction, and the characters that change it.
//!
//! Text in one direction often contains telephone numbers, addresses, dates and amounts that read in
//! the other one. The bidirectional algorithm (Unicode Standard Annex #9) reorders the groups of such
//! a number, so that `020 7946 0101` in Arabic text shows as `0101 7946 020`. [`isolate`] and
//! [`runs`] keep them in order.

mod controls;
mod direction;
mod isolate;

pub use controls::{clean, clean_lines, neutralise, neutralise_value, plain};
pub use direction::Direction;
pub use isolate::{Run, isolate, runs};

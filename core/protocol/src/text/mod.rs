//! Text that people type and read: its direction, the characters that change it, which texts are the
//! same, and the order of lists.
//!
//! Text in one direction often contains telephone numbers, addresses, dates and amounts that read in
//! the other one. The bidirectional algorithm (Unicode Standard Annex #9) reorders the groups of such
//! a number, so that `020 7946 0101` in Arabic text shows as `0101 7946 020`. [`isolate`] and
//! [`runs`] keep them in order.

mod compare;
mod controls;
mod direction;
mod isolate;
mod order;

pub use compare::{is_same, key, password};
pub use controls::{
    clean, clean_lines, is_invisible, is_joiner, neutralise, neutralise_value, plain,
};
pub use direction::Direction;
pub use isolate::{Run, isolate, isolate_whole, runs};
pub use order::{SortKey, sort_key};

//! Sealing: what the young person keeps to themselves, carried by a server that cannot read it.
//!
//! Twelve [`Words`] that only the young person's phones hold make one [`AccountKey`]. Under it
//!
//! - [`seal`] turns one cell's value into a text, and [`open`] turns it back. The text opens only
//!   in the cell it was sealed for ([`Context`]), so a server that swaps, splices, renames or
//!   re-stamps cells is found out;
//! - [`AccountKey::sealed_name`] names a record, so that the name of a saved opportunity does not
//!   say which one it is;
//! - [`AccountKey::check_value`] tells whether somebody's words are the right ones.
//!
//! | key | from | lives |
//! |---|---|---|
//! | words, 128 bits | random bytes, once | under the platform's key, and on paper if wished |
//! | account key | words, council, person | in memory while the app runs |
//! | record key | account key, collection, record | while one cell is sealed or opened |
//! | naming key | account key | while one name is made |
//!
//! Each is wiped from memory when dropped, and none is ever printed. All of it is pure: nothing
//! here reads a clock, a file, a network or a source of randomness. `PRIVACY.md` beside this file
//! says what each party can see.

mod asked;
mod keys;
mod padding;
mod parts;
mod seal;
#[cfg(test)]
mod tests;
mod words;

pub use asked::Asked;
pub use keys::AccountKey;
pub use seal::{Context, OpenError, SealError, open, seal};
pub use words::{Words, WordsError};

//! Sealing: what the young person keeps to themselves, carried by a server that cannot read it.

mod asked;
mod keys;
mod parts;
mod words;

pub use asked::Asked;
pub use keys::AccountKey;
pub use words::{Words, WordsError};

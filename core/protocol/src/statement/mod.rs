//! What a council signs: how a phone, and a server that was restored, recognise what its staff wrote.
//!
//! A council has a key pair whose secret half is outside the database, and perhaps in another process.
//! Phones learn the public half when they are paired.

mod kinds;
mod order;
mod succession;
#[cfg(test)]
mod tests;

pub use kinds::{Statement, StatementKind};
pub use order::SignedOrder;
pub use succession::{CouncilKeyList, FollowedKeys, Succession};

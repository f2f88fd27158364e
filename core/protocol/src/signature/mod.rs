//! Signatures of a council (Ed25519, RFC 8032): how a phone, and a server that was restored, recognise
//! what a council's staff wrote.
//!
//! A council has a key pair whose secret half is outside the database, and perhaps in another process.
//! Phones learn the public half when they are paired. A [`Statement`] is what is signed.

mod key;
mod statement;
mod succession;
#[cfg(test)]
mod tests;

pub use key::{InvalidSeed, PublicKey, SEED_BYTES, Signature, SigningKey};
pub use statement::{Statement, StatementKind};
pub use succession::{CouncilKeyList, Succession};

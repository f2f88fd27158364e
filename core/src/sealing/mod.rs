//! Sealing: end-to-end encryption between the young person's phones, through a server that cannot
//! read it.
//!
//! A [`RecoveryPhrase`] that only the young person's phones hold makes one [`AccountKey`]. Under it
//!
//! - [`seal`] turns one cell's value into a text, and [`open`] turns it back. The text opens only
//!   in the cell it was sealed for ([`Context`]), so a server that swaps, splices, renames or
//!   re-stamps cells is found out;
//! - [`AccountKey::sealed_id`] gives a record another id, so that the id of a saved opportunity does
//!   not reveal which one it is;
//! - [`AccountKey::check_value`] shows whether a phrase is the person's;
//! - [`AccountKey::owner_key`] certifies the account key that follows it, in the person's
//!   [`KeyHistory`](promise_protocol::KeyHistory).
//!
//! | key | derived from | where it is |
//! |---|---|---|
//! | recovery phrase, 128 bits | random bytes, once | under the platform's key, and on paper if wished |
//! | account key | phrase, council, person | in memory while the app runs |
//! | record key | account key, collection, record | in memory while one cell is sealed or opened |
//! | key of sealed ids | account key | in memory while one id is made |
//! | owner key (Ed25519), which certifies the next account key | account key | in memory while its public half is made, and while one step is certified |
//! | phone key (Ed25519), which proves that a request is of this phone | random bytes, at each pairing | under the platform's key |
//!
//! Each is wiped from memory when dropped, but for the owner key and the phone key while they sign, which are in
//! the memory of the library that signs. None is ever printed. Everything here but [`HandoverKey::generate`] and
//! [`PhoneKey::generate`] is pure: it reads no clock, file,
//! network or source of randomness. `PRIVACY.md` beside this file describes what each party can see.
//!
//! A [`HandoverKey`] of each of two phones hands the phrase from one to the other. `ring` does not wipe the
//! secret half, which is used once and opens nothing later.

mod challenge;
mod handover;
mod keys;
mod padding;
mod parts;
mod phone_key;
mod recovery_phrase;
mod seal;
#[cfg(test)]
mod tests;

pub use challenge::PhraseChallenge;
pub use handover::{HandoverKey, HandoverSecret, InvalidKey, NoRandomBytes};
pub use keys::AccountKey;
pub use phone_key::PhoneKey;
pub use recovery_phrase::{RecoveryPhrase, RecoveryPhraseError};
pub use seal::{Context, OpenError, SealError, open, seal};

//! Properties of sealing as a whole.

mod attacks;
mod handover;
mod known_answers;
mod round_trip;

use super::{AccountKey, Context, RecoveryPhrase};
use promise_protocol::Stamp;

fn key(seed: u8) -> AccountKey {
    AccountKey::derive(&RecoveryPhrase::from_entropy(&[seed; 16]), "barnet", "ada")
}

fn stamp() -> Stamp {
    "0cr2sk0g00000-p0123abcd".parse().unwrap()
}

fn note(stamp: &Stamp) -> Context<'_> {
    Context {
        council: "barnet",
        person: "ada",
        collection: "contact",
        record: "0123456789abc",
        field: "note",
        stamp,
    }
}

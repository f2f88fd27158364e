//! A seeded simulation of phones, a server and a bad network.
//!
//! It runs the same engine and server functions as the product, on the same SQLite stores, with
//! messages that are lost, repeated, late and out of order, phones that are killed, clocks that are
//! 40 years wrong, jump or stand still, and a server that is restored from old backups. After each
//! step, and once more after the faults have stopped, it checks the invariants of `PROTOCOL.md`.
//! One seed is one story, which always goes the same way.

mod checks;
mod clears;
mod clock;
mod fresh_start;
mod key_attacks;
mod keys;
mod leaving;
mod ledger;
mod lies;
mod limited;
mod pairing;
mod phone;
mod private;
mod rotation;
mod server;
mod steps;
mod token_thief;
mod world;

use std::fmt;

use promise_protocol::fault_injection::{self, Fault};

pub use world::Counts;

/// A violated invariant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The seed of the story.
    pub seed: u64,
    /// The step at which it was found.
    pub step: usize,
    /// The number of the invariant in `PROTOCOL.md`.
    pub invariant: u8,
    /// What was found.
    pub seen: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, step, invariant, seen } = self;
        write!(f, "seed {seed}, step {step}: invariant {invariant}: {seen}")
    }
}

/// Plays the story of one seed, with a fault injected if one is given.
pub fn play(seed: u64, steps: usize, fault: Option<Fault>) -> Result<Counts, Failure> {
    fault_injection::inject(fault);
    let mut world = world::World::new(seed);
    let result = world.play(steps);
    fault_injection::inject(None);
    result.map(|()| world.counts).map_err(|(invariant, seen)| Failure {
        seed,
        step: world.step,
        invariant,
        seen,
    })
}

/// The result of a step or a check; the error is the number of an invariant and what was found.
type Checked = Result<(), (u8, String)>;

/// Fails with an invariant's number unless `holds`.
fn check(holds: bool, invariant: u8, seen: impl FnOnce() -> String) -> Checked {
    if holds { Ok(()) } else { Err((invariant, seen())) }
}

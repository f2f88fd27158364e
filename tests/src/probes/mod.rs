//! Probes: random requests by signed-in callers for data that is not theirs. None of it may be in a
//! response, and none of it may change.
//!
//! Every person's texts contain a random mark of their own. A mark of a person out of reach is a
//! find on any page, so a probe need not know what a route returns.

mod ask;
mod signing;
mod world;

use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::{StreamExt, stream};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use ask::Asker;
pub use world::World;

/// Requests in flight.
const AT_ONCE: usize = 16;

/// The result of a series of probes.
#[derive(Clone, Debug, Default)]
pub struct Probed {
    /// How many probes were sent.
    pub count: u64,
    /// How many got a page, which was searched for marks.
    pub answered: u64,
    /// What should not have happened. Empty if there is no fault.
    pub finds: Vec<String>,
}

/// Sends so many probes. The same seed gives the same probes.
pub fn probe(world: &World, count: u64, seed: u64) -> Probed {
    let (answered, asker) = (AtomicU64::new(0), Asker::new(world));
    let before = world.state();
    let one = |number: u64| {
        let (asker, answered) = (&asker, &answered);
        async move {
            let mut chance = ChaCha8Rng::seed_from_u64(seed.wrapping_mul(1_000_003) + number);
            let answer = asker.ask(&mut chance).await;
            if answer.status == 200 {
                answered.fetch_add(1, Ordering::Relaxed);
            }
            answer.find(world).map(|what| format!("probe {number} of seed {seed}: {what}"))
        }
    };
    let mut finds: Vec<String> = world.block_on(
        stream::iter(0..count)
            .map(one)
            .buffer_unordered(AT_ONCE)
            .filter_map(|found| async move { found })
            .collect(),
    );
    finds.extend(world.changed(&before));
    Probed { count, answered: answered.into_inner(), finds }
}

//! Probes: requests at random, by people who are signed in, for what is not theirs. Nothing of it
//! may come back, and nothing of it may change.
//!
//! What belongs to whom is told by marks: everybody's words hold one of their own, made up by
//! chance. So no probe has to know what a route answers: a mark of somebody out of reach is a find,
//! whatever the page.

mod ask;
mod world;

use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::{StreamExt, stream};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use ask::Asker;
pub use world::World;

/// Requests at a time.
const AT_ONCE: usize = 16;

/// What some probes came to.
#[derive(Clone, Debug, Default)]
pub struct Probed {
    /// How many there were.
    pub count: u64,
    /// How many got a page, and had to be looked through.
    pub answered: u64,
    /// What should not have been: empty, if all is well.
    pub finds: Vec<String>,
}

/// Sends so many probes. The same seed makes the same ones.
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

//! 100,000 probes for other people's data. None may find any.
//!
//! `cargo bench -p promise-tests --bench probes`

use std::time::Instant;

use promise_tests::probes::{World, probe};

const PROBES: u64 = 100_000;

fn main() {
    let (world, seed, begun) = (World::new(), rand::random(), Instant::now());
    let probed = probe(&world, PROBES, seed);
    let seconds = begun.elapsed().as_secs_f64();
    println!(
        "seed {seed}: {} probes in {seconds:.1} s, {} of them got a page; found: {}",
        probed.count,
        probed.answered,
        probed.finds.len()
    );
    assert!(probed.finds.is_empty(), "{:#?}", &probed.finds[..probed.finds.len().min(20)]);
}

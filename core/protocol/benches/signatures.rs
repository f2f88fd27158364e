//! A million forgeries, none of which may be accepted: `cargo bench -p promise-protocol --bench signatures`.
//! Another number of them: `cargo bench -p promise-protocol --bench signatures -- 20000`.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a benchmark that fails may stop")]
#![allow(clippy::print_stdout, reason = "it reports what it tried")]

#[path = "../tests/signatures/forge/mod.rs"]
mod forge;

use std::{process::ExitCode, time::Instant};

const FORGERIES: usize = 1_000_000;

fn main() -> ExitCode {
    let (count, started) = (count(), Instant::now());
    let tally = forge::forge(count, 100);
    for (title, counts) in [("Forged", tally.by_kind()), ("How", tally.by_sort())] {
        println!("{title}:");
        for (name, tried) in counts {
            println!("{tried:>9}  {name}");
        }
    }
    let (tried, accepted) = (tally.count(), tally.accepted());
    let seconds = started.elapsed().as_secs_f64();
    println!("{tried} forgeries in {seconds:.1} s, {} accepted", accepted.len());
    accepted.iter().take(20).for_each(|what| println!("accepted: {what}"));
    if accepted.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The number in the command line. `cargo test --benches` runs this too, and wants a share.
fn count() -> usize {
    let mut arguments = std::env::args().skip(1);
    let named = arguments.find_map(|argument| argument.parse().ok());
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    named.unwrap_or(if is_bench { FORGERIES } else { 1_000 })
}

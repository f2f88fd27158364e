//! Checks many random weeks of opening hours against an oracle that looks at every minute.
//!
//! `cargo run -p promise-tests --bin opening_hours -- --weeks 200000`

use std::{process::ExitCode, thread, time::Instant};

use clap::Parser;
use promise_tests::opening_hours::check_seed;

/// Checks random weeks of opening hours: how they are read, and when no line is open.
#[derive(Parser)]
struct Options {
    /// The first seed.
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// How many weeks.
    #[arg(long, default_value_t = 200_000)]
    weeks: u64,
    /// Threads.
    #[arg(long, default_value_t = 2)]
    threads: u64,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let started = Instant::now();
    let wrong: Vec<String> = thread::scope(|scope| {
        let threads: Vec<_> = (0..options.threads)
            .map(|thread| {
                let seeds = (options.from..options.from + options.weeks)
                    .filter(move |seed| seed % options.threads == thread);
                scope.spawn(|| seeds.filter_map(|seed| check_seed(seed).err()).collect::<Vec<_>>())
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
    });
    for wrong in wrong.iter().take(5) {
        eprintln!("{wrong}");
    }
    let seconds = started.elapsed().as_secs_f64();
    println!("{} weeks, {} wrong, {seconds:.0} s", options.weeks, wrong.len());
    if wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

//! Checks who answers in many random councils against an oracle that knows every minute.
//!
//! `cargo run --release -p promise-tests --bin ring_now -- --every-minute 20 --councils 10000`

use std::{process::ExitCode, thread, time::Instant};

use clap::Parser;
use promise_tests::ring_now::{Calendar, check_every_minute, check_moments};

/// Checks who answers in random councils: at every minute of a year, and at random moments of three.
#[derive(Parser)]
struct Options {
    /// The first seed.
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// How many councils at every minute of 2026.
    #[arg(long, default_value_t = 20)]
    every_minute: u64,
    /// How many councils at random moments of 2026 to 2028.
    #[arg(long, default_value_t = 10_000)]
    councils: u64,
    /// How many moments for each of them.
    #[arg(long, default_value_t = 2_000)]
    moments: u32,
    /// Threads. Each needs some 200 MB.
    #[arg(long, default_value_t = 2)]
    threads: u64,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let year = Calendar::new("2026-01-01", 365);
    let every_minute = |seed| check_every_minute(seed, &year);
    let found_every_minute = run(&options, options.every_minute, "every minute", every_minute);
    let years = Calendar::new("2026-01-01", 3 * 365 + 1);
    let moments = |seed| check_moments(seed, &years, options.moments);
    let found_moments = run(&options, options.councils, "random moments", moments);
    if found_every_minute + found_moments == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Checks so many councils, prints the first that are wrong, and returns how many are.
fn run(
    options: &Options,
    councils: u64,
    what: &str,
    check: impl Fn(u64) -> Result<(), String> + Sync,
) -> usize {
    let started = Instant::now();
    let check = &check;
    let wrong: Vec<String> = thread::scope(|scope| {
        let threads: Vec<_> = (0..options.threads)
            .map(|thread| {
                let seeds = (options.from..options.from + councils)
                    .filter(move |seed| seed % options.threads == thread);
                scope.spawn(move || seeds.filter_map(|seed| check(seed).err()).collect::<Vec<_>>())
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("no panic")).collect()
    });
    for wrong in wrong.iter().take(5) {
        eprintln!("{wrong}");
    }
    let seconds = started.elapsed().as_secs_f64();
    println!("{councils} councils at {what}: {} wrong, {seconds:.0} s", wrong.len());
    wrong.len()
}

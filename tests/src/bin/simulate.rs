//! Plays many stories of the simulation, and measures how fast.
//!
//! `cargo run --release -p promise-tests --features simulation --bin simulate -- --seeds 20000`

use std::{
    process::ExitCode,
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::Instant,
};

use clap::Parser;
use promise_protocol::fault_injection::Fault;
use promise_tests::simulation::{Failure, play};

/// Plays stories of phones, a server and a bad network, and checks the protocol's invariants.
#[derive(Parser)]
struct Options {
    /// The first seed.
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// How many seeds.
    #[arg(long, default_value_t = 1000)]
    seeds: u64,
    /// How far each seed is from the one before.
    #[arg(long, default_value_t = 1)]
    every: u64,
    /// Steps in each story.
    #[arg(long, default_value_t = 200)]
    steps: usize,
    /// Threads.
    #[arg(long, default_value_t = 2)]
    threads: u64,
    /// Injects each fault in turn instead, and prints after how many seeds it was found.
    #[arg(long)]
    faults: bool,
    /// Injects only the fault of this name.
    #[arg(long, value_name = "NAME", requires = "faults")]
    fault: Option<String>,
}

fn main() -> ExitCode {
    let options = Options::parse();
    if options.faults { find_faults(&options) } else { play_all(&options) }
}

fn play_all(options: &Options) -> ExitCode {
    let started = Instant::now();
    let next = AtomicU64::new(0);
    let failures: Vec<Failure> = thread::scope(|scope| {
        let workers: Vec<_> = (0..options.threads)
            .map(|_| {
                scope.spawn(|| {
                    let seeds = std::iter::from_fn(|| {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        (number < options.seeds).then_some(options.from + number * options.every)
                    });
                    seeds
                        .filter_map(|seed| play(seed, options.steps, None).err())
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    });
    let seconds = started.elapsed().as_secs_f64();
    for failure in failures.iter().take(20) {
        println!("{failure}");
    }
    let Options { seeds, steps, threads, .. } = options;
    #[expect(clippy::cast_precision_loss, reason = "a rate for reading")]
    let rate = *seeds as f64 / seconds;
    println!(
        "{seeds} seeds of {steps} steps, {} failed; {seconds:.1} s on {threads} threads, {rate:.0} seeds/s",
        failures.len()
    );
    if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn find_faults(options: &Options) -> ExitCode {
    let mut missed = 0;
    let is_chosen =
        |fault: &Fault| options.fault.as_ref().is_none_or(|name| format!("{fault:?}") == *name);
    for fault in Fault::ALL.into_iter().filter(is_chosen) {
        let seeds = (0..options.seeds).map(|number| options.from + number * options.every);
        let found = seeds.into_iter().find_map(|seed| play(seed, options.steps, Some(fault)).err());
        if let Some(failure) = found {
            println!("{fault:?}: {failure}");
        } else {
            missed += 1;
            println!("{fault:?}: NOT FOUND in {} seeds", options.seeds);
        }
    }
    if missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

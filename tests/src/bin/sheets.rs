//! Reads many generated sheets and compares each with its records.
//!
//! `cargo run --release -p promise-tests --bin sheets -- --seeds 10000`

use std::process::ExitCode;

use clap::Parser;
use promise_tests::sheets::check;

/// Reads generated sheets and prints the seeds whose sheet was read wrongly.
#[derive(Parser)]
struct Options {
    /// The first seed.
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// How many seeds.
    #[arg(long, default_value_t = 10_000)]
    seeds: u64,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let seeds = options.from..options.from + options.seeds;
    let wrong = seeds.filter(|seed| match check(*seed) {
        Ok(()) => false,
        Err(wrong) => {
            println!("seed {seed}: {wrong}");
            true
        }
    });
    let wrong = wrong.count();
    println!("{} sheets, {wrong} wrong", options.seeds);
    if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

//! Compares random spellings of telephone numbers with a numbering library: `cargo run --example
//! phone_spellings -- 100000`. Prints the differences, and fails if there are any.

#[path = "../tests/phone_numbers/oracle.rs"]
mod oracle;
#[path = "../tests/phone_numbers/spelling.rs"]
mod spelling;

use std::{env, io::Write, process::ExitCode};

/// How many spellings are compared unless the argument says otherwise.
const DEFAULT: u64 = 100_000;

fn main() -> ExitCode {
    let count = env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(DEFAULT);
    let mut out = std::io::stdout().lock();
    let (mut tally, mut wrong) = (oracle::Tally::default(), 0_u64);
    for seed in 0..count {
        let compared = oracle::check(seed);
        if let Err(difference) = &compared {
            wrong += 1;
            let _ = writeln!(out, "{difference}");
        }
        tally.add(&compared);
    }
    let _ = writeln!(out, "{count} spellings, {wrong} wrong; {tally:?}");
    if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

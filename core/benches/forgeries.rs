//! A million forged cells and a million forged phrases between two phones, none of which may open:
//! `cargo bench -p promise-core --bench forgeries`. Another number: `... --bench forgeries -- 20000`.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a benchmark that fails may stop")]
#![allow(clippy::print_stdout, reason = "it reports what it tried")]

#[path = "../tests/common/forge/mod.rs"]
mod forge;

use std::{process::ExitCode, thread, time::Instant};

use promise_core::sealing;

const FORGERIES: usize = 1_000_000;

fn main() -> ExitCode {
    let (count, started) = (count(), Instant::now());
    let (cells, phrases) = thread::scope(|scope| {
        let phrases = scope.spawn(move || forge::forge_handovers(count, 1));
        let cells = forge::forge_cells(count, 1);
        (cells, phrases.join().expect("they are tried to the end"))
    });
    for (title, tally) in [("Cells", &cells), ("Phrases between two phones", &phrases)] {
        println!("{title}: {} accepted", tally.accepted.len());
        for (name, tried) in &tally.tried {
            println!("{tried:>9}  {name}");
        }
        tally.accepted.iter().take(20).for_each(|what| println!("accepted: {what}"));
    }
    println!("{count} of each in {:.1} s", started.elapsed().as_secs_f64());
    let is_sound = cells.accepted.is_empty() && phrases.accepted.is_empty();
    if is_sound { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The number in the command line. `cargo test --benches` runs this too, and wants a share.
fn count() -> usize {
    let mut arguments = std::env::args().skip(1);
    let named = arguments.find_map(|argument| argument.parse().ok());
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    named.unwrap_or(if is_bench { FORGERIES } else { 1_000 })
}

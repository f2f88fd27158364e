//! A million forgeries, none of which may verify: `cargo bench -p promise-protocol --bench signatures`.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a benchmark that fails may stop")]
#![allow(clippy::print_stdout, reason = "it reports what it tried")]

#[path = "../tests/signatures/forge.rs"]
mod forge;

use std::time::Instant;

const FORGERIES: usize = 1_000_000;

fn main() {
    // `cargo test --benches` runs this too, and wants a share.
    let is_test = !std::env::args().any(|argument| argument == "--bench");
    let count = if is_test { 1_000 } else { FORGERIES };
    let (started, threads) = (Instant::now(), 2);
    std::thread::scope(|scope| {
        for seed in 0..threads {
            let share = count / usize::try_from(threads).expect("few");
            scope.spawn(move || forge::forge(share, 100 + seed));
        }
    });
    println!("{count} forgeries, none verified; {:.1} s", started.elapsed().as_secs_f64());
}

//! The speed of sealing. Run it with `cargo bench -p promise-core --bench sealing`.

#![allow(clippy::expect_used, reason = "a benchmark that fails may stop")]

use divan::{Bencher, black_box};
use promise_core::sealing::{AccountKey, Context, RecoveryPhrase, open, seal};
use promise_protocol::Stamp;
use serde_json::{Value, json};

const LENGTHS: [usize; 3] = [7, 40, 4000];

fn main() {
    divan::main();
}

/// Seals a text of this many characters.
#[divan::bench(args = LENGTHS)]
fn seal_text(bencher: Bencher<'_, '_>, length: usize) {
    let (key, stamp, value) = (key(), stamp(), text(length));
    bencher.bench_local(|| seal(&key, &cell(&stamp), black_box(&value)).expect("it seals"));
}

/// Opens a sealed text of this many characters.
#[divan::bench(args = LENGTHS)]
fn open_text(bencher: Bencher<'_, '_>, length: usize) {
    let (key, stamp) = (key(), stamp());
    let sealed = seal(&key, &cell(&stamp), &text(length)).expect("it seals");
    bencher.bench_local(|| open(&key, &cell(&stamp), black_box(&sealed)).expect("it opens"));
}

/// Computes one sealed id.
#[divan::bench]
fn sealed_id(bencher: Bencher<'_, '_>) {
    let key = key();
    bencher.bench_local(|| key.sealed_id("saved", black_box("opportunity-17")));
}

fn key() -> AccountKey {
    AccountKey::derive(&RecoveryPhrase::from_entropy(&[7; 16]), "barnet", "ada")
}

fn stamp() -> Stamp {
    "0cr2sk0g00000-p0123abcd".parse().expect("it is a stamp")
}

fn text(length: usize) -> Value {
    json!("x".repeat(length))
}

fn cell(stamp: &Stamp) -> Context<'_> {
    Context {
        council: "barnet",
        person: "ada",
        collection: "contact",
        record: "0123456789abc",
        field: "note",
        stamp,
    }
}

//! The speed of a phone with a whole edition: 60 pledges, 500 opportunities and 8 contacts. Run it
//! with `cargo bench -p promise-core --bench phone`.

#![allow(clippy::expect_used, reason = "a benchmark that fails may stop")]

#[path = "../tests/common/mod.rs"]
mod common;

use common::{Pocket, Published, contact, key, opportunity, pledge, small_edition};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// The first sync after pairing: everything is fetched, stored, indexed and shown.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn first_sync(bencher: Bencher<'_, '_>) {
    let published = whole_edition();
    bencher
        .with_inputs(|| {
            let pocket = Pocket::paired();
            pocket.server.publish(&published, 1);
            pocket
        })
        .bench_values(|pocket| {
            pocket.receive(contacts());
            pocket.sync().expect("it syncs");
            pocket
        });
}

/// From opening the app until the promise can be read.
#[divan::bench(sample_count = 30, sample_size = 1)]
fn cold_open(bencher: Bencher<'_, '_>) {
    let pocket = full_pocket();
    pocket.phone.pause();
    let path = pocket.path();
    bencher.bench_local(|| {
        let phone = pocket.open(&path, key()).expect("it opens");
        black_box(phone.promise().read().expect("it reads"))
    });
}

/// A search by two words, of which the last is unfinished.
#[divan::bench(sample_count = 50, sample_size = 5)]
fn search(bencher: Bencher<'_, '_>) {
    let pocket = full_pocket();
    bencher.bench_local(|| black_box(pocket.phone.search("course lond").expect("it finds")));
}

/// The list of all open opportunities.
#[divan::bench(sample_count = 30, sample_size = 1)]
fn list(bencher: Bencher<'_, '_>) {
    let pocket = full_pocket();
    let all = promise_core::OpportunityFilter::default();
    bencher.bench_local(|| black_box(pocket.phone.opportunities().list(&all).expect("it reads")));
}

fn full_pocket() -> Pocket {
    let pocket = Pocket::showing(&whole_edition());
    pocket.receive(contacts());
    pocket
}

fn contacts() -> Vec<promise_protocol::Change> {
    (0..8).map(|n| contact(&format!("c{n}"), &format!("Worker {n}"))).collect()
}

fn whole_edition() -> Published {
    let mut published = small_edition();
    let promised = "The council pays this once, when you move, and helps you to choose well. ";
    published.promise.pledges.0 = (0..60)
        .map(|n| {
            let section = if n % 2 == 0 { "home" } else { "money" };
            pledge(&format!("p{n}"), section, &format!("Pledge {n}"), &promised.repeat(3))
        })
        .collect();
    let offered = "A free course in London for people who were in care, with travel and lunch. ";
    published.opportunities.opportunities.0 = (0..500)
        .map(|n| {
            let title = format!("Course {n} in skill {}", n % 37);
            opportunity(&format!("o{n}"), &title, "training", &offered.repeat(4))
        })
        .collect();
    published
}

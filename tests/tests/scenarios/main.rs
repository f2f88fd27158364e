//! The scenarios of `scenarios.md`, from Rust: the calls of Kotlin and Swift, against a real
//! server.

mod app_lock;
mod broken;
mod news;
mod pairing;
mod private;
mod reading;
mod ring_now;
mod rough;
mod storage;
mod world;
mod writing;

use std::{fs, path::Path};

use world::World;

/// A scenario's name and its function.
type Scenario = (&'static str, fn(&mut World));

fn table() -> Vec<String> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios.md"));
    let text = text.expect("the table is there");
    let names = text.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    names.map(|(name, _)| name.to_owned()).collect()
}

fn suite() -> Vec<Scenario> {
    let parts = [
        pairing::SCENARIOS,
        reading::SCENARIOS,
        news::SCENARIOS,
        ring_now::SCENARIOS,
        writing::SCENARIOS,
        private::SCENARIOS,
        app_lock::SCENARIOS,
        broken::SCENARIOS,
        storage::SCENARIOS,
        rough::SCENARIOS,
    ];
    parts.concat()
}

#[test]
fn suite_has_the_scenarios_of_the_table() {
    let mut ours: Vec<String> = suite().iter().map(|(name, _)| (*name).to_owned()).collect();
    let mut table = table();
    assert!(table.len() >= 25);
    table.sort();
    ours.sort();
    assert_eq!(ours, table);
}

#[test]
fn every_scenario() {
    for (name, play) in suite() {
        println!("{name}");
        play(&mut World::new());
    }
}

//! The scenarios of `scenarios.md`, from Rust: what Kotlin and Swift call, against a real server.

mod broken;
mod pairing;
mod private;
mod reading;
mod rough;
mod storage;
mod world;
mod writing;

use std::{fs, path::Path};

use world::World;

/// A scenario's name, and what happens.
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
        writing::SCENARIOS,
        private::SCENARIOS,
        broken::SCENARIOS,
        storage::SCENARIOS,
        rough::SCENARIOS,
    ];
    parts.concat()
}

#[test]
fn the_table_and_this_suite_have_the_same_scenarios() {
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

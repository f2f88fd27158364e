//! The architecture page is true: the drawing of crates, and no circles between folders.

mod folders;
mod imports;
mod source;

use std::collections::{BTreeMap, BTreeSet};

use folders::circles;
use source::workspace;

const README: &str = include_str!("../../../README.md");

/// Reads the README's drawing: `core --> protocol & sqlite-support`.
fn drawn() -> BTreeMap<String, BTreeSet<String>> {
    let (_, after) = README.split_once("```mermaid").expect("the README has a drawing");
    let (drawing, _) = after.split_once("```").expect("the drawing ends");
    let mut arrows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in drawing.lines().filter(|line| line.contains("-->")) {
        let (from, to) = line.split_once("-->").expect("an arrow has two ends");
        let package = |name: &str| format!("promise-{}", name.trim());
        arrows.entry(package(from)).or_default().extend(to.split('&').map(package));
    }
    arrows
}

#[test]
fn readme_drawing_matches_cargo_metadata() {
    let crates = workspace();
    let real: BTreeMap<_, _> = crates
        .into_iter()
        .filter(|it| !it.depends_on.is_empty())
        .map(|it| (it.name, it.depends_on))
        .collect();
    assert_eq!(drawn(), real, "the README's drawing, and what cargo metadata says");
}

#[test]
fn no_folders_use_each_other_in_a_circle() {
    let found: Vec<_> = workspace().iter().flat_map(circles).collect();
    let lines: Vec<String> =
        found.iter().map(|it| format!("{}:\n  {}", it.name, it.links.join("\n  "))).collect();
    assert!(found.is_empty(), "{} circles:\n{}", found.len(), lines.join("\n"));
}

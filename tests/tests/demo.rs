//! `cargo demo -- --once` as a newcomer runs it.

use std::process::Command;

fn demo(options: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_demo")).args(options).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    said
}

#[test]
fn the_story_is_true_and_ends() {
    let said = demo(&["--once"]);
    for shown in ["+447700900456", "no signal", "edition 2", "bytes"] {
        assert!(said.contains(shown), "{shown} in:\n{said}");
    }
}

#[test]
fn machines_read_every_line() {
    let said = demo(&["--once", "--json"]);
    let lines: Vec<serde_json::Value> =
        said.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    assert!(lines.iter().filter(|line| line.get("bytes_down").is_some()).count() >= 5);
}

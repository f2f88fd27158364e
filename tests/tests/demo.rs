//! `cargo demo -- --once` as a new developer runs it.

use std::process::Command;

fn demo(options: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_demo")).args(options).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{printed}\n{}", String::from_utf8_lossy(&output.stderr));
    printed
}

#[test]
fn demo_runs_to_its_end() {
    let printed = demo(&["--once"]);
    let shown = [
        "+447700900456",
        "no signal",
        "edition 2",
        "bytes",
        "This phone may not do that yet",
        "+447700900999, which the council did not sign",
        "still shows Jo: +447700900456",
    ];
    for shown in shown {
        assert!(printed.contains(shown), "{shown} in:\n{printed}");
    }
}

#[test]
fn json_output_parses_line_by_line() {
    let printed = demo(&["--once", "--json"]);
    let lines: Vec<serde_json::Value> =
        printed.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    assert!(lines.iter().filter(|line| line.get("bytes_down").is_some()).count() >= 5);
}

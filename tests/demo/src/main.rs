//! `cargo demo`: prints what is about to be built, installs what the build needs, and runs the
//! demo.
//!
//! It has no dependencies, so that it starts within a second or two on a fresh machine, where
//! building the demo takes minutes.

use std::{
    env,
    path::Path,
    process::{Command, ExitCode},
};

fn main() -> ExitCode {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    if !target.join("debug/demo").exists() {
        println!(
            "Building a server and a phone, with SQLite, SQLCipher and the part of OpenSSL it uses. The first\n\
             build takes about ten minutes on two cores; the next ones take seconds."
        );
    }
    if !run(Command::new(root.join("tests/setup")).arg("build")) {
        return ExitCode::FAILURE;
    }
    let mut demo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    demo.args(["run", "--bin", "demo", "--"]).args(env::args_os().skip(1)).current_dir(root);
    // The variables that cargo sets for this package are wrong for the build that follows, and some
    // build scripts would run again because of them.
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"]
            .iter()
            .any(|prefix| text.starts_with(prefix))
        {
            demo.env_remove(&name);
        }
    }
    if run(&mut demo) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Returns `true` if the command ran and succeeded.
fn run(command: &mut Command) -> bool {
    match command.status() {
        Ok(status) => status.success(),
        Err(error) => {
            eprintln!("{}: {error}", command.get_program().to_string_lossy());
            false
        }
    }
}

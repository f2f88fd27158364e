//! The server conforms to `/openapi.json`: schemathesis sends valid and invalid requests from the
//! description, and no response may be a server failure or undescribed.
//!
//! It needs Python's `python3-venv` (Debian's package); the versions are in `tests/openapi`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use promise_tests::harness::{COUNCIL, TestServer};

/// Requests that are generated for each route and phase: enough for every field, in a bounded time.
const EXAMPLES: &str = "25";

/// Returns the path of the program. Installs it beside the build if it is missing or another
/// version.
fn schemathesis() -> PathBuf {
    let wanted = here().join("requirements.txt");
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("schemathesis");
    let installed = home.join("requirements.txt");
    if fs::read(&installed).ok() != fs::read(&wanted).ok() {
        run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&home));
        let mut pip = Command::new(home.join("bin/pip"));
        run(pip.args(["install", "--quiet", "--no-deps", "--requirement"]).arg(&wanted));
        fs::copy(&wanted, &installed).unwrap();
    }
    home.join("bin/schemathesis")
}

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi")
}

fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let printed = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{command:?}\n{}", String::from_utf8_lossy(&printed));
}

#[test]
fn server_conforms_to_its_openapi_description() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::behind_proxy();
    server.publish(&TestServer::council_folder());
    let person = server.add_person();
    let program = schemathesis();
    let (token, _) = server.pair_without_phone(&person);
    let (_, other) = server.pair_without_phone(&person);
    let other = other.author;
    let packs = server.transact(|tx| Ok(tx.newest_edition(&COUNCIL.into())?));
    let pack = packs.unwrap().packs.into_values().next().unwrap();
    let config = folder.path().join("schemathesis.toml");
    // Values that exist, beside the generated ones.
    let names = format!("[parameters]\n\"path.hash\" = \"{pack}\"\n\"path.phone\" = \"{other}\"\n");
    fs::write(&config, names).unwrap();
    let checks = "not_a_server_error,status_code_conformance,content_type_conformance,\
                  response_headers_conformance,response_schema_conformance";
    let config = config.to_str().unwrap();
    for (token, with_names) in [(token.as_str(), true), (&token, false), ("none", true)] {
        let mut command = Command::new(&program);
        command.current_dir(folder.path()).env("SCHEMATHESIS_HOOKS", here().join("hooks.py"));
        if with_names {
            command.args(["--config-file", config]);
        }
        command
            .args(["run", &format!("{}/openapi.json", server.url()), "--no-color"])
            .args(["--header", &format!("Authorization: Bearer {token}")])
            // Requests without a content type get responses without one, to save bytes.
            .args(["--header", "Content-Type: application/json"])
            .args(["--checks", checks, "--max-examples", EXAMPLES])
            .args(["--phases", "examples,coverage,fuzzing", "--seed", "1"])
            .args(["--request-timeout", "10"]);
        // With a valid token, the stream of nudges never ends.
        if token != "none" {
            command.args(["--exclude-path", "/v1/events"]);
        }
        run(&mut command);
    }
}

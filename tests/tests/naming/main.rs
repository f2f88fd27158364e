//! The code keeps to its vocabulary: no replaced term returns in an identifier or a comment.
//!
//! Strings are not checked, because users' texts have rules of their own. Neither are tests.

mod terms;
mod text;

use std::{path::Path, process::Command};

use terms::{ALLOWED, CODE, COMMENTS, Term};
use text::{Language, split};

/// Every checked file, as git lists it, relative to the workspace.
fn files() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let output = Command::new("git")
        .args(["ls-files", "*.rs", "*.kt", "*.swift", "*.sql"])
        .current_dir(root)
        .output()
        .expect("git runs");
    let listed = String::from_utf8(output.stdout).expect("UTF-8");
    listed.lines().filter(|file| !is_test(file)).map(str::to_owned).collect()
}

fn is_test(file: &str) -> bool {
    let in_test_folder =
        file.split('/').any(|part| ["tests", "test", "Tests", "benches"].contains(&part));
    in_test_folder || file.ends_with("tests.rs") || file.ends_with("fixture.rs")
}

fn broken(file: &str, part: &str, text: &str, terms: &[Term]) -> Vec<String> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for term in terms.iter().filter(|term| term.is_in(line)) {
            let allowed = ALLOWED.iter().any(|it| file.starts_with(it.file) && it.term == term.old);
            if !allowed {
                let (old, new) = (term.old, term.new);
                found.push(format!("{file}:{}: {part} has `{old}`, write {new}", number + 1));
            }
        }
    }
    found
}

#[test]
fn replaced_terms_stay_out_of_code_and_comments() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let files = files();
    assert!(files.len() > 300, "{} files", files.len());
    let mut found = Vec::new();
    for file in files {
        let Ok(source) = std::fs::read_to_string(root.join(&file)) else { continue };
        let parts = split(&source, Language::of(&file));
        found.extend(broken(&file, "code", &parts.code, CODE));
        found.extend(broken(&file, "a comment", &parts.comments, COMMENTS));
    }
    assert!(found.is_empty(), "{} places:\n{}", found.len(), found.join("\n"));
}

#[test]
fn every_exception_is_still_needed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let files = files();
    for exception in ALLOWED {
        let terms: Vec<_> =
            CODE.iter().chain(COMMENTS).filter(|it| it.old == exception.term).collect();
        let is_used = files.iter().filter(|file| file.starts_with(exception.file)).any(|file| {
            let source = std::fs::read_to_string(root.join(file)).unwrap_or_default();
            let parts = split(&source, Language::of(file));
            let lines = parts.code.lines().chain(parts.comments.lines());
            lines.into_iter().any(|line| terms.iter().any(|term| term.is_in(line)))
        });
        assert!(is_used, "{} in {}: {}", exception.term, exception.file, exception.reason);
    }
}

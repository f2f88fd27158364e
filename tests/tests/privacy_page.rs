//! The privacy page names a test beside each statement. This test checks that they exist.

use std::{fs, path::Path};

fn sources(folder: &Path, found: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_built = path.file_name().is_some_and(|name| name == "target" || name == ".git");
        if path.is_dir() && !is_built {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

/// Returns the texts in backquotes that have the form of a test's name.
fn names(page: &str) -> Vec<&str> {
    let quoted = page.split('`').skip(1).step_by(2);
    let is_name = |text: &&str| {
        text.matches('_').count() > 1
            && text.bytes().all(|b| b == b'_' || b.is_ascii_alphanumeric())
    };
    quoted.filter(is_name).collect()
}

const PAGE: &str = "core/src/sealing/PRIVACY.md";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

#[test]
fn every_row_of_before_and_now_names_a_test() {
    let page = fs::read_to_string(root().join(PAGE)).unwrap();
    let (_, section) = page.split_once("## Who could do what before, and now").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let rows: Vec<&str> = section.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    let numbered = (1..=9).all(|n| rows.iter().any(|row| row.starts_with(&format!("| {n}. "))));
    assert!(numbered, "{rows:#?}");
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
        assert_eq!(cells.len(), 4, "{row}");
        assert!(!names(cells[3]).is_empty(), "{row}");
    }
}

#[test]
fn every_test_named_in_the_privacy_page_exists() {
    let root = root();
    let page = fs::read_to_string(root.join(PAGE)).unwrap();
    let mut code = String::new();
    for part in ["core", "sync-server", "tests"] {
        sources(&root.join(part), &mut code);
    }
    let named = names(&page);
    assert!(named.len() > 40, "{}", named.len());
    let missing: Vec<_> =
        named.into_iter().filter(|name| !code.contains(&format!("fn {name}("))).collect();
    assert!(missing.is_empty(), "no such tests: {missing:#?}");
}

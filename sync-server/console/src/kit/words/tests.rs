use std::{fs, path::Path};

use crate::kit::words::*;

fn files(folder: &Path, into: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, into);
        } else if !path.ends_with("tests.rs") {
            into.push(fs::read_to_string(path).unwrap());
        }
    }
}

/// Returns the keys that a file names as the first argument of a call.
fn keys(text: &str) -> Vec<String> {
    let calls = ["t", "with", "count", "format", "find"].map(|call| format!("words::{call}("));
    let template_calls = ["t", "with", "count"].map(|call| format!("page.{call}("));
    let others = [".hint(", ".row(", ".titled_list("].map(str::to_owned);
    let calls = calls.iter().chain(&template_calls).chain(&others);
    let key = |rest: &str| Some(rest.trim_start().strip_prefix('"')?.split('"').next()?.to_owned());
    calls.flat_map(|call| text.split(call.as_str()).skip(1)).filter_map(key).collect()
}

#[test]
fn every_key_in_code_and_templates_has_a_message() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    files(&root.join("src"), &mut texts);
    files(&root.join("templates"), &mut texts);
    let used: Vec<String> = texts.iter().flat_map(|text| keys(text)).collect();
    assert!(used.len() > 100, "{}", used.len());
    let missing: Vec<&String> = used.iter().filter(|key| !has_message(key)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn messages_parse_and_hold_no_unkind_word() {
    let text = WORDS;
    let (resource, errors) = FluentResource::try_new(text.to_owned())
        .map_or_else(|partial| partial, |resource| (resource, vec![]));
    assert!(errors.is_empty(), "{errors:?}");
    // Two features do not have a message of the same key.
    let added = FluentBundle::new_concurrent(vec![]).add_resource(resource);
    assert!(added.is_ok(), "{added:?}");
    for word in ["LAC", "looked after child", "e.g.", "i.e.", "please "] {
        assert!(!text.contains(word), "{word}");
    }
}

#[test]
fn every_name_and_text_in_a_template_isolates_its_numbers() {
    let mut templates = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"), &mut templates);
    let shown = templates.iter().flat_map(|template| template.split("<bdi").skip(1));
    let shown: Vec<&str> = shown.filter_map(|rest| rest.split("</bdi>").next()).collect();
    assert!(shown.len() > 50, "{}", shown.len());
    let is_isolated = |text: &&&str| text.contains("isolated") || text.contains("kit/address.html");
    let others: Vec<_> = shown.iter().filter(|text| !is_isolated(text)).collect();
    assert!(others.is_empty(), "{others:#?}");
}

#[test]
fn only_escaped_texts_are_marked_as_safe() {
    // HTML of other templates, and pictures of codes.
    const HTML: [&str; 4] = ["changes", "list", "qr", "code.qr"];
    let mut templates = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"), &mut templates);
    for expression in templates.iter().flat_map(|text| text.split("{{ ").skip(1)) {
        let Some((text, _)) = expression.split(" }}").next().unwrap().split_once("|safe") else {
            continue;
        };
        let calls = ["page.isolated(", "page.isolated_in(", "Self::isolated("];
        let is_escaped = calls.iter().any(|call| text.starts_with(call)) && text.ends_with(')');
        assert!(is_escaped || HTML.contains(&text), "{text}");
    }
}

#[test]
fn name_that_runs_from_right_to_left_is_isolated_in_a_message() {
    let shown = |name: &str| with("person-keep", "name", name);
    assert_eq!(shown("Jo"), shown("{name}").replace("{name}", "Jo"));
    assert_eq!(shown("نور"), shown("{name}").replace("{name}", "\u{2068}نور\u{2069}"));
    assert!(!shown("نور\u{202e}").contains('\u{202e}'));
}

#[test]
fn count_uses_singular_and_plural() {
    assert_eq!(count("phones-count", 1), "1 phone");
    assert_eq!(count("phones-count", 30), "30 phones");
    assert_eq!(t("not-a-key"), "not-a-key");
}

//! Whole folders: valid ones, invalid ones, and arbitrary bytes.

mod any_bytes;
mod changes;
mod council;
mod opportunities;
mod pictures;
mod toml_files;
mod workbooks;

use crate::{
    EditionContent, Issue, IssueKind,
    sources::{FolderPictures, read_files},
};

const PROMISE: &str = r#"
title = "Our promise"
[council]
id = "riverbridge"
name = "Riverbridge Council"
[[section]]
id = "money"
title = { en = "Money", ar = "المال" }
[[pledge]]
id = "bus-pass"
section = "money"
title = "Bus pass"
text.en = "You get a bus pass."
text.ar = "..."
theme = "f"
outcome = 5
who = ["former_relevant"]
age_min = 18
age_max = 25
checked_on = 2026-11-01
"#;

const DIRECTORY: &str = r#"
council = "riverbridge"
[[line]]
id = "duty"
role = "Duty line"
display_name = "Leaving care duty line"
phones = ["020 7946 0001"]
hours = ["mon-fri 09:00-17:00"]
[[closed_day]]
date = 2026-12-25
name = "Christmas Day"
"#;

const HEADER: &str = "ref,kind,title,organisation,summary,how_to_apply,url,contact_name,\
    contact_email,contact_phone,postcode,area,national,online,starts,closes,amount,cost,age_min,\
    age_max,care_leavers_only,evidence,outcome,languages,body,apply_url,hours,pay,ends,\
    pay_min,pay_max,pay_unit";

/// A sheet of these columns, the others of the template empty.
fn sheet(columns: &[(&str, &str)]) -> String {
    let cell = |column| {
        let found = columns.iter().find(|(name, _)| *name == column);
        found.map_or(String::new(), |(_, cell)| format!("\"{}\"", cell.replace('"', "\"\"")))
    };
    format!("{HEADER}\r\n{}\r\n", HEADER.split(',').map(cell).collect::<Vec<_>>().join(","))
}

fn good_row() -> String {
    sheet(&[("ref", "A1"), ("kind", "job"), ("title", "Baker"), ("closes", "1/5/2027")])
}

fn read(promise: &str, opportunities: &str, directory: &str) -> Result<EditionContent, Vec<Issue>> {
    read_bytes([promise, opportunities, directory].map(|text| text.as_bytes().to_vec()))
}

fn read_bytes(files: [Vec<u8>; 3]) -> Result<EditionContent, Vec<Issue>> {
    let [promise, opportunities, directory] = files;
    let files = [
        ("promise.toml", promise),
        ("opportunities.csv", opportunities),
        ("directory.toml", directory),
    ];
    read_files(&files, &FolderPictures::new(&no_pictures))
}

fn no_pictures(_: &str) -> Result<Vec<u8>, IssueKind> {
    Err(IssueKind::UnreadableFile { message: "not found".into() })
}

pub(super) fn good() -> EditionContent {
    read(PROMISE, &good_row(), DIRECTORY).unwrap()
}

/// The issues of a folder, in English.
fn issues(promise: &str, opportunities: &str, directory: &str) -> Vec<String> {
    let issues = read(promise, opportunities, directory).unwrap_err();
    issues.iter().map(ToString::to_string).collect()
}

#[test]
fn folder_becomes_content() {
    let folder = tempfile::tempdir().unwrap();
    for (file, text) in [
        ("promise.toml", PROMISE),
        ("opportunities.csv", &good_row()),
        ("directory.toml", DIRECTORY),
    ] {
        std::fs::write(folder.path().join(file), text).unwrap();
    }
    let (content, pictures) = super::read_folder(folder.path()).unwrap();
    assert!(pictures.is_empty());
    assert_eq!(content, good());
    let pledge = &content.promise.pledges.0[0];
    assert_eq!((pledge.text["en"].as_str(), pledge.text.len()), ("You get a bus pass.", 2));
    assert_eq!(pledge.title["en"], "Bus pass");
    assert_eq!(pledge.checked_on.unwrap().to_string(), "2026-11-01");
    let line = &content.directory.lines.0[0];
    assert_eq!(line.phones[0].number, "+442079460001");
    let opportunity = &content.opportunities.opportunities.0[0];
    assert_eq!(opportunity.closes_at.unwrap().to_rfc3339(), "2027-05-01T22:59:59+00:00");
}

#[test]
fn missing_files_are_reported_together() {
    let folder = tempfile::tempdir().unwrap();
    let issues = super::read_folder(folder.path()).unwrap_err();
    let files: Vec<String> = issues.iter().map(|issue| issue.place.to_string()).collect();
    assert_eq!(files, ["promise.toml", "opportunities.csv", "directory.toml"]);
    assert!(issues[0].to_string().starts_with("promise.toml: the file cannot be read: "));
}

#[test]
fn issues_of_all_files_are_reported_together() {
    let promise = PROMISE.replace("theme = \"f\"", "theme = \"h\"");
    let row =
        sheet(&[("ref", "A1"), ("kind", "job"), ("title", "Baker"), ("closes", "31/13/2026")]);
    let directory = DIRECTORY.replace("mon-fri 09:00-17:00", "nine to five");
    assert_eq!(
        issues(&promise, &row, &directory),
        [
            "promise.toml:15: theme \"h\" is not known; write one of a, b, c, d, e, f, g",
            "opportunities.csv:2: closing date \"31/13/2026\" is not a day; write 2026-12-31 or \
             31/12/2026, or ongoing",
            "directory.toml:8: hours \"nine to five\" are not clear; write \"mon-fri 09:00-17:00\" \
             or \"sat,sun 00:00-24:00\"",
        ]
    );
}

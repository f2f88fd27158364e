//! `opportunities.xlsx` in place of `opportunities.csv`.

use std::fs;

use rust_xlsxwriter::Workbook;

use super::{DIRECTORY, HEADER, PROMISE, good, good_row};
use crate::{EditionContent, Issue, read_folder};

/// A workbook with the row of the valid folder, and this closing date.
fn workbook(closes: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in (0..).zip(HEADER.split(',')) {
        sheet.write(0, column, name).unwrap();
        let text = match name {
            "ref" => "A1",
            "kind" => "job",
            "title" => "Baker",
            "closes" => closes,
            _ => continue,
        };
        sheet.write(1, column, text).unwrap();
    }
    book.save_to_buffer().unwrap()
}

fn read(files: &[(&str, &[u8])]) -> Result<EditionContent, Vec<Issue>> {
    let folder = tempfile::tempdir().unwrap();
    let toml = [("promise.toml", PROMISE.as_bytes()), ("directory.toml", DIRECTORY.as_bytes())];
    for (name, bytes) in files.iter().chain(&toml) {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    read_folder(folder.path()).map(|(content, _)| content)
}

fn issues(files: &[(&str, &[u8])]) -> Vec<String> {
    read(files).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn workbook_replaces_csv() {
    let workbook = workbook("1/5/2027");
    assert_eq!(read(&[("opportunities.xlsx", &workbook)]), Ok(good()));
    assert_eq!(read(&[("opportunities.csv", &workbook)]), Ok(good()), "whatever its name");
}

#[test]
fn workbook_issue_names_its_row() {
    let found = issues(&[("opportunities.xlsx", &workbook("soon"))]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("opportunities.xlsx:2: closing date \"soon\" is not a day"));
    let whole = workbook("1/5/2027");
    assert_eq!(
        issues(&[("opportunities.xlsx", &whole[..whole.len() / 2])]),
        ["opportunities.xlsx: this workbook is damaged; open it in your spreadsheet and save \
             it again"]
    );
}

#[test]
fn workbook_beside_csv_is_refused() {
    let csv = good_row();
    let files: [(&str, &[u8]); 2] =
        [("opportunities.csv", csv.as_bytes()), ("opportunities.xlsx", &workbook("ongoing"))];
    assert_eq!(
        issues(&files),
        ["opportunities.xlsx: there is opportunities.csv too; keep one of them"]
    );
}

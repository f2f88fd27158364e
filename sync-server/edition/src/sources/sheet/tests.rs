//! Sheets: columns by name, rows by number, and what is refused.

use super::*;
use crate::opportunities::to_csv;

/// The rows of a file as text, and its issues in English.
fn read(file: &str) -> (Vec<(usize, String)>, Vec<String>) {
    let (sheet, issues) = read_with_issues(file.as_bytes());
    let of_rows = sheet.rows.iter().flat_map(|row| row.issues.clone());
    let issues = issues.into_iter().chain(of_rows);
    let issues = issues.map(|issue| issue.in_sheet_file("x.csv").to_string());
    let texts = |row: &SheetRow| -> String {
        let texts = row.texts.iter().filter(|(_, text)| !text.is_empty());
        texts.map(|(column, text)| format!("{column}={text}")).collect::<Vec<_>>().join("|")
    };
    let rows = sheet.rows.iter().map(|row| (row.number, texts(row))).collect();
    // The columns that these short sheets lack are no subject of these tests.
    (rows, issues.filter(|issue| !issue.contains("columns are missing")).collect())
}

#[test]
fn every_separator_reads_the_same() {
    let files = [
        "ref,kind,title\r\n1,job,\"a, b\"\r\n",
        "ref;kind;title\n1;job;a, b",
        "ref\tkind\ttitle\n1\tjob\ta, b\n",
        "Ref ,Kind, TITLE\n1,job,\"a, b\",,,\n,,\n", // empty cells beyond, and a blank row
    ];
    let row = "kind=job|ref=1|title=a, b".to_owned();
    for file in files {
        assert_eq!(read(file), (vec![(2, row.clone())], vec![]), "{file}");
    }
    let named = "sep=;\r\nref;kind;title\r\n1;job;a, b\r\n";
    assert_eq!(read(named), (vec![(3, row)], vec![]));
}

#[test]
fn lines_are_counted_through_quoted_and_blank_ones() {
    let (rows, issues) = read("ref,kind,title\r\n1,,\"a\r\nb\"\r\n\r\n\r\n2,,c\n\n3,,d\n");
    let lines: Vec<usize> = rows.iter().map(|(line, _)| *line).collect();
    assert_eq!((lines, issues), (vec![2, 6, 8], vec![]));
    assert_eq!(rows[0].1, "ref=1|title=a\nb");
}

#[test]
fn header_is_checked_by_name() {
    let (rows, issues) = read("ref,kind,titel,title,ref\n1,job,x,a,2\n");
    assert_eq!(rows, [(2, "kind=job|ref=1|title=a".to_owned())]);
    let known = columns().collect::<Vec<_>>().join(",");
    assert_eq!(
        issues,
        [
            format!("x.csv:1: there is no column \"titel\"; the columns are {known}"),
            "x.csv:1: column ref is there twice".to_owned(),
        ]
    );
    let (sheet, issues) = read_with_issues(b"kind,title\njob,a\n");
    let missing = issues[0].clone().in_sheet_file("x.csv").to_string();
    assert!(missing.starts_with("x.csv:1: columns are missing: ref,organisation,"), "{missing}");
    assert_eq!(sheet.rows, []);
    let first = TEMPLATE_COLUMNS.join(",");
    assert_eq!(read("").1, [format!("x.csv: the file is empty; its first line is {first}")]);
}

#[test]
fn misplaced_cells_are_reported_with_their_row() {
    let issues = read("ref,kind,title\n1,job,a, b\n").1;
    assert!(issues[0].starts_with("x.csv:2: there are more cells"), "{issues:?}");
    let issues = read("ref,kind,title,body\n1,job,\"a\n2,b,c,d\n").1;
    assert_eq!(issues, ["x.csv:2: a quotation mark is opened here and not closed"]);
}

#[test]
fn exported_sheet_reads_back() {
    let row = |cells: [&str; 3]| -> Texts {
        ["ref", "kind", "title"].into_iter().zip(cells.map(str::to_owned)).collect()
    };
    let rows = [
        row(["a", "job", "Baker; \"night\"\nand day, £5"]),
        row(["b", "job", "=HYPERLINK(\"x\")"]),
        row(["c", "job", "'=quoted"]),
        row(["d", "job", "'tis, -5 and more"]),
    ];
    let with_issues = rows.iter().map(|row| (row, Some("@what".to_owned())));
    let bytes = to_csv(&["ref", "kind", "title"], with_issues, true);
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.starts_with("\u{feff}ref,kind,title,what_is_wrong\r\n"), "{text}");
    for dangerous in [",=", ",\"=", ",@", ",+"] {
        assert!(!text.contains(dangerous), "{text}");
    }
    let read = read_sheet(&bytes).unwrap();
    assert_eq!(read.unknown, [""; 0]);
    let texts: Vec<Texts> =
        read.rows.iter().map(|row| crate::opportunities::unescape_texts(&row.texts)).collect();
    assert_eq!(texts, rows);
}

#[test]
fn file_that_is_no_sheet_is_refused() {
    let kind = |bytes: &[u8]| read_sheet(bytes).unwrap_err().kind;
    assert_eq!(kind(b""), IssueKind::EmptySheet { columns: TEMPLATE_COLUMNS.to_vec() });
    assert_eq!(kind(b"PK\x03\x04..."), IssueKind::DamagedWorkbook);
    assert_eq!(kind(b"\xd0\xcf\x11\xe0..."), IssueKind::UnsupportedWorkbook);
    assert_eq!(kind(b"title;kind\nx;job"), IssueKind::MissingColumns { columns: vec!["ref"] });
    let twice = read_sheet(b"ref,kind,title,ref\n1,job,x,2").unwrap_err();
    assert_eq!((twice.kind.clone(), twice.field()), (IssueKind::DuplicateColumn, Some("ref")));
    let odd = read_sheet(b"ref,kind,title,Colour,what_is_wrong\n1,job,x,red,y").unwrap();
    assert_eq!(
        (odd.unknown, odd.columns),
        (vec!["Colour".to_owned()], vec!["ref", "kind", "title"])
    );
}

#[test]
fn header_that_is_there_is_never_said_to_be_missing() {
    let utf_16 = |text: &str, to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    };
    let files = [
        "\u{feff}\u{feff}ref,kind,title\n1,job,Baker".as_bytes().to_vec(),
        "\u{feff}\"Ref\" ; \"KIND\";\u{a0}title*\n1;job;Baker".as_bytes().to_vec(),
        "\r\rref\tkind\ttitle\r1\tjob\tBaker\r".as_bytes().to_vec(),
        "Jobs in May\n\nref,kind,title\n1,job,Baker".as_bytes().to_vec(),
        "sep=|\r\nref|kind|title\r\n1|job|Baker".as_bytes().to_vec(),
        utf_16("ref,kind,title\n1,job,Baker", u16::to_le_bytes),
        utf_16("ref;kind;title\n1;job;Baker", u16::to_be_bytes),
        utf_16("\u{feff}ref\tkind\ttitle\n1\tjob\tBaker", u16::to_be_bytes),
    ];
    for file in files {
        let sheet = read_sheet(&file).unwrap();
        let texts: Vec<&str> = sheet.rows[0].texts.values().map(String::as_str).collect();
        assert_eq!((texts, sheet.rows.len()), (vec!["job", "1", "Baker"], 1), "{file:?}");
        assert_eq!((sheet.unknown.len(), sheet.rows[0].issues.len()), (0, 0), "{file:?}");
    }
    let utf_32: Vec<u8> = "ref,kind,title".chars().flat_map(|c| (c as u32).to_be_bytes()).collect();
    let issue = read_sheet(&utf_32).unwrap_err().in_sheet_file("x.csv").to_string();
    assert_eq!(
        issue,
        "x.csv: the letters in this file cannot be read; save the file as \"CSV UTF-8\""
    );
}

#[test]
fn heading_is_known_in_every_spelling_that_looks_the_same() {
    let file = "REF,Kind,Title\u{200b},Contact\u{a0}Phone,age\u{2011}min\n1,,a,999,16\n";
    let (rows, _) = read(file);
    assert_eq!(rows, [(2, "age_min=16|contact_phone=999|ref=1|title=a".to_owned())]);
}

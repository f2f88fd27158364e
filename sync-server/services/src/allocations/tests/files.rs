//! Reading the three files: separators, encodings, days, and what makes a file unusable.

use promise_edition::IssueKind;

use super::*;

const PROFESSIONALS: &str = "prof_professional_id,prof_staff_id,prof_professional_name\nw1,17,Jo\n";
const DIRECTORY: &str = "employeeId,mail,accountEnabled,mobilePhone\n17,Jo@x.uk,TRUE,07700900123\n";

fn read_involvements(file: &str) -> Result<Extract, UnreadableFile> {
    read([file, PROFESSIONALS, DIRECTORY])
}

fn days_of(starts: &str, last: &str) -> Result<Days, RowProblem> {
    let file = involvements(&[format!("CL-1,w1,PA,{starts},{last}")]);
    let extract = read_involvements(&file).unwrap();
    extract.involvements.into_iter().next().unwrap().days
}

#[test]
fn file_is_read_in_any_separator_and_encoding() {
    let file = involvements(&["CL-\u{e9}1,W1,PA,2026-01-31,NULL"]);
    let utf_16: Vec<u8> = file.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let windows = file.replace('\u{e9}', "?").into_bytes();
    let windows = windows.into_iter().map(|b| if b == b'?' { 0xe9 } else { b }).collect();
    let mark = ["\u{feff}", &file.replace(',', ";")].concat().into_bytes();
    for involvements in [file.into_bytes(), utf_16, windows, mark] {
        let files = AllocationFiles {
            involvements: &involvements,
            professionals: PROFESSIONALS.as_bytes(),
            directory: DIRECTORY.as_bytes(),
        };
        let extract = Extract::read(&files).unwrap();
        let expected = Involvement {
            row: 2,
            person: "cl-\u{e9}1".into(),
            professional: "w1".into(),
            role: "PA".into(),
            days: Ok(Days { starts: day("2026-01-31"), last: None }),
        };
        assert_eq!(extract.involvements, [expected]);
    }
}

#[test]
fn days_are_read_as_case_systems_write_them() {
    let expected = |last: Option<&str>| Ok(Days { starts: day("2026-01-31"), last: last.map(day) });
    for (starts, last) in [
        ("2026-01-31", "2026-11-29"),
        ("31/01/2026", "29/11/2026"),
        ("2026-01-31 09:15:00.000", "2026-11-29 17:00:00.000"),
        ("2026-01-31T00:00:00", "29/11/2026 00:00"),
    ] {
        assert_eq!(days_of(starts, last), expected(Some("2026-11-29")), "{starts}");
    }
    for none in ["", "NULL", "null", "9999-12-31 00:00:00"] {
        assert_eq!(days_of("2026-01-31", none), expected(None), "{none}");
    }
    assert_eq!(days_of("NULL", ""), Err(RowProblem::FirstDay));
    assert_eq!(days_of("2026-01-31", "soon"), Err(RowProblem::LastDay));
    assert_eq!(days_of("2026-01-31", "2026-01-30"), Err(RowProblem::DaysOutOfOrder));
}

#[test]
fn file_with_the_month_first_is_refused_whole() {
    // Read with the day first, the first row would end eight months later than it did.
    let rows = ["CL-1,w1,PA,2026-01-31,03/11/2026", "CL-2,w1,PA,2026-01-31,11/30/2026"];
    let refused = read_involvements(&involvements(&rows)).unwrap_err();
    assert_eq!(refused, UnreadableFile::MonthFirst { row: 3 });
}

#[test]
fn file_without_rows_or_columns_is_refused_by_name() {
    let good = involvements(&["CL-1,w1,PA,2026-01-31,"]);
    let kind = |files: [&str; 3]| match read(files).unwrap_err() {
        UnreadableFile::Sheet { file, issue } => (file, Some(issue.kind)),
        UnreadableFile::NoRows(file) => (file, None),
        UnreadableFile::MonthFirst { .. } => panic!("no month is first"),
    };
    let empty = format!("{INVOLVEMENTS}\n,,,,,,\n");
    assert_eq!(kind([&empty, PROFESSIONALS, DIRECTORY]), (AllocationFile::Involvements, None));
    // Two files in each other's place.
    let columns = vec!["prof_professional_id", "prof_staff_id"];
    let missing = Some(IssueKind::MissingColumns { columns });
    assert_eq!(kind([&good, DIRECTORY, PROFESSIONALS]), (AllocationFile::Professionals, missing));
    let (file, issue) = kind([&good, PROFESSIONALS, ""]);
    assert_eq!(file, AllocationFile::Directory);
    assert!(matches!(issue, Some(IssueKind::EmptySheet { .. })), "{issue:?}");
}

#[test]
fn nothing_but_the_needed_columns_is_kept() {
    let extract = read_involvements(&involvements(&["CL-1,w1,PA,2026-01-31,"])).unwrap();
    let kept = format!("{extract:?}");
    assert!(kept.contains("cl-1") && kept.contains("jo@x.uk"), "{kept}");
    for dropped in ["ABSENC", "\"Jo\"", "07700900123"] {
        assert!(!kept.contains(dropped), "{dropped}: {kept}");
    }
}

#[test]
fn directory_row_that_is_neither_on_nor_off_makes_nobody_leave() {
    let directory = "employeeId,mail,accountEnabled\n17,jo@x.uk,maybe\n18,kit@x.uk,FALSE\n";
    let extract =
        read([&involvements(&["CL-1,w1,PA,2026-01-31,"]), PROFESSIONALS, directory]).unwrap();
    assert!(extract.is_enabled["jo@x.uk"]);
    assert!(!extract.is_enabled["kit@x.uk"]);
    let refused: Vec<_> = extract.refused.iter().map(|it| (it.file, it.row, it.problem)).collect();
    assert_eq!(refused, [(AllocationFile::Directory, 2, RowProblem::NotYesOrNo)]);
}

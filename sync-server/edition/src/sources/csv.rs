//! Text files with separated values, as spreadsheets save them.

use csv::{ReaderBuilder, StringRecord};

use super::{
    Source, Table, TableRow,
    encoding::decode,
    header::{Header, MAX_HEADER_ROW},
};
use crate::issue::IssueKind;

/// Values separated by commas, semicolons, tabs or bars, in any common encoding.
pub(super) struct Csv;

impl Source for Csv {
    fn recognises(&self, _: &[u8]) -> bool {
        true
    }

    fn read(&self, bytes: &[u8], header: &Header) -> Result<Table, IssueKind> {
        // Old Macs end lines with a carriage return alone. With one kind of line end, rows and their
        // numbers do not depend on the program that saved the file.
        let text = decode(bytes)?.replace("\r\n", "\n").replace('\r', "\n");
        Ok(read_text(text.trim_start_matches('\u{feff}'), header))
    }
}

fn read_text(file: &str, header: &Header) -> Table {
    let (skipped_lines, file, separator) = find_separator(file, header);
    let has_open_quote = file.bytes().filter(|b| *b == b'"').count() % 2 == 1;
    let records: Vec<StringRecord> = records(file, separator).collect();
    let first = header.find(records.iter().map(StringRecord::iter));
    let width = records.get(first).map_or(0, StringRecord::len);
    let rows = records.iter().skip(first).filter_map(|record| {
        Some(TableRow {
            number: line_of(record, file)? + skipped_lines,
            issues: row_issues(record, width, has_open_quote),
            cells: record.iter().map(str::to_owned).collect(),
        })
    });
    Table { rows: rows.collect() }
}

fn records(file: &str, separator: u8) -> impl Iterator<Item = StringRecord> {
    let reader = ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(file.as_bytes());
    reader.into_records().filter_map(Result::ok)
}

/// Finds the separator, and removes the line in which Excel names it.
fn find_separator<'a>(file: &'a str, header: &Header) -> (usize, &'a str, u8) {
    let (first, rest) = file.split_once('\n').unwrap_or((file, ""));
    if let Some([separator @ (b',' | b';' | b'\t' | b'|')]) =
        first.strip_prefix("sep=").map(str::as_bytes)
    {
        return (1, rest, *separator);
    }
    // Signs in texts mislead a count of signs: the separator is the one that makes most columns known.
    let columns = |separator: u8| {
        let rows = records(file, separator).take(MAX_HEADER_ROW);
        let known = |row: StringRecord| {
            (row.iter().filter_map(|cell| header.column_of(cell)).count(), row.len())
        };
        rows.map(known).max()
    };
    let separator = [b'|', b'\t', b';', b','].into_iter().max_by_key(|one| columns(*one));
    (0, file, separator.unwrap_or(b','))
}

/// The line on which a record begins, from 1.
fn line_of(record: &StringRecord, file: &str) -> Option<usize> {
    // The reader's position is before the blank lines that it skips.
    let position = record.position()?;
    let start = usize::try_from(position.byte()).ok()?;
    let blank = file.bytes().skip(start).take_while(|b| *b == b'\n').count();
    Some(usize::try_from(position.line()).ok()? + blank)
}

fn row_issues(record: &StringRecord, width: usize, has_open_quote: bool) -> Vec<IssueKind> {
    let mut issues = Vec::new();
    if record.iter().skip(width).any(|cell| !cell.trim().is_empty()) {
        issues.push(IssueKind::TooManyCells);
    }
    let swallows_lines = record.iter().next_back().is_some_and(|cell| cell.contains('\n'));
    if has_open_quote && record.len() < width && swallows_lines {
        issues.push(IssueKind::UnclosedQuote);
    }
    issues
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str) -> Vec<(usize, String)> {
        let table = Csv.read(file.as_bytes(), &Header::of_opportunities()).unwrap();
        table.rows.into_iter().map(|row| (row.number, row.cells.join("|"))).collect()
    }

    #[test]
    fn every_separator_gives_same_cells() {
        for file in ["ref,title\r\n1,\"a, b\"\r\n", "ref;title\n1;a, b", "ref\ttitle\n1\ta, b\n"] {
            assert_eq!(read(file), [(1, "ref|title".into()), (2, "1|a, b".into())], "{file}");
        }
        let named = "sep=;\r\nref;title\r\n1;a, b\r\n";
        assert_eq!(read(named), [(2, "ref|title".into()), (3, "1|a, b".into())]);
    }

    #[test]
    fn lines_are_counted_through_quoted_and_blank_ones() {
        let rows = read("ref,title\r\n1,\"a\r\nb\"\r\n\r\n\r\n2,c\n\n3,d\n");
        let lines: Vec<usize> = rows.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 2, 6, 8]);
    }

    #[test]
    fn rows_and_their_numbers_do_not_depend_on_line_ends() {
        let file = "\nref,title\n1,\"a\nb\"\n\n\n2,c\n3,d\n\n\n";
        let expected = read(file);
        assert_eq!(expected.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3, 7, 8]);
        for end in ["\r\n", "\r"] {
            assert_eq!(read(&file.replace('\n', end)), expected, "{end:?}");
        }
        assert_eq!(read(file.trim_end()), expected);
    }

    #[test]
    fn separator_is_found_though_texts_hold_others() {
        for file in [
            "\n\nref;kind;title\n1;job;\"a,b,c,d,e\"",
            "Jobs, courses, and more\nref;kind;title\n1;job;\"a,b,c,d,e\"",
            "\"ref\"|\"kind\"|\"title\"\n1|job|a,b,c,d,e",
            "ref;\"kind, or sort, of it\";kind;title\n1;;job;a,b,c,d,e",
        ] {
            let rows = read(file);
            let last = rows.last().unwrap().1.replace("||", "|");
            assert_eq!(last, "1|job|a,b,c,d,e", "{file}");
        }
    }

    #[test]
    fn misplaced_cells_are_reported() {
        let issues = |file: &str| {
            let table = Csv.read(file.as_bytes(), &Header::of_opportunities()).unwrap();
            table.rows.into_iter().nth(1).unwrap().issues
        };
        assert_eq!(issues("ref,title\n1,a, b\n"), [IssueKind::TooManyCells]);
        assert_eq!(issues("ref,title\n1,a, ,\n"), []);
        assert_eq!(issues("ref,title,body\n1,\"a\n2,b,c\n"), [IssueKind::UnclosedQuote]);
    }
}

//! Text files with separated values, as spreadsheets save them.

use csv::{ReaderBuilder, StringRecord};

use super::{Source, Table, TableRow, encoding::decode};
use crate::issue::IssueKind;

/// Comma, semicolon or tab separated values in any common encoding.
pub(super) struct Csv;

impl Source for Csv {
    fn recognises(&self, _: &[u8]) -> bool {
        true
    }

    fn read(&self, bytes: &[u8]) -> Result<Table, IssueKind> {
        let text = decode(bytes);
        Ok(read_text(text.strip_prefix('\u{feff}').unwrap_or(&text)))
    }
}

fn read_text(file: &str) -> Table {
    let (skipped_lines, file, separator) = find_separator(file);
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(file.as_bytes());
    let has_open_quote = file.bytes().filter(|b| *b == b'"').count() % 2 == 1;
    let mut width = None;
    let rows = reader.records().filter_map(|record| {
        let record = record.ok()?;
        let number = line_of(&record, file)? + skipped_lines;
        let width = *width.get_or_insert(record.len());
        Some(TableRow {
            number,
            issues: row_issues(&record, width, has_open_quote),
            cells: record.iter().map(str::to_owned).collect(),
        })
    });
    Table { rows: rows.collect() }
}

/// Finds the separator, and removes the line in which Excel names it.
fn find_separator(file: &str) -> (usize, &str, u8) {
    let (first, rest) = file.split_once('\n').unwrap_or((file, ""));
    if let Some([separator @ (b',' | b';' | b'\t')]) =
        first.trim_end_matches('\r').strip_prefix("sep=").map(str::as_bytes)
    {
        return (1, rest, *separator);
    }
    let count = |separator: u8| first.bytes().filter(|b| *b == separator).count();
    let separator = [b'\t', b';', b','].into_iter().max_by_key(|separator| count(*separator));
    (0, file, separator.unwrap_or(b','))
}

/// The line on which a record begins, from 1.
fn line_of(record: &StringRecord, file: &str) -> Option<usize> {
    // The reader's position is before the blank lines that it skips.
    let position = record.position()?;
    let start = usize::try_from(position.byte()).ok()?;
    let blank = file.bytes().skip(start).take_while(|b| matches!(b, b'\n' | b'\r'));
    let blank = blank.filter(|b| *b == b'\n').count();
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
        let table = Csv.read(file.as_bytes()).unwrap();
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
    fn misplaced_cells_are_reported() {
        let issues = |file: &str| Csv.read(file.as_bytes()).unwrap().rows.remove(1).issues;
        assert_eq!(issues("ref,title\n1,a, b\n"), [IssueKind::TooManyCells]);
        assert_eq!(issues("ref,title\n1,a, ,\n"), []);
        assert_eq!(issues("ref,title,body\n1,\"a\n2,b,c\n"), [IssueKind::UnclosedQuote]);
    }
}

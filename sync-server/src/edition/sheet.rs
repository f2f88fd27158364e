//! A spreadsheet saved as CSV: its rows under their column names, with their lines.

use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord};

use super::{
    problem::{Problems, shown},
    text,
};

/// The columns of a sheet.
pub(super) struct Columns {
    /// Those that must be there, in the template's order.
    pub(super) template: &'static [&'static str],
    /// Those that may be.
    pub(super) extra: &'static [&'static str],
    /// Those without which no row can be read.
    pub(super) vital: &'static [&'static str],
}

/// One row with something in it.
#[derive(Debug)]
pub(super) struct Row {
    /// Its first line in the file.
    pub(super) line: usize,
    cells: BTreeMap<&'static str, String>,
}

impl Row {
    /// What stands in a column; nothing when the cell is empty.
    pub(super) fn cell(&self, column: &'static str) -> Option<&str> {
        self.cells.get(column).map(String::as_str)
    }

    /// Every cell with something in it.
    pub(super) fn cells(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.cells.iter().map(|(column, cell)| (*column, cell.as_str()))
    }
}

/// The rows of a sheet, as far as they can be read.
pub(super) fn read(file: &str, columns: &Columns, problems: &Problems) -> Vec<Row> {
    let (skipped, file, between) = separator(file);
    let mut reader = ReaderBuilder::new()
        .delimiter(between)
        .has_headers(false)
        .flexible(true)
        .from_reader(file.as_bytes());
    let mut records = reader.records().filter_map(|record| {
        let record = record.ok()?;
        // The reader's place is before the blank lines that it skips.
        let place = record.position()?;
        let from = usize::try_from(place.byte()).ok()?;
        let blank = file.bytes().skip(from).take_while(|b| matches!(b, b'\n' | b'\r'));
        let blank = blank.filter(|b| *b == b'\n').count();
        Some((usize::try_from(place.line()).ok()? + blank + skipped, record))
    });
    let Some((line, header)) = records.next() else {
        problems.in_file(format!(
            "the file is empty; its first line is {}",
            columns.template.join(",")
        ));
        return Vec::new();
    };
    let Some(header) = read_header(line, &header, columns, problems) else { return Vec::new() };
    let open_quote = file.bytes().filter(|b| *b == b'"').count() % 2 == 1;
    let row = |(line, record)| row(line, &record, &header, open_quote, problems);
    records.filter_map(row).collect()
}

/// The sign between columns, and the file without the line in which Excel names it.
fn separator(file: &str) -> (usize, &str, u8) {
    let (first, rest) = file.split_once('\n').unwrap_or((file, ""));
    if let Some([between @ (b',' | b';' | b'\t')]) =
        first.trim_end_matches('\r').strip_prefix("sep=").map(str::as_bytes)
    {
        return (1, rest, *between);
    }
    let count = |between: u8| first.bytes().filter(|b| *b == between).count();
    let between = [b'\t', b';', b','].into_iter().max_by_key(|between| count(*between));
    (0, file, between.unwrap_or(b','))
}

/// Which column each cell of a row is in, where it is known. Nothing when a vital one lacks.
fn read_header(
    line: usize,
    header: &StringRecord,
    columns: &Columns,
    problems: &Problems,
) -> Option<Vec<Option<&'static str>>> {
    let all = || columns.template.iter().chain(columns.extra).copied();
    let mut found: Vec<Option<&'static str>> = Vec::new();
    for typed in header {
        let name = typed.trim().to_lowercase().replace([' ', '-'], "_");
        let column = all().find(|column| *column == name);
        match column {
            Some(column) if found.contains(&Some(column)) => {
                problems.in_line(line, format!("column {column} is there twice"));
            }
            None if !name.is_empty() => {
                let known = all().collect::<Vec<_>>().join(",");
                let what = format!("there is no column {}; the columns are {known}", shown(typed));
                problems.in_line(line, what);
            }
            _ => {}
        }
        found.push(column);
    }
    let lacks = |column: &&&str| !found.contains(&Some(**column));
    let missing: Vec<&str> = columns.template.iter().filter(lacks).copied().collect();
    if !missing.is_empty() {
        problems.in_line(line, format!("columns are missing: {}", missing.join(",")));
    }
    columns.vital.iter().all(|vital| found.contains(&Some(vital))).then_some(found)
}

fn row(
    line: usize,
    record: &StringRecord,
    header: &[Option<&'static str>],
    open_quote: bool,
    problems: &Problems,
) -> Option<Row> {
    let mut cells = BTreeMap::new();
    for (column, cell) in header.iter().zip(record) {
        let (cell, Some(column)) = (text::tidy(cell), column) else { continue };
        if !cell.is_empty() {
            cells.entry(*column).or_insert(cell);
        }
    }
    let beyond = record.iter().skip(header.len()).any(|cell| !cell.trim().is_empty());
    if beyond {
        let what = "there are more cells than columns; put a text with a separator in it in \
                    \"quotation marks\"";
        problems.in_line(line, what);
    }
    let swallows_lines = record.iter().next_back().is_some_and(|cell| cell.contains('\n'));
    if open_quote && record.len() < header.len() && swallows_lines {
        problems.in_line(line, "a quotation mark is opened here and not closed");
    }
    (!cells.is_empty()).then_some(Row { line, cells })
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: Columns =
        Columns { template: &["ref", "title"], extra: &["body"], vital: &["ref"] };

    fn rows(file: &str) -> (Vec<(usize, String)>, Vec<String>) {
        let problems = Problems::new("x.csv", file);
        let rows = read(file, &COLUMNS, &problems);
        let said = problems.into_found().iter().map(ToString::to_string).collect();
        let joined = |row: &Row| row.cells().map(|(c, v)| format!("{c}={v}")).collect::<Vec<_>>();
        (rows.iter().map(|row| (row.line, joined(row).join("|"))).collect(), said)
    }

    #[test]
    fn every_separator_reads_the_same() {
        let files = [
            "ref,title\r\n1,\"a, b\"\r\n",
            "ref;title\n1;a, b",
            "ref\ttitle\n1\ta, b\n",
            "Ref , TITLE\n1,\"a, b\",,,\n,,\n", // empty cells beyond, and a blank row
        ];
        for file in files {
            assert_eq!(rows(file), (vec![(2, "ref=1|title=a, b".to_owned())], vec![]), "{file}");
        }
        let named = "sep=;\r\nref;title\r\n1;a, b\r\n";
        assert_eq!(rows(named), (vec![(3, "ref=1|title=a, b".to_owned())], vec![]));
    }

    #[test]
    fn lines_are_counted_through_quoted_and_blank_ones() {
        let (rows, said) = rows("ref,title\r\n1,\"a\r\nb\"\r\n\r\n\r\n2,c\n\n3,d\n");
        let lines: Vec<usize> = rows.iter().map(|(line, _)| *line).collect();
        assert_eq!((lines, said), (vec![2, 6, 8], vec![]));
        assert_eq!(rows[0].1, "ref=1|title=a\nb");
    }

    #[test]
    fn the_header_is_checked_by_name() {
        let (read, said) = rows("ref,titel,ref\n1,a,2\n");
        assert_eq!(read, [(2, "ref=1".to_owned())]);
        assert_eq!(
            said,
            [
                "x.csv:1: there is no column \"titel\"; the columns are ref,title,body",
                "x.csv:1: column ref is there twice",
                "x.csv:1: columns are missing: title",
            ]
        );
        assert_eq!(
            rows("title\na\n"),
            (vec![], vec!["x.csv:1: columns are missing: ref".to_owned()])
        );
        assert_eq!(rows("").1, ["x.csv: the file is empty; its first line is ref,title"]);
    }

    #[test]
    fn cells_that_slipped_are_noticed() {
        assert!(rows("ref,title\n1,a, b\n").1[0].starts_with("x.csv:2: there are more cells"));
        let said = rows("ref,title,body\n1,\"a\n2,b,c\n").1;
        assert_eq!(said, ["x.csv:2: a quotation mark is opened here and not closed"]);
    }
}

//! A spreadsheet saved as CSV: its rows under their column names, with their lines.

use csv::{ReaderBuilder, StringRecord};

use super::{
    cells::Texts,
    flaw::{Flaw, What},
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

impl Columns {
    fn all(&self) -> impl Iterator<Item = &'static str> {
        self.template.iter().chain(self.extra).copied()
    }
}

/// A sheet, as far as it can be read.
pub(super) struct Sheet {
    /// The line of the column names.
    header_line: usize,
    /// The columns that are known, in the file's order.
    pub(super) columns: Vec<&'static str>,
    /// What is wrong with the column names.
    pub(super) header: Vec<HeaderSlip>,
    /// None where a vital column lacks.
    pub(super) rows: Vec<Row>,
}

/// What is wrong with the column names.
#[derive(Debug)]
pub(super) enum HeaderSlip {
    /// There are none, nor is there anything else.
    Empty,
    /// A column is there twice.
    Twice(&'static str),
    /// Nobody knows such a column.
    Unknown(String),
    /// Columns of the template are not there.
    Missing(Vec<&'static str>),
}

/// One row with something in it.
#[derive(Debug)]
pub(super) struct Row {
    /// Its first line in the file.
    pub(super) line: usize,
    /// The cells with something in them.
    pub(super) texts: Texts,
    /// What is wrong with the row as a whole.
    pub(super) slips: Vec<Flaw>,
}

impl Sheet {
    /// Says what is wrong with the column names.
    pub(super) fn report(&self, columns: &Columns, problems: &Problems) {
        for slip in &self.header {
            let what = match slip {
                HeaderSlip::Empty => {
                    let first = columns.template.join(",");
                    problems.in_file(format!("the file is empty; its first line is {first}"));
                    continue;
                }
                HeaderSlip::Twice(column) => format!("column {column} is there twice"),
                HeaderSlip::Unknown(typed) => {
                    let known = columns.all().collect::<Vec<_>>().join(",");
                    format!("there is no column {}; the columns are {known}", shown(typed))
                }
                HeaderSlip::Missing(missing) => {
                    format!("columns are missing: {}", missing.join(","))
                }
            };
            problems.in_line(self.header_line, what);
        }
    }
}

/// Reads a sheet.
pub(super) fn read(file: &str, columns: &Columns) -> Sheet {
    let file = file.strip_prefix('\u{feff}').unwrap_or(file);
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
    let Some((header_line, header)) = records.next() else {
        let header = vec![HeaderSlip::Empty];
        return Sheet { header_line: 1, columns: Vec::new(), header, rows: Vec::new() };
    };
    let (found, header) = read_header(&header, columns);
    let known: Vec<&str> = found.iter().copied().flatten().collect();
    let open_quote = file.bytes().filter(|b| *b == b'"').count() % 2 == 1;
    let row = |(line, record)| row(line, &record, &found, open_quote);
    let is_readable = columns.vital.iter().all(|vital| known.contains(vital));
    let rows = if is_readable { records.filter_map(row).collect() } else { Vec::new() };
    Sheet { header_line, columns: known, header, rows }
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

/// Which column each cell of a row is in, where it is known, and what is wrong with the names.
fn read_header(
    header: &StringRecord,
    columns: &Columns,
) -> (Vec<Option<&'static str>>, Vec<HeaderSlip>) {
    let (mut found, mut slips): (Vec<Option<&'static str>>, _) = (Vec::new(), Vec::new());
    for typed in header {
        let name = typed.trim().to_lowercase().replace([' ', '-'], "_");
        let column = columns.all().find(|column| *column == name);
        match column {
            Some(column) if found.contains(&Some(column)) => slips.push(HeaderSlip::Twice(column)),
            None if !name.is_empty() => slips.push(HeaderSlip::Unknown(typed.to_owned())),
            _ => {}
        }
        found.push(column);
    }
    let lacks = |column: &&&str| !found.contains(&Some(**column));
    let missing: Vec<&str> = columns.template.iter().filter(lacks).copied().collect();
    if !missing.is_empty() {
        slips.push(HeaderSlip::Missing(missing));
    }
    (found, slips)
}

fn row(
    line: usize,
    record: &StringRecord,
    header: &[Option<&'static str>],
    open_quote: bool,
) -> Option<Row> {
    let mut texts = Texts::new();
    for (column, cell) in header.iter().zip(record) {
        let (cell, Some(column)) = (text::tidy(cell), column) else { continue };
        if !cell.is_empty() {
            texts.entry(*column).or_insert(cell);
        }
    }
    let mut slips = Vec::new();
    let mut slip = |what, said: &str| slips.push(Flaw::new("", "", what, said.to_owned()));
    let beyond = record.iter().skip(header.len()).any(|cell| !cell.trim().is_empty());
    if beyond {
        slip(
            What::Cells,
            "there are more cells than columns; put a text with a separator in it in \
             \"quotation marks\"",
        );
    }
    let swallows_lines = record.iter().next_back().is_some_and(|cell| cell.contains('\n'));
    if open_quote && record.len() < header.len() && swallows_lines {
        slip(What::Quote, "a quotation mark is opened here and not closed");
    }
    (!texts.is_empty()).then_some(Row { line, texts, slips })
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: Columns =
        Columns { template: &["ref", "title"], extra: &["body"], vital: &["ref"] };

    fn rows(file: &str) -> (Vec<(usize, String)>, Vec<String>) {
        let problems = Problems::new("x.csv", file);
        let sheet = read(file, &COLUMNS);
        sheet.report(&COLUMNS, &problems);
        for row in &sheet.rows {
            row.slips.iter().for_each(|slip| problems.in_line(row.line, &slip.said));
        }
        let said = problems.into_found().iter().map(ToString::to_string).collect();
        let joined = |row: &Row| -> String {
            let cells = row.texts.iter().map(|(c, v)| format!("{c}={v}"));
            cells.collect::<Vec<_>>().join("|")
        };
        (sheet.rows.iter().map(|row| (row.line, joined(row))).collect(), said)
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

//! Extracts of other systems, such as a case system: the texts of the columns that are needed, row by
//! row. Every other cell is dropped here.

use super::{TableRow, header::Header, read_table};
use crate::{
    issue::{Issue, IssueKind},
    validate::text,
};

/// A row of an extract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtractRow<const N: usize> {
    /// The row as the spreadsheet counts it, or the first line in a text file, from 1.
    pub number: usize,
    /// The texts of the columns that were asked for, in their order.
    pub texts: [String; N],
    /// `true` if cells may be in other columns or rows than they belong to: there are more than
    /// columns, or a quotation mark is not closed.
    pub is_damaged: bool,
}

/// Reads the columns `columns` of an extract, in any of the formats of sheets, without rows that are
/// empty in all of them. Other columns are allowed, and nothing of them is kept.
///
/// Fails if the file cannot be read, if it has no rows, or if a column is missing or is there twice.
#[expect(clippy::result_large_err, reason = "one for each file that cannot be read")]
pub fn read_extract<const N: usize>(
    bytes: &[u8],
    columns: [&'static str; N],
) -> Result<Vec<ExtractRow<N>>, Issue> {
    let header = Header::with_all(&columns);
    let table = read_table(bytes, &header).map_err(Issue::in_sheet)?;
    let mut rows = table.rows.into_iter();
    let Some(first) = rows.next() else {
        return Err(Issue::in_sheet(IssueKind::EmptySheet { columns: columns.to_vec() }));
    };
    let named: Vec<_> = first.cells.iter().map(|cell| header.column_of(cell)).collect();
    let places = |column: &'static str| {
        let places = named.iter().enumerate().filter(move |(_, named)| **named == Some(column));
        places.map(|(place, _)| place)
    };
    if let Some(column) = columns.into_iter().find(|&column| places(column).nth(1).is_some()) {
        let issue = Issue::in_field(column, IssueKind::DuplicateColumn, column);
        return Err(issue.at_row(first.number));
    }
    let missing: Vec<_> =
        columns.into_iter().filter(|&column| places(column).next().is_none()).collect();
    if !missing.is_empty() {
        return Err(Issue::in_sheet(IssueKind::MissingColumns { columns: missing }));
    }
    let read = |row: TableRow| {
        let cell = |column| places(column).next().and_then(|place| row.cells.get(place));
        let texts =
            columns.map(|column| cell(column).map_or_else(String::new, |it| text::normalise(it)));
        ExtractRow { number: row.number, texts, is_damaged: !row.issues.is_empty() }
    };
    Ok(rows.map(read).filter(|row| row.texts.iter().any(|text| !text.is_empty())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [&str; 2] = ["person_id", "end_date"];

    fn read(file: &[u8]) -> Result<Vec<(usize, String)>, IssueKind> {
        let rows = read_extract(file, COLUMNS).map_err(|issue| issue.kind)?;
        Ok(rows.into_iter().map(|row| (row.number, row.texts.join("|"))).collect())
    }

    #[test]
    fn columns_are_found_in_any_order_separator_and_encoding() {
        let utf_16 = "person_id,end_date\n12,2026-11-30\n".encode_utf16();
        let utf_16: Vec<u8> = utf_16.flat_map(u16::to_le_bytes).collect();
        let files: [&[u8]; 5] = [
            b"person_id,end_date\n12,2026-11-30\n",
            b"\xef\xbb\xbfEnd Date;secret;Person ID\r\n2026-11-30;kept nowhere;12\r\n",
            b"PERSON_ID\tEND_DATE\n12\t2026-11-30",
            b"sep=|\nperson_id|note|end_date\n12|caf\xe9|2026-11-30\n",
            &utf_16,
        ];
        for file in files {
            let rows = read(file).unwrap();
            let texts: Vec<&str> = rows.iter().map(|(_, texts)| texts.as_str()).collect();
            assert_eq!(texts, ["12|2026-11-30"], "{file:?}");
        }
    }

    #[test]
    fn rows_keep_their_numbers_and_blank_ones_are_left_out() {
        let rows = read(b"person_id,note,end_date\n1,,\n,only a note,\n\n2,,x\n").unwrap();
        assert_eq!(rows, [(2, "1|".to_owned()), (5, "2|x".to_owned())]);
    }

    #[test]
    fn file_without_the_columns_is_refused() {
        let missing =
            |columns: &[&'static str]| Err(IssueKind::MissingColumns { columns: columns.to_vec() });
        assert_eq!(read(b"person_id,other\n1,2\n"), missing(&["end_date"]));
        assert_eq!(read(b"<html>\n</html>\n"), missing(&COLUMNS));
        assert_eq!(read(b""), Err(IssueKind::EmptySheet { columns: COLUMNS.to_vec() }));
        let twice = read(b"person_id,end_date,Person ID\n1,2,3\n");
        assert_eq!(twice, Err(IssueKind::DuplicateColumn));
        assert_eq!(read(b"\xd0\xcf\x11\xe0"), Err(IssueKind::UnsupportedWorkbook));
    }

    #[test]
    fn row_with_misplaced_cells_is_marked() {
        let damaged = |file: &[u8]| {
            let rows = read_extract(file, COLUMNS).unwrap();
            rows.iter().map(|row| row.is_damaged).collect::<Vec<_>>()
        };
        assert_eq!(damaged(b"person_id,end_date\n1,2\n1,2,3\n"), [false, true]);
        assert_eq!(damaged(b"person_id,end_date\n\"1\n1,2\n"), [true]);
    }
}

//! Sheets of opportunities: rows of texts by column, with their row numbers.

use super::{
    TableRow,
    header::{self, Header},
    read_table,
};
use crate::{
    issue::{Issue, IssueKind},
    opportunities::{REQUIRED_COLUMNS, TEMPLATE_COLUMNS, Texts, columns},
    validate::text,
};

/// A sheet of opportunities.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The columns that are known, in the sheet's order.
    pub columns: Vec<&'static str>,
    /// The columns that are not known, as they are written. Their cells are ignored.
    pub unknown: Vec<String>,
    /// The rows that have text in a known column. Empty if a required column is missing.
    pub rows: Vec<SheetRow>,
}

/// A row of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRow {
    /// The row as the spreadsheet counts it, or the first line in a text file, from 1.
    pub number: usize,
    /// The text of each of the sheet's columns.
    pub texts: Texts,
    /// What is wrong with the row as a whole.
    pub issues: Vec<Issue>,
}

impl SheetRow {
    /// The issue that an earlier row has the same reference.
    pub fn duplicate_id(&self, first_row: usize) -> Issue {
        let typed = self.texts.get("ref").map_or("", String::as_str);
        let kind = IssueKind::DuplicateId { first_line: Some(first_row) };
        Issue::in_field("ref", kind, typed).at_row(self.number)
    }
}

/// Reads a sheet that was uploaded. Columns of the template may be missing, and columns that are not
/// known are ignored. Fails if no row can be read.
#[expect(clippy::result_large_err, reason = "one for each sheet that cannot be read")]
pub fn read_sheet(bytes: &[u8]) -> Result<Sheet, Issue> {
    let (sheet, issues) = read_with_issues(bytes);
    for issue in issues {
        let is_known = matches!(
            issue.kind,
            IssueKind::UnknownColumn { .. } | IssueKind::MissingColumns { .. }
        );
        if !is_known {
            return Err(issue);
        }
    }
    let is_missing = |required: &&&str| !sheet.columns.contains(*required);
    let columns: Vec<_> = REQUIRED_COLUMNS.iter().filter(is_missing).copied().collect();
    if !columns.is_empty() {
        return Err(Issue::in_sheet(IssueKind::MissingColumns { columns }));
    }
    Ok(sheet)
}

/// Reads a sheet, and lists what is wrong with its columns.
pub(super) fn read_with_issues(bytes: &[u8]) -> (Sheet, Vec<Issue>) {
    let header = Header::of_opportunities();
    let table = match read_table(bytes, &header) {
        Ok(table) => table,
        Err(kind) => return (Sheet::default(), vec![Issue::in_sheet(kind)]),
    };
    let mut rows = table.rows.into_iter();
    let Some(first) = rows.next() else {
        let empty = IssueKind::EmptySheet { columns: TEMPLATE_COLUMNS.to_vec() };
        return (Sheet::default(), vec![Issue::in_sheet(empty)]);
    };
    let (header, issues) = read_header(&first, &header);
    let columns: Vec<&str> = header.iter().copied().flatten().collect();
    let is_readable = REQUIRED_COLUMNS.iter().all(|required| columns.contains(required));
    let rows = rows.filter(|_| is_readable).filter_map(|row| read_row(row, &header));
    let unknown = first.cells.iter().zip(&header).filter(|(typed, column)| {
        column.is_none() && !typed.trim().is_empty() && !header::is_issues_column(typed)
    });
    let unknown = unknown.map(|(typed, _)| typed.clone()).collect();
    (Sheet { rows: rows.collect(), columns, unknown }, issues)
}

/// Matches the cells of the first row to columns, and lists what is wrong with them.
fn read_header(row: &TableRow, known: &Header) -> (Vec<Option<&'static str>>, Vec<Issue>) {
    let issue = |kind, value: &str| {
        let issue = Issue::in_sheet(kind).at_row(row.number);
        Issue { value: crate::issue::excerpt(value), ..issue }
    };
    let (mut header, mut issues): (Vec<Option<&'static str>>, Vec<Issue>) = Default::default();
    for typed in &row.cells {
        let column = known.column_of(typed);
        match column {
            Some(column) if header.contains(&Some(column)) => {
                let duplicate = Issue::in_field(column, IssueKind::DuplicateColumn, typed);
                issues.push(duplicate.at_row(row.number));
            }
            None if !typed.trim().is_empty() && !header::is_issues_column(typed) => {
                let known = columns().collect();
                issues.push(issue(IssueKind::UnknownColumn { known }, typed));
            }
            _ => {}
        }
        header.push(column);
    }
    let is_missing = |column: &&&str| !header.contains(&Some(**column));
    let columns: Vec<_> = TEMPLATE_COLUMNS.iter().filter(is_missing).copied().collect();
    if !columns.is_empty() {
        issues.push(issue(IssueKind::MissingColumns { columns }, ""));
    }
    (header, issues)
}

/// Reads a row; `None` if it has no text in a known column.
fn read_row(row: TableRow, header: &[Option<&'static str>]) -> Option<SheetRow> {
    let known = header.iter().copied().flatten();
    let mut texts: Texts = known.map(|column| (column, String::new())).collect();
    for (column, cell) in header.iter().zip(&row.cells) {
        let Some(text) = column.and_then(|column| texts.get_mut(column)) else { continue };
        // A column that is there twice holds the first of its texts.
        if text.is_empty() {
            *text = text::normalise(cell);
        }
    }
    let issues = row.issues.into_iter();
    let issues = issues.map(|kind| Issue::in_sheet(kind).at_row(row.number)).collect();
    let has_text = texts.values().any(|text| !text.is_empty());
    has_text.then_some(SheetRow { number: row.number, texts, issues })
}

#[cfg(test)]
mod tests;

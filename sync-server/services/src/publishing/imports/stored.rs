//! The stored form of a sheet.

use std::collections::BTreeMap;

use promise_database::DatabaseError;
use promise_edition::{Issue, IssueKind, Sheet, SheetRow, opportunities::column};
use serde::{Deserialize, Serialize};

use crate::ServiceError;

#[derive(Serialize, Deserialize)]
struct StoredSheet {
    columns: Vec<String>,
    unknown: Vec<String>,
    rows: Vec<StoredRow>,
}

#[derive(Serialize, Deserialize)]
struct StoredRow {
    line: usize,
    texts: BTreeMap<String, String>,
    /// The issues with the row as a whole. Those with its texts are found again.
    issues: Vec<RowIssue>,
}

/// An issue with a row as a whole.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RowIssue {
    UnclosedQuote,
    CellOutsideTable,
    TooManyCells,
}

impl RowIssue {
    fn new(kind: &IssueKind) -> Self {
        match kind {
            IssueKind::UnclosedQuote => Self::UnclosedQuote,
            IssueKind::CellOutsideTable => Self::CellOutsideTable,
            _ => Self::TooManyCells,
        }
    }

    fn kind(self) -> IssueKind {
        match self {
            Self::UnclosedQuote => IssueKind::UnclosedQuote,
            Self::CellOutsideTable => IssueKind::CellOutsideTable,
            Self::TooManyCells => IssueKind::TooManyCells,
        }
    }
}

/// Encodes a sheet.
pub(crate) fn to_json(sheet: &Sheet) -> String {
    let row = |row: &SheetRow| StoredRow {
        line: row.number,
        texts: row.texts.iter().map(|(name, text)| ((*name).to_owned(), text.clone())).collect(),
        issues: row.issues.iter().map(|issue| RowIssue::new(&issue.kind)).collect(),
    };
    let stored = StoredSheet {
        columns: sheet.columns.iter().map(|column| (*column).to_owned()).collect(),
        unknown: sheet.unknown.clone(),
        rows: sheet.rows.iter().map(row).collect(),
    };
    serde_json::to_string(&stored).unwrap_or_default()
}

/// Decodes a sheet.
pub(crate) fn from_json(json: &str) -> Result<Sheet, ServiceError> {
    let stored: StoredSheet =
        serde_json::from_str(json).map_err(|_| DatabaseError::Unreadable("upload"))?;
    let row = |row: StoredRow| {
        let issue = |issue: &RowIssue| Issue::in_sheet(issue.kind()).at_row(row.line);
        let text = |(name, text): (String, String)| Some((column(&name)?, text));
        SheetRow {
            number: row.line,
            issues: row.issues.iter().map(issue).collect(),
            texts: row.texts.into_iter().filter_map(text).collect(),
        }
    };
    Ok(Sheet {
        columns: stored.columns.iter().filter_map(|name| column(name)).collect(),
        unknown: stored.unknown,
        rows: stored.rows.into_iter().map(row).collect(),
    })
}

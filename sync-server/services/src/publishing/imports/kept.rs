//! A sheet as it is stored between the preview and the import.

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
    /// What is wrong with the row as a whole: the kind, and the sentence of the command line.
    slips: Vec<(String, String)>,
}

pub(crate) fn to_json(sheet: &Sheet) -> String {
    let row = |row: &SheetRow| StoredRow {
        line: row.number,
        texts: row.texts.iter().map(|(name, text)| ((*name).to_owned(), text.clone())).collect(),
        slips: row.issues.iter().map(|it| (stored_kind(&it.kind).into(), it.describe())).collect(),
    };
    let stored = StoredSheet {
        columns: sheet.columns.iter().map(|it| (*it).to_owned()).collect(),
        unknown: sheet.unknown.clone(),
        rows: sheet.rows.iter().map(row).collect(),
    };
    serde_json::to_string(&stored).unwrap_or_default()
}

pub(crate) fn from_json(json: &str) -> Result<Sheet, ServiceError> {
    let stored: StoredSheet =
        serde_json::from_str(json).map_err(|_| DatabaseError::Unreadable("upload"))?;
    let row = |row: StoredRow| {
        let issue =
            |(kind, _): &(String, String)| Issue::in_sheet(row_issue(kind)).at_row(row.line);
        SheetRow {
            number: row.line,
            issues: row.slips.iter().map(issue).collect(),
            texts: row
                .texts
                .into_iter()
                .filter_map(|(name, text)| Some((column(&name)?, text)))
                .collect(),
        }
    };
    Ok(Sheet {
        columns: stored.columns.iter().filter_map(|name| column(name)).collect(),
        unknown: stored.unknown,
        rows: stored.rows.into_iter().map(row).collect(),
    })
}

/// The stored name of an issue with a whole row.
fn stored_kind(kind: &IssueKind) -> &'static str {
    match kind {
        IssueKind::UnclosedQuote => "quote",
        IssueKind::CellOutsideTable => "outside",
        _ => "cells",
    }
}

fn row_issue(stored: &str) -> IssueKind {
    match stored {
        "quote" => IssueKind::UnclosedQuote,
        "outside" => IssueKind::CellOutsideTable,
        _ => IssueKind::TooManyCells,
    }
}

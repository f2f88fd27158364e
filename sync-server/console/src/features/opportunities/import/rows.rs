//! Rows of an uploaded sheet as the pages show them.

use promise_edition::opportunities::to_texts;
use promise_services::publishing::imports::{AddedRow, ChangedRow, InvalidRow};

use crate::{features::opportunities::format, kit::words};

/// A row with issues.
pub(super) struct InvalidItem {
    pub(super) line: usize,
    pub(super) title: String,
    pub(super) issues: Vec<String>,
}

impl InvalidItem {
    pub(super) fn new(row: &InvalidRow) -> Self {
        Self {
            line: row.line,
            title: row.texts.get("title").cloned().unwrap_or_default(),
            issues: row.issues.iter().map(format::issue).collect(),
        }
    }
}

/// A column that a row changes.
pub(super) struct ChangedColumn {
    pub(super) label: String,
    pub(super) before: String,
    pub(super) after: String,
}

/// A row that changes an opportunity.
pub(super) struct ChangedItem {
    pub(super) line: usize,
    pub(super) title: String,
    pub(super) columns: Vec<ChangedColumn>,
}

impl ChangedItem {
    pub(super) fn new(row: &ChangedRow) -> Self {
        let column = |(column, before, after): &(&'static str, String, String)| ChangedColumn {
            label: format::label(column),
            before: format::value(column, before),
            after: format::value(column, after),
        };
        Self {
            line: row.line,
            title: row.opportunity.title.clone(),
            columns: row.columns.iter().map(column).collect(),
        }
    }
}

/// The columns of a new row whose values are easily misread: dates, ages and money.
const CHECKED_COLUMNS: [&str; 12] = [
    "closes", "starts", "ends", "age_min", "age_max", "amount", "cost", "pay", "pay_type",
    "pay_min", "pay_max", "pay_unit",
];

/// A value of a new row, as the opportunity's page will show it.
pub(super) struct Fact {
    pub(super) label: String,
    pub(super) value: String,
}

/// An opportunity of a list.
pub(super) struct PlainItem {
    /// The line in the sheet; empty if it is in none.
    pub(super) line: String,
    pub(super) title: String,
    pub(super) organisation: String,
    /// Dates, ages and money, which an editor checks before they are applied.
    pub(super) facts: Vec<Fact>,
}

impl PlainItem {
    pub(super) fn new(line: Option<usize>, title: &str, organisation: &str) -> Self {
        Self {
            line: line.map(|line| words::count("import-line", line)).unwrap_or_default(),
            title: title.to_owned(),
            organisation: organisation.to_owned(),
            facts: Vec::new(),
        }
    }

    pub(super) fn of_added(row: &AddedRow) -> Self {
        let AddedRow { line, opportunity } = row;
        let texts = to_texts(opportunity);
        let fact = |column: &str| {
            let text = texts.get(column).filter(|text| !text.is_empty())?;
            Some(Fact { label: format::label(column), value: format::value(column, text) })
        };
        Self {
            facts: CHECKED_COLUMNS.into_iter().filter_map(fact).collect(),
            ..Self::new(Some(*line), &opportunity.title, &opportunity.organisation)
        }
    }
}

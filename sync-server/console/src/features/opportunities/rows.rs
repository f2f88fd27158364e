//! Rows of a sheet as the pages show them.

use promise_services::publishing::imports::{ChangedRow, InvalidRow, Plan};

use crate::{features::opportunities::format, kit::words};

/// A row with a mistake.
pub(super) struct Wrong {
    pub(super) line: usize,
    pub(super) title: String,
    pub(super) issues: Vec<String>,
}

/// One of which something changes.
pub(super) struct Change {
    pub(super) line: usize,
    pub(super) title: String,
    pub(super) columns: Vec<(String, String, String)>,
}

/// One of which there is nothing more to say.
pub(super) struct Plain {
    pub(super) line: String,
    pub(super) title: String,
    pub(super) note: String,
}

/// One that may be there under another name.
pub(super) struct Same {
    pub(super) line: usize,
    pub(super) text: String,
}

pub(super) fn wrong(row: &InvalidRow) -> Wrong {
    Wrong {
        line: row.line,
        title: row.texts.get("title").cloned().unwrap_or_default(),
        issues: row.issues.iter().map(format::issue).collect(),
    }
}

pub(super) fn changed(it: &ChangedRow) -> Change {
    let column = |(column, before, after): &(&'static str, String, String)| {
        (format::label(column), format::told(column, before), format::told(column, after))
    };
    Change {
        line: it.line,
        title: it.opportunity.title.clone(),
        columns: it.columns.iter().map(column).collect(),
    }
}

pub(super) fn plain(line: Option<usize>, title: &str, note: &str) -> Plain {
    let line = line.map(|line| words::count("import-line", line)).unwrap_or_default();
    Plain { line, title: title.to_owned(), note: note.to_owned() }
}

pub(super) fn added(plan: &Plan) -> impl Iterator<Item = Plain> {
    plan.added
        .iter()
        .map(|it| plain(Some(it.line), &it.opportunity.title, &it.opportunity.organisation))
}

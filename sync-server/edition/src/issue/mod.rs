//! What is wrong with content, and how to fix it: one vocabulary for folders, sheets, forms and
//! drafts.
//!
//! An [`Issue`] holds data. Its `Display` is the sentence of the command line; the console has its
//! own words for each [`IssueKind`].

mod english;
mod kind;
mod place;

use crate::content::RecordKind;

pub use kind::IssueKind;
pub use place::{Place, Position};

/// The most characters of a value that an issue repeats.
const MAX_EXCERPT: usize = 60;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Where it is.
    pub place: Place,
    /// What is wrong.
    pub kind: IssueKind,
    /// The value in question, cut to one line of at most 60 characters. Empty if there is none.
    pub value: String,
}

impl Issue {
    /// An issue with the value of a field, where the field is all that is known about the place.
    pub fn in_field(field: &'static str, kind: IssueKind, value: &str) -> Self {
        Self { place: Place::Field { name: field }, kind, value: excerpt(value) }
    }

    /// An issue with the promise itself.
    pub(crate) fn in_promise(field: &'static str, kind: IssueKind) -> Self {
        Self { place: Place::Promise { field }, kind, value: String::new() }
    }

    /// An issue with a record of one of an edition's lists.
    pub(crate) fn in_record(
        (record, id, title): (RecordKind, &str, &str),
        field: &'static str,
        kind: IssueKind,
    ) -> Self {
        let place =
            Place::Record { kind: record, id: id.to_owned(), title: title.to_owned(), field };
        Self { place, kind, value: String::new() }
    }

    /// An issue with a sheet as a whole.
    pub fn in_sheet(kind: IssueKind) -> Self {
        let place = Place::Sheet { file: None, row: None, column: None };
        Self { place, kind, value: String::new() }
    }

    /// The same issue in a row of a sheet.
    #[must_use]
    pub fn at_row(self, row: usize) -> Self {
        let column = self.place.field();
        Self { place: Place::Sheet { file: None, row: Some(row), column }, ..self }
    }

    /// The same issue in a sheet with this file name.
    #[must_use]
    pub(crate) fn in_sheet_file(self, name: &str) -> Self {
        let place = match self.place {
            Place::Sheet { row, column, .. } => {
                Place::Sheet { file: Some(name.to_owned()), row, column }
            }
            other => other,
        };
        Self { place, ..self }
    }

    /// The field or column that the issue is about, if it is about one.
    pub fn field(&self) -> Option<&'static str> {
        self.place.field()
    }
}

/// Cuts a value to one line that fits a message.
pub(crate) fn excerpt(value: &str) -> String {
    let line = value.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut excerpt: String = line.take(MAX_EXCERPT).collect();
    if value.chars().nth(MAX_EXCERPT).is_some() {
        excerpt.push('…');
    }
    excerpt
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpt_is_one_short_line() {
        assert_eq!(excerpt("a\nb"), "a b");
        assert_eq!(excerpt(&"é".repeat(61)).chars().count(), 61);
    }

    #[test]
    fn issue_display_starts_with_its_place() {
        let missing = Issue::in_field("title", IssueKind::Missing, "");
        assert_eq!(missing.to_string(), "title: there is no title");
        let row = missing.at_row(3);
        assert_eq!(row.to_string(), "row 3: there is no title");
        assert_eq!(row.in_sheet_file("jobs.csv").to_string(), "jobs.csv:3: there is no title");
        let record = (RecordKind::Pledge, "bus-pass", "Bus pass");
        let record = Issue::in_record(record, "text", IssueKind::NoEnglish);
        assert_eq!(
            record.to_string(),
            "pledge \"Bus pass\": text has no English; write text.en = \"...\""
        );
    }
}

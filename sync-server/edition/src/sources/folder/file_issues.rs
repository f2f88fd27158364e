//! The issues of one file of a folder.

use std::{cell::RefCell, ops::Range};

use crate::issue::{Issue, IssueKind, Place, Position, excerpt};

/// Collects the issues of a file, so that all of them are reported at once.
#[derive(Debug)]
pub(super) struct FileIssues<'a> {
    name: &'static str,
    text: &'a str,
    /// The byte at which each line but the first begins.
    line_starts: Vec<usize>,
    found: RefCell<Vec<Issue>>,
}

/// What an issue is about.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Subject {
    /// The TOML table as a noun: "a pledge".
    pub(super) table: Option<&'static str>,
    pub(super) field: Option<&'static str>,
}

impl<'a> FileIssues<'a> {
    pub(super) fn new(name: &'static str, text: &'a str) -> Self {
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let line_starts = newlines.map(|(index, _)| index + 1).collect();
        Self { name, text, line_starts, found: RefCell::default() }
    }

    /// Adds an issue at a range of bytes.
    pub(super) fn add(&self, span: &Range<usize>, subject: Subject, kind: IssueKind, value: &str) {
        let place = Place::File {
            name: self.name.to_owned(),
            position: Some(self.position(span)),
            table: subject.table,
            field: subject.field,
        };
        self.found.borrow_mut().push(Issue { place, kind, value: excerpt(value) });
    }

    /// The line and column at which a range of bytes begins.
    pub(super) fn position(&self, span: &Range<usize>) -> Position {
        let index = self.line_starts.partition_point(|start| *start <= span.start);
        let start = index.checked_sub(1).and_then(|before| self.line_starts.get(before));
        let before = self.text.get(start.copied().unwrap_or(0)..span.start);
        Position { line: index + 1, column: before.map_or(0, |before| before.chars().count()) + 1 }
    }

    /// All issues, in the order of the file.
    pub(super) fn into_sorted(self) -> Vec<Issue> {
        let mut found = self.found.into_inner();
        found.sort_by_key(|issue| issue.place.line());
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issues_are_sorted_and_name_their_line() {
        let issues = FileIssues::new("promise.toml", "one\ntwo\nthree");
        for (span, message) in [(8..9, "third"), (4..5, "second"), (3..4, "still first")] {
            let kind = IssueKind::NotToml { message: message.to_owned() };
            issues.add(&span, Subject::default(), kind, "");
        }
        let found: Vec<String> = issues.into_sorted().iter().map(ToString::to_string).collect();
        assert_eq!(
            found,
            [
                "promise.toml:1: this is not TOML: still first",
                "promise.toml:2: this is not TOML: second",
                "promise.toml:3: this is not TOML: third",
            ]
        );
    }

    #[test]
    fn columns_count_characters() {
        let issues = FileIssues::new("promise.toml", "one\né = £x");
        assert_eq!(issues.position(&(0..1)), Position { line: 1, column: 1 });
        assert_eq!(issues.position(&(9..10)), Position { line: 2, column: 5 });
    }
}

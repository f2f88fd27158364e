//! Reading the texts of a row or form, column by column.

use std::cell::RefCell;

use chrono::NaiveDate;
use promise_protocol::text::key;

use super::{TextOrigin, Texts};
use crate::{
    issue::{Issue, IssueKind},
    validate::{
        check_length,
        text::{is_formula, is_garbled, is_unprintable},
        values,
    },
};

/// Reads texts by column and collects the issues, so that all of them are reported at once.
pub(super) struct ColumnReader<'a> {
    texts: &'a Texts,
    issues: RefCell<Vec<Issue>>,
}

impl<'a> ColumnReader<'a> {
    pub(super) fn new(texts: &'a Texts) -> Self {
        Self { texts, issues: RefCell::default() }
    }

    pub(super) fn into_issues(self) -> Vec<Issue> {
        self.issues.into_inner()
    }

    /// Adds an issue with the text of a column.
    pub(super) fn add_issue(&self, column: &'static str, kind: IssueKind) {
        self.add_issue_with(column, self.get(column).unwrap_or_default(), kind);
    }

    /// Adds an issue with a part of the text of a column.
    pub(super) fn add_issue_with(&self, column: &'static str, typed: &str, kind: IssueKind) {
        self.issues.borrow_mut().push(Issue::in_field(column, kind, typed));
    }

    /// Checks every text for what no column may hold. Formulas are refused in files, which may come
    /// from anyone; staff may type them into a form.
    pub(super) fn check_texts(&self, origin: TextOrigin) {
        for (column, text) in self.texts.iter().filter(|(_, text)| !text.is_empty()) {
            if let Err(kind) = check_length(column, text) {
                self.add_issue(column, kind);
            }
            if is_garbled(text) || is_unprintable(text) {
                self.add_issue(column, IssueKind::Damaged);
            }
            if origin == TextOrigin::File && is_formula(text) {
                self.add_issue(column, IssueKind::Formula);
            }
        }
    }

    fn get(&self, column: &'static str) -> Option<&str> {
        self.texts.get(column).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// The text of a column; `None` if it is empty.
    pub(super) fn text(&self, column: &'static str) -> Option<String> {
        self.get(column).map(str::to_owned)
    }

    /// Parses the text of a column unless it is empty.
    pub(super) fn parse<T>(
        &self,
        column: &'static str,
        parse: impl FnOnce(&str) -> Result<T, IssueKind>,
    ) -> Option<T> {
        parse(self.get(column)?).map_err(|kind| self.add_issue(column, kind)).ok()
    }

    /// Parses the text of a column that must not be empty.
    pub(super) fn require<T>(
        &self,
        column: &'static str,
        parse: impl FnOnce(&str) -> Result<T, IssueKind>,
    ) -> Option<T> {
        if self.get(column).is_none() {
            self.add_issue(column, IssueKind::Missing);
        }
        self.parse(column, parse)
    }

    pub(super) fn day(&self, column: &'static str) -> Option<NaiveDate> {
        self.parse(column, values::day)
    }

    /// Parses yes or no. Empty means no.
    pub(super) fn flag(&self, column: &'static str) -> bool {
        let parse = |typed: &str| match key(typed).as_str() {
            "y" | "yes" | "true" | "1" => Ok(true),
            "n" | "no" | "false" | "0" => Ok(false),
            _ => Err(IssueKind::NotYesOrNo),
        };
        self.parse(column, parse).unwrap_or_default()
    }

    /// Parses each part of a list and leaves out those that fail.
    pub(super) fn list<T>(
        &self,
        column: &'static str,
        parse: impl Fn(&str) -> Result<T, IssueKind>,
    ) -> Vec<T> {
        let parts = self.get(column).unwrap_or_default().split([';', ',']).map(str::trim);
        let parsed = parts.filter(|part| !part.is_empty()).filter_map(|part| {
            parse(part).map_err(|kind| self.add_issue_with(column, part, kind)).ok()
        });
        parsed.collect()
    }
}

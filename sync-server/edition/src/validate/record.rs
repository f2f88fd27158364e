//! The issues of one record.

use std::collections::BTreeSet;

use promise_protocol::pack::Localised;
use serde::Serialize;

use super::{limits::check_length, text};
use crate::{
    content::{RecordKind, field_and_language, fields_of},
    issue::{Issue, IssueKind},
};

/// The fields that hold free text.
const TEXTS: [&str; 20] = [
    "title",
    "intro",
    "text",
    "easy_read",
    "how_to_get",
    "amount",
    "evidence",
    "ask_role",
    "legal_ref",
    "source_url",
    "summary",
    "body",
    "organisation",
    "how_to_apply",
    "contact_name",
    "cost",
    "hours",
    "role",
    "display_name",
    "about",
];

/// The issues found in one record, by field.
#[derive(Default)]
pub(super) struct RecordIssues(Vec<(&'static str, IssueKind)>);

impl RecordIssues {
    pub(super) fn extend(&mut self, found: impl IntoIterator<Item = (&'static str, IssueKind)>) {
        self.0.extend(found);
    }

    pub(super) fn check(&mut self, field: &'static str, outcome: Result<(), IssueKind>) {
        self.0.extend(outcome.err().map(|kind| (field, kind)));
    }

    pub(super) fn check_required(&mut self, field: &'static str, text: &str) {
        self.check(field, if text.is_empty() { Err(IssueKind::Missing) } else { Ok(()) });
    }

    /// Checks that a localised text has English, if it has any text or must have one.
    pub(super) fn check_localised(
        &mut self,
        field: &'static str,
        texts: &Localised,
        is_required: bool,
    ) {
        let has_english = texts.get("en").is_some_and(|text| !text.is_empty());
        let has_any = texts.values().any(|text| !text.is_empty());
        let outcome = match (has_english, has_any) {
            (false, true) => Err(IssueKind::NoEnglish),
            (false, false) if is_required => Err(IssueKind::Missing),
            _ => Ok(()),
        };
        self.check(field, outcome);
    }

    /// Checks the length and characters of every free text.
    pub(super) fn check_texts(&mut self, record: &impl Serialize) {
        for (key, value) in fields_of(record) {
            let (field, _) = field_and_language(&key);
            let Some(typed) = value.as_str() else { continue };
            let Some(field) = TEXTS.iter().find(|known| **known == field) else { continue };
            self.check(field, check_length(field, typed));
            if text::is_unprintable(typed) {
                self.0.push((field, IssueKind::Damaged));
            }
        }
    }

    pub(super) fn into_inner(self) -> Vec<(&'static str, IssueKind)> {
        self.0
    }

    pub(super) fn in_record(
        self,
        kind: RecordKind,
        id: &str,
        title: &str,
    ) -> impl Iterator<Item = Issue> {
        let issue = move |(field, found)| Issue::in_record((kind, id, title), field, found);
        self.0.into_iter().map(issue)
    }
}

/// Lists the issues of the records of one kind: those that `check` finds, texts that are too long
/// or damaged, and ids that are used twice.
pub(super) fn validate_records<T: Serialize>(
    kind: RecordKind,
    records: &[T],
    id: impl Fn(&T) -> &String,
    check: impl Fn(&T, &mut RecordIssues),
) -> Vec<Issue> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for record in records {
        let mut issues = RecordIssues::default();
        if !seen.insert(id(record)) {
            issues.check("id", Err(IssueKind::DuplicateId { first_line: None }));
        }
        check(record, &mut issues);
        issues.check_texts(record);
        let fields = fields_of(record);
        let title =
            ["title.en", "title", "display_name.en"].iter().find_map(|key| fields.get(*key));
        let title = title.and_then(|title| title.as_str()).filter(|title| !title.is_empty());
        all.extend(issues.in_record(kind, id(record), title.unwrap_or(id(record))));
    }
    all
}

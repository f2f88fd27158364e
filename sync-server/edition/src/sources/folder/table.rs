//! Reading the fields of a TOML table. Issues are added with their line, and reading goes on.

mod lists;

use std::{borrow::Cow, cell::RefCell, collections::BTreeSet, ops::Range, str::FromStr};

use chrono::NaiveDate;
use promise_protocol::{pack::Localised, text::key, vocabulary::UnknownWord};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use self::lists::{Item, to_item};
use super::file_issues::{FileIssues, Subject};
use crate::{
    issue::IssueKind,
    validate::{
        check_length,
        text::{is_garbled, is_unprintable, normalise},
        values,
    },
};

/// Reads the fields of one table.
pub(super) struct TableReader<'a> {
    table: &'a DeTable<'a>,
    span: Range<usize>,
    /// The table as a noun, for messages: "a pledge".
    noun: &'static str,
    issues: &'a FileIssues<'a>,
    /// The fields that were read.
    known: RefCell<BTreeSet<&'static str>>,
}

impl<'a> TableReader<'a> {
    pub(super) fn new(
        table: &'a DeTable<'a>,
        span: Range<usize>,
        noun: &'static str,
        issues: &'a FileIssues<'a>,
    ) -> Self {
        Self { table, span, noun, issues, known: RefCell::default() }
    }

    /// Adds the issue that a field is missing.
    pub(super) fn add_missing(&self, field: &'static str) {
        self.issues.add(&self.span, self.subject(field), IssueKind::Missing, "");
    }

    /// Adds an issue with a field.
    pub(super) fn add_field_issue(&self, field: &'static str, kind: IssueKind, value: &str) {
        self.add_issue_at(&self.span_of(field), field, kind, value);
    }

    fn add_issue_at(&self, span: &Range<usize>, field: &'static str, kind: IssueKind, value: &str) {
        self.issues.add(span, self.subject(field), kind, value);
    }

    fn subject(&self, field: &'static str) -> Subject {
        Subject { table: Some(self.noun), field: Some(field) }
    }

    /// The line of a field, or of the table if the field is missing.
    pub(super) fn line_of(&self, field: &'static str) -> usize {
        self.issues.position(&self.span_of(field)).line
    }

    /// Reads a text. An empty text counts as missing.
    pub(super) fn text(&self, field: &'static str) -> Option<String> {
        let (value, span) = self.value(field)?;
        self.checked_text(field, value, &span)
    }

    /// Reads a text that must be there. Returns an empty one if it is missing, so that the rest of the
    /// table is read too.
    pub(super) fn require(&self, field: &'static str) -> String {
        self.text(field).unwrap_or_else(|| {
            self.add_missing(field);
            String::new()
        })
    }

    /// Reads and parses a text.
    pub(super) fn parse<T>(
        &self,
        field: &'static str,
        parse: impl FnOnce(&str) -> Result<T, IssueKind>,
    ) -> Option<T> {
        self.parse_text(field, &self.text(field)?, parse)
    }

    /// Reads and parses a text that must be there.
    pub(super) fn require_parsed<T>(
        &self,
        field: &'static str,
        parse: impl FnOnce(&str) -> Result<T, IssueKind>,
    ) -> Option<T> {
        let typed = self.require(field);
        if typed.is_empty() { None } else { self.parse_text(field, &typed, parse) }
    }

    /// Reads a record's id, which must be there.
    pub(super) fn id(&self, field: &'static str) -> Option<String> {
        self.require_parsed(field, values::record_id)
    }

    /// Reads a day, written as a TOML date or as text.
    pub(super) fn day(&self, field: &'static str) -> Option<NaiveDate> {
        match self.value(field)? {
            (DeValue::Datetime(date), _) => self.parse_text(field, &date.to_string(), values::day),
            _ => self.parse(field, values::day),
        }
    }

    /// Reads a small whole number, written as a TOML integer or as text.
    pub(super) fn number(
        &self,
        field: &'static str,
        parse: impl FnOnce(&str) -> Result<u8, IssueKind>,
    ) -> Option<u8> {
        match self.value(field)? {
            (DeValue::Integer(number), _) => self.parse_text(field, &number.to_string(), parse),
            _ => self.parse(field, parse),
        }
    }

    /// Reads a boolean. Missing means `false`.
    pub(super) fn flag(&self, field: &'static str) -> bool {
        let Some((value, span)) = self.value(field) else { return false };
        value.as_bool().unwrap_or_else(|| {
            self.add_issue_at(&span, field, IssueKind::NotYesOrNo, "");
            false
        })
    }

    /// Reads a word of a closed vocabulary.
    pub(super) fn word<T: FromStr<Err = UnknownWord>>(&self, field: &'static str) -> Option<T> {
        self.parse(field, parse_word)
    }

    /// Reads a localised text: a table by language, or one text, which is English.
    pub(super) fn localised(&self, field: &'static str) -> Localised {
        let Some((value, span)) = self.value(field) else { return Localised::new() };
        let DeValue::Table(table) = value else {
            let text = self.checked_text(field, value, &span);
            return text.map(|text| ("en".to_owned(), text)).into_iter().collect();
        };
        let translations = table.iter();
        let texts: Localised =
            translations.filter_map(|(tag, value)| self.translation(field, tag, value)).collect();
        if !texts.contains_key("en") {
            self.add_field_issue(field, IssueKind::NoEnglish, "");
        }
        texts
    }

    /// Reads a localised text that must be there.
    pub(super) fn require_localised(&self, field: &'static str) -> Localised {
        let texts = self.localised(field);
        if texts.is_empty() && self.value(field).is_none_or(|(value, _)| value.is_str()) {
            self.add_missing(field);
        }
        texts
    }

    /// Adds an issue for every field that was not read, which most often is a misspelt one.
    pub(super) fn refuse_other_fields(self) {
        let known: Vec<&'static str> = self.known.borrow().iter().copied().collect();
        for name in self.table.keys().filter(|name| !known.contains(&name.get_ref().as_ref())) {
            let kind = IssueKind::UnknownField { known: known.clone() };
            let subject = Subject { table: Some(self.noun), field: None };
            self.issues.add(&name.span(), subject, kind, name.get_ref());
        }
    }

    /// The text of a value, checked for what no text may hold.
    fn checked_text(
        &self,
        field: &'static str,
        value: &DeValue<'_>,
        span: &Range<usize>,
    ) -> Option<String> {
        let Some(typed) = value.as_str() else {
            self.add_issue_at(span, field, IssueKind::NotText, "");
            return None;
        };
        let text = normalise(typed);
        if is_garbled(&text) || is_unprintable(&text) {
            self.add_issue_at(span, field, IssueKind::Damaged, &text);
        }
        if let Err(kind) = check_length(field, &text) {
            self.add_issue_at(span, field, kind, &text);
        }
        (!text.is_empty()).then_some(text)
    }

    fn translation(
        &self,
        field: &'static str,
        tag: &Spanned<Cow<'_, str>>,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<(String, String)> {
        let typed = tag.get_ref();
        let tag = values::language_tag(typed)
            .map_err(|kind| self.add_issue_at(&tag.span(), field, kind, typed))
            .ok()?;
        Some((tag, self.checked_text(field, value.get_ref(), &value.span())?))
    }

    fn parse_text<T>(
        &self,
        field: &'static str,
        typed: &str,
        parse: impl FnOnce(&str) -> Result<T, IssueKind>,
    ) -> Option<T> {
        parse(typed).map_err(|kind| self.add_field_issue(field, kind, typed)).ok()
    }

    fn value(&self, field: &'static str) -> Option<Item<'a>> {
        self.known.borrow_mut().insert(field);
        self.table.get(field).map(to_item)
    }

    fn span_of(&self, field: &'static str) -> Range<usize> {
        self.table.get(field).map_or_else(|| self.span.clone(), Spanned::span)
    }
}

fn parse_word<T: FromStr<Err = UnknownWord>>(typed: &str) -> Result<T, IssueKind> {
    Ok(key(typed).parse()?)
}

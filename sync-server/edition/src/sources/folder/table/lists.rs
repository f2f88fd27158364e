//! Lists of texts and of tables.

use std::{ops::Range, str::FromStr};

use promise_protocol::vocabulary::UnknownWord;
use toml::{Spanned, de::DeValue};

use super::{TableReader, parse_word};
use crate::{issue::IssueKind, sources::folder::file_issues::Subject};

/// A value and its position.
pub(super) type Item<'a> = (&'a DeValue<'a>, Range<usize>);

impl<'a> TableReader<'a> {
    /// Reads a list of words of a closed vocabulary.
    pub(in crate::sources::folder) fn words<T: FromStr<Err = UnknownWord>>(
        &self,
        field: &'static str,
    ) -> Vec<T> {
        self.list(field, parse_word)
    }

    /// Reads a list of texts, each parsed on its own. A single text is a list of one.
    pub(in crate::sources::folder) fn list<T>(
        &self,
        field: &'static str,
        parse: impl Fn(&str) -> Result<T, IssueKind>,
    ) -> Vec<T> {
        let item = |(value, span): Item<'a>| self.parse_item(field, value, &span, &parse);
        self.items(field).into_iter().filter_map(item).collect()
    }

    /// The tables of an array `[[name]]`. `noun` is what one of them is, for messages.
    pub(in crate::sources::folder) fn tables(
        &self,
        name: &'static str,
        noun: &'static str,
    ) -> Vec<TableReader<'a>> {
        let table = |(value, span): Item<'a>| {
            let table = value.as_table();
            if table.is_none() {
                let subject = Subject { table: Some(noun), field: Some(name) };
                self.issues.add(&span, subject, IssueKind::NotATable { name }, "");
            }
            table.map(|table| TableReader::new(table, span, noun, self.issues))
        };
        self.items(name).into_iter().filter_map(table).collect()
    }

    /// Reads a list in which each item is a text, or a table with more about it.
    pub(in crate::sources::folder) fn texts_or_tables<T>(
        &self,
        field: &'static str,
        noun: &'static str,
        from_text: impl Fn(&str) -> Result<T, IssueKind>,
        from_table: impl Fn(TableReader<'a>) -> Option<T>,
    ) -> Vec<T> {
        let item = |(value, span): Item<'a>| match value {
            DeValue::Table(table) => from_table(TableReader::new(table, span, noun, self.issues)),
            _ => self.parse_item(field, value, &span, &from_text),
        };
        self.items(field).into_iter().filter_map(item).collect()
    }

    /// The table `[name]`.
    pub(in crate::sources::folder) fn table(
        &self,
        name: &'static str,
        noun: &'static str,
    ) -> Option<TableReader<'a>> {
        self.tables(name, noun).into_iter().next()
    }

    /// The values of a list. A single value is a list of one.
    pub(in crate::sources::folder) fn items(&self, field: &'static str) -> Vec<Item<'a>> {
        match self.value(field) {
            None => Vec::new(),
            Some((DeValue::Array(items), _)) => items.iter().map(to_item).collect(),
            Some(single) => vec![single],
        }
    }

    fn parse_item<T>(
        &self,
        field: &'static str,
        value: &DeValue<'_>,
        span: &Range<usize>,
        parse: impl Fn(&str) -> Result<T, IssueKind>,
    ) -> Option<T> {
        let typed = self.checked_text(field, value, span)?;
        parse(&typed).map_err(|kind| self.add_issue_at(span, field, kind, &typed)).ok()
    }
}

pub(super) fn to_item<'a>(value: &'a Spanned<DeValue<'a>>) -> Item<'a> {
    (value.get_ref(), value.span())
}

//! Fields of a TOML table. What is wrong with one is noted with its line, and reading goes on.

use std::{cell::RefCell, collections::BTreeSet, ops::Range};

use chrono::NaiveDate;
use promise_protocol::pack::Localised;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    checks,
    limits::longest,
    problem::{Problems, shown},
    text,
};

/// The fields of one table.
pub(super) struct Fields<'a> {
    table: &'a DeTable<'a>,
    span: Range<usize>,
    /// What the table is, for messages: "a pledge".
    is: &'static str,
    problems: &'a Problems,
    known: RefCell<BTreeSet<&'static str>>,
}

/// A value and where it stands.
type Place<'a> = (&'a DeValue<'a>, Range<usize>);

impl<'a> Fields<'a> {
    /// The fields of a table that is a `is`.
    pub(super) fn new(
        table: &'a DeTable<'a>,
        span: Range<usize>,
        is: &'static str,
        problems: &'a Problems,
    ) -> Self {
        Self { table, span, is, problems, known: RefCell::default() }
    }

    /// Notes a problem of the table as a whole.
    pub(super) fn problem(&self, what: impl Into<String>) {
        self.problems.at(&self.span, what);
    }

    /// Notes a problem of a field.
    pub(super) fn problem_of(&self, name: &'static str, what: impl Into<String>) {
        self.problems.at(&self.span_of(name), what);
    }

    /// The line of a field, or of its table.
    pub(super) fn line_of(&self, name: &'static str) -> usize {
        self.problems.line_of(&self.span_of(name))
    }

    /// A text. Empty texts count as left out.
    pub(super) fn text(&self, name: &'static str) -> Option<String> {
        let (value, span) = self.value(name)?;
        self.clean(name, value, &span)
    }

    /// A text that must be there. A table without it is read on, to find its other problems.
    pub(super) fn required(&self, name: &'static str) -> String {
        self.text(name).unwrap_or_else(|| {
            self.missing(name);
            String::new()
        })
    }

    /// A text that a check must pass.
    pub(super) fn checked<T>(
        &self,
        name: &'static str,
        check: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        self.good(name, check(&self.text(name)?))
    }

    /// A text that must be there, and that a check must pass.
    pub(super) fn required_checked<T>(
        &self,
        name: &'static str,
        check: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let typed = self.required(name);
        if typed.is_empty() { None } else { self.good(name, check(&typed)) }
    }

    /// A record's name, which must be there.
    pub(super) fn id(&self, name: &'static str) -> Option<String> {
        self.required_checked(name, |typed| checks::record_id(name, typed))
    }

    /// A day, as a TOML date or as text.
    pub(super) fn day(&self, name: &'static str) -> Option<NaiveDate> {
        match self.value(name)? {
            (DeValue::Datetime(date), _) => self.good(name, checks::day(name, &date.to_string())),
            _ => self.checked(name, |typed| checks::day(name, typed)),
        }
    }

    /// A small whole number that a check must pass.
    pub(super) fn number(
        &self,
        name: &'static str,
        check: impl FnOnce(&str) -> Result<u8, String>,
    ) -> Option<u8> {
        match self.value(name)? {
            (DeValue::Integer(number), _) => self.good(name, check(&number.to_string())),
            _ => self.checked(name, check),
        }
    }

    /// Yes or no. Left out means no.
    pub(super) fn flag(&self, name: &'static str) -> bool {
        let Some((value, span)) = self.value(name) else { return false };
        value.as_bool().unwrap_or_else(|| {
            self.problems.at(&span, format!("{name} is true or false, without quotation marks"));
            false
        })
    }

    /// One of the words of a list.
    pub(super) fn choice<T: Copy>(&self, name: &'static str, words: &[(&str, T)]) -> Option<T> {
        self.checked(name, |typed| one_of(name, typed, words))
    }

    /// Texts that a check must pass, each on its own. A single text is a list of one.
    pub(super) fn list<T>(
        &self,
        name: &'static str,
        check: impl Fn(&str) -> Result<T, String>,
    ) -> Vec<T> {
        let item = |(value, span): Place<'a>| {
            let typed = self.clean(name, value, &span)?;
            check(&typed).map_err(|what| self.problems.at(&span, what)).ok()
        };
        self.items(name).into_iter().filter_map(item).collect()
    }

    /// A text in several languages: a table of them, or one text, which is English.
    pub(super) fn localised(&self, name: &'static str) -> Localised {
        let Some((value, span)) = self.value(name) else { return Localised::new() };
        let texts: Localised = match value {
            DeValue::Table(table) => {
                table.iter().filter_map(|(tag, value)| self.translation(name, tag, value)).collect()
            }
            _ => self.clean(name, value, &span).map(|t| ("en".to_owned(), t)).into_iter().collect(),
        };
        if matches!(value, DeValue::Table(_)) && !texts.contains_key("en") {
            self.problem_of(name, format!("{name} has no English; write {name}.en = \"...\""));
        }
        texts
    }

    /// A text in several languages that must be there.
    pub(super) fn required_localised(&self, name: &'static str) -> Localised {
        let texts = self.localised(name);
        if texts.is_empty() && self.value(name).is_none_or(|(value, _)| value.is_str()) {
            self.missing(name);
        }
        texts
    }

    /// The tables of an array `[[name]]`, each of which is a `is`.
    pub(super) fn tables(&self, name: &'static str, is: &'static str) -> Vec<Fields<'a>> {
        let table = |(value, span): Place<'a>| {
            let table = value.as_table();
            if table.is_none() {
                self.problems.at(&span, format!("{is} is written as [[{name}]] with its fields"));
            }
            table.map(|table| Fields::new(table, span, is, self.problems))
        };
        self.items(name).into_iter().filter_map(table).collect()
    }

    /// A list in which each item is a text, or a table that is a `is` and says more.
    pub(super) fn texts_or_tables<T>(
        &self,
        name: &'static str,
        is: &'static str,
        from_text: impl Fn(&str) -> Result<T, String>,
        from_table: impl Fn(Fields<'a>) -> Option<T>,
    ) -> Vec<T> {
        let item = |(value, span): Place<'a>| match value {
            DeValue::Table(table) => from_table(Fields::new(table, span, is, self.problems)),
            _ => from_text(&self.clean(name, value, &span)?)
                .map_err(|what| self.problems.at(&span, what))
                .ok(),
        };
        self.items(name).into_iter().filter_map(item).collect()
    }

    /// The table `[name]`.
    pub(super) fn table(&self, name: &'static str, is: &'static str) -> Option<Fields<'a>> {
        self.tables(name, is).into_iter().next()
    }

    /// The values of a list; a single value is a list of one.
    pub(super) fn items(&self, name: &'static str) -> Vec<Place<'a>> {
        match self.value(name) {
            None => Vec::new(),
            Some((DeValue::Array(items), _)) => items.iter().map(place).collect(),
            Some(single) => vec![single],
        }
    }

    /// Notes every field that nothing asked for: most often a slip of the finger.
    pub(super) fn no_others(self) {
        let known = self.known.into_inner();
        for name in self.table.keys().filter(|name| !known.contains(name.get_ref().as_ref())) {
            let known = known.iter().copied().collect::<Vec<_>>().join(", ");
            let what = format!(
                "{} has no field {}; the fields are {known}",
                self.is,
                shown(name.get_ref())
            );
            self.problems.at(&name.span(), what);
        }
    }

    /// The text of a value, checked for what no text should hold.
    fn clean(&self, name: &str, value: &DeValue<'_>, span: &Range<usize>) -> Option<String> {
        let Some(typed) = value.as_str() else {
            self.problems.at(span, format!("{name} must be a text in \"quotation marks\""));
            return None;
        };
        let tidy = text::tidy(typed);
        if text::is_garbled(&tidy) || text::is_unprintable(&tidy) {
            let what = format!("{name} holds damaged characters; save the file as UTF-8");
            self.problems.at(span, what);
        }
        let most = longest(name);
        if tidy.chars().count() > most {
            self.problems.at(span, format!("{name} is longer than {most} characters"));
        }
        (!tidy.is_empty()).then_some(tidy)
    }

    fn translation(
        &self,
        name: &str,
        tag: &Spanned<std::borrow::Cow<'_, str>>,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<(String, String)> {
        let tag = checks::language(tag.get_ref())
            .map_err(|what| self.problems.at(&tag.span(), format!("{name}: {what}")))
            .ok()?;
        Some((tag, self.clean(name, value.get_ref(), &value.span())?))
    }

    fn value(&self, name: &'static str) -> Option<Place<'a>> {
        self.known.borrow_mut().insert(name);
        self.table.get(name).map(place)
    }

    fn span_of(&self, name: &'static str) -> Range<usize> {
        self.table.get(name).map_or_else(|| self.span.clone(), Spanned::span)
    }

    fn good<T>(&self, name: &'static str, checked: Result<T, String>) -> Option<T> {
        checked.map_err(|what| self.problem_of(name, what)).ok()
    }

    fn missing(&self, name: &'static str) {
        self.problem(format!("{} must have a {name}", self.is));
    }
}

/// The meaning of one of these words.
pub(super) fn one_of<T: Copy>(name: &str, typed: &str, words: &[(&str, T)]) -> Result<T, String> {
    let found = words.iter().find(|(word, _)| word.eq_ignore_ascii_case(typed));
    found.map(|(_, meaning)| *meaning).ok_or_else(|| {
        let all = words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
        format!("{name} {} is not known; write one of {all}", shown(typed))
    })
}

fn place<'a>(value: &'a Spanned<DeValue<'a>>) -> Place<'a> {
    (value.get_ref(), value.span())
}

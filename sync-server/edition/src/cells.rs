//! What somebody typed about one thing, by column. What is wrong with one is noted, and reading
//! goes on.

use std::{cell::RefCell, collections::BTreeMap};

use chrono::NaiveDate;
use promise_protocol::phone_number;

use super::{
    checks,
    flaw::{Flaw, What},
    limits::longest,
    problem::shown,
    spreadsheet, text,
};

/// Texts by column. A column that is left out is not spoken of; one with an empty text is empty.
pub type Texts = BTreeMap<&'static str, String>;

/// The texts of one row or form.
pub(super) struct Cells<'a> {
    texts: &'a Texts,
    flaws: RefCell<Vec<Flaw>>,
}

impl<'a> Cells<'a> {
    pub(super) fn new(texts: &'a Texts) -> Self {
        Self { texts, flaws: RefCell::default() }
    }

    /// All that was noted.
    pub(super) fn into_flaws(self) -> Vec<Flaw> {
        self.flaws.into_inner()
    }

    /// Notes something wrong in a column.
    pub(super) fn flaw(&self, column: &'static str, what: What, said: impl Into<String>) {
        self.flaw_of(column, self.held(column).unwrap_or_default(), what, said);
    }

    /// Notes something wrong with a part of what is in a column.
    pub(super) fn flaw_of(
        &self,
        column: &'static str,
        typed: &str,
        what: What,
        said: impl Into<String>,
    ) {
        self.flaws.borrow_mut().push(Flaw::new(column, typed, what, said.into()));
    }

    /// Notes what no text should hold, whatever its column. In a file, a text that a spreadsheet
    /// would run is such: the file came from elsewhere.
    pub(super) fn check_all(&self, in_file: bool) {
        for (column, cell) in self.texts.iter().filter(|(_, cell)| !cell.is_empty()) {
            let most = longest(column);
            if cell.chars().count() > most {
                let said = format!("{column} is longer than {most} characters");
                self.flaw(column, What::TooLong(most), said);
            }
            if text::is_garbled(cell) || text::is_unprintable(cell) {
                let said = format!(
                    "{column} {} holds damaged characters; save the file as \"CSV UTF-8\"",
                    shown(cell)
                );
                self.flaw(column, What::Damaged, said);
            }
            if in_file && is_formula(cell) {
                let said = format!(
                    "{column} {} begins as a formula does; begin it with a letter or a digit",
                    shown(cell)
                );
                self.flaw(column, What::Formula, said);
            }
        }
    }

    fn held(&self, column: &'static str) -> Option<&str> {
        self.texts.get(column).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// What a column says.
    pub(super) fn text(&self, column: &'static str) -> Option<String> {
        self.held(column).map(str::to_owned)
    }

    /// What a check makes of a column with something in it.
    pub(super) fn checked<T>(
        &self,
        column: &'static str,
        what: What,
        check: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        check(self.held(column)?).map_err(|said| self.flaw(column, what, said)).ok()
    }

    /// What a check makes of a column that must have something in it.
    pub(super) fn required<T>(
        &self,
        column: &'static str,
        what: What,
        check: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        if self.held(column).is_none() {
            self.flaw(column, What::Missing, format!("there is no {column}"));
        }
        self.checked(column, what, check)
    }

    /// A day, which messages call by `name`.
    pub(super) fn day(&self, column: &'static str, name: &str) -> Option<NaiveDate> {
        self.checked(column, What::Day, |typed| checks::day(name, typed))
    }

    /// Yes or no. Empty means no.
    pub(super) fn flag(&self, column: &'static str) -> bool {
        let read = |typed: &str| match typed.to_lowercase().as_str() {
            "y" | "yes" | "true" | "1" => Ok(true),
            "n" | "no" | "false" | "0" => Ok(false),
            _ => Err(format!("{column} {} is neither y nor n", shown(typed))),
        };
        self.checked(column, What::YesNo, read).unwrap_or_default()
    }

    /// The parts of a column that a check lets pass.
    pub(super) fn several<const N: usize, T>(
        &self,
        column: &'static str,
        between: [char; N],
        what: What,
        check: impl Fn(&str) -> Result<T, String>,
    ) -> Vec<T> {
        let parts = self.held(column).unwrap_or_default().split(between).map(str::trim);
        parts
            .filter(|part| !part.is_empty())
            .filter_map(|part| {
                check(part).map_err(|said| self.flaw_of(column, part, what, said)).ok()
            })
            .collect()
    }
}

/// Returns `true` if an uploaded cell is a formula. Such a cell is refused, not altered: only
/// numbers and telephone numbers begin like one and are none.
fn is_formula(cell: &str) -> bool {
    spreadsheet::is_formula(cell)
        && cell.parse::<f64>().is_err()
        && phone_number::parse(cell).is_err()
}

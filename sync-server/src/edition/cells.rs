//! Cells of one row of a sheet. What is wrong with one is noted with its line, and reading goes on.

use chrono::NaiveDate;

use super::{
    checks,
    limits::longest,
    problem::{Problems, shown},
    sheet::Row,
    text,
};
use crate::phone_number;

/// The cells of one row.
pub(super) struct Cells<'a> {
    pub(super) row: &'a Row,
    pub(super) problems: &'a Problems,
}

impl Cells<'_> {
    /// Notes a problem of the row.
    pub(super) fn problem(&self, what: impl Into<String>) {
        self.problems.in_line(self.row.line, what);
    }

    /// Notes what no cell should hold, whatever its column.
    pub(super) fn check_all(&self) {
        for (column, cell) in self.row.cells() {
            let most = longest(column);
            if cell.chars().count() > most {
                self.problem(format!("{column} is longer than {most} characters"));
            }
            if text::is_garbled(cell) || text::is_unprintable(cell) {
                self.problem(format!(
                    "{column} {} holds damaged characters; save the file as \"CSV UTF-8\"",
                    shown(cell)
                ));
            }
            if is_formula(cell) {
                self.problem(format!(
                    "{column} {} begins as a formula does; begin it with a letter or a digit",
                    shown(cell)
                ));
            }
        }
    }

    /// What a cell says.
    pub(super) fn text(&self, column: &'static str) -> Option<String> {
        self.row.cell(column).map(str::to_owned)
    }

    /// What a check makes of a cell with something in it.
    pub(super) fn checked<T>(
        &self,
        column: &'static str,
        check: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        check(self.row.cell(column)?).map_err(|what| self.problem(what)).ok()
    }

    /// What a check makes of a cell that must have something in it.
    pub(super) fn required<T>(
        &self,
        column: &'static str,
        check: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        if self.row.cell(column).is_none() {
            self.problem(format!("there is no {column}"));
        }
        self.checked(column, check)
    }

    /// A day, which messages call by `name`.
    pub(super) fn day(&self, column: &'static str, name: &str) -> Option<NaiveDate> {
        self.checked(column, |typed| checks::day(name, typed))
    }

    /// Yes or no. An empty cell means no.
    pub(super) fn flag(&self, column: &'static str) -> bool {
        let read = |typed: &str| match typed.to_lowercase().as_str() {
            "y" | "yes" | "true" | "1" => Ok(true),
            "n" | "no" | "false" | "0" => Ok(false),
            _ => Err(format!("{column} {} is neither y nor n", shown(typed))),
        };
        self.checked(column, read).unwrap_or_default()
    }

    /// The parts of a cell that a check lets pass.
    pub(super) fn several<const N: usize, T>(
        &self,
        column: &'static str,
        between: [char; N],
        check: impl Fn(&str) -> Result<T, String>,
    ) -> Vec<T> {
        let parts = self.row.cell(column).unwrap_or_default().split(between).map(str::trim);
        parts
            .filter(|part| !part.is_empty())
            .filter_map(|part| check(part).map_err(|what| self.problem(what)).ok())
            .collect()
    }
}

/// Whether a spreadsheet would run a cell when somebody opens the file: a way to take data from
/// whoever does. It is refused, not altered: nothing honest begins so, but numbers and phones.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@'])
        && cell.parse::<f64>().is_err()
        && phone_number::parse(cell).is_err()
}

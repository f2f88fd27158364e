//! What an import changes in a council, and what it cannot read.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use promise_database::Person;
use promise_edition::day_of;
use promise_protocol::ids::PersonId;

use super::file::{CareLeavers, Row};
use crate::people::timescales::RecordedTimescale;

/// A day before this year stands for none: databases write 1900-01-01.
const FIRST_YEAR: i32 = 2000;

/// What an import changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// How many rows the file has.
    pub rows: usize,
    /// How many of them are about young people who are not here.
    pub not_here: usize,
    /// The last days that move forward.
    pub moved: Vec<MovedDay>,
    /// How many last days are the same here.
    pub same: usize,
    /// How many last days are later here, and stay.
    pub later_here: usize,
    /// What does not count.
    pub refused: Vec<RefusedDay>,
}

/// A last day that moves forward.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedDay {
    /// The young person.
    pub person: PersonId,
    /// The council's reference of them.
    pub reference: String,
    /// The id of the timescale.
    pub timescale: String,
    /// The last day as it was recorded.
    pub before: Option<NaiveDate>,
    /// The last day by the file.
    pub last_on: NaiveDate,
    /// The planned next day that stays.
    pub next_on: Option<NaiveDate>,
    /// The planned next day that is emptied, because it is not after the last one.
    pub emptied: Option<NaiveDate>,
}

/// A row, or one day of it, that does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedDay {
    /// The row's number.
    pub row: usize,
    /// The council's reference of the young person of the row, if they are here.
    pub reference: Option<String>,
    /// The column, or `None` for all of the row.
    pub column: Option<&'static str>,
    /// Why it does not count.
    pub problem: DayProblem,
}

/// Why a row, or one day of it, does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayProblem {
    /// Cells may be in other columns or rows than they belong to.
    Damaged,
    /// No young person is named.
    NoPerson,
    /// The text is not a day.
    NotADay,
    /// The day is after today.
    ToCome,
    /// The day is before the year 2000.
    LongAgo,
}

/// The last days of a file: for each young person, by the key of their reference, those of the timescales
/// by their ids.
pub(super) type LastDays<'a> = BTreeMap<&'a str, BTreeMap<&'a str, NaiveDate>>;

impl Plan {
    /// Returns `true` if something does not count, and a person has to look.
    pub fn needs_attention(&self) -> bool {
        !self.refused.is_empty()
    }

    /// Returns the latest days of the rows about these young people, whose keys are those of their
    /// references. Notes what does not count.
    pub(super) fn last_days<'a>(
        &mut self,
        file: &'a CareLeavers,
        people: &BTreeMap<String, Person>,
        today: NaiveDate,
    ) -> LastDays<'a> {
        self.rows = file.rows.len();
        let mut last_days = LastDays::new();
        for row in &file.rows {
            if row.is_damaged {
                self.refuse(row, None, None, DayProblem::Damaged);
                continue;
            }
            if row.person.is_empty() {
                self.refuse(row, None, None, DayProblem::NoPerson);
                continue;
            }
            let Some(person) = people.get(&row.person) else {
                self.not_here += 1;
                continue;
            };
            for ((column, timescale), cell) in file.columns.iter().zip(&row.days) {
                match last_day(cell, today) {
                    Ok(None) => {}
                    Ok(Some(day)) => {
                        let of_person = last_days.entry(row.person.as_str()).or_default();
                        let latest = of_person.entry(timescale.as_str()).or_insert(day);
                        *latest = day.max(*latest);
                    }
                    Err(problem) => self.refuse(row, Some(person), Some(*column), problem),
                }
            }
        }
        last_days
    }

    fn refuse(
        &mut self,
        row: &Row,
        person: Option<&Person>,
        column: Option<&'static str>,
        problem: DayProblem,
    ) {
        let reference = person.and_then(|person| person.reference.clone());
        self.refused.push(RefusedDay { row: row.number, reference, column, problem });
    }

    /// Compares a last day of the file with what is recorded. It is never moved back.
    pub(super) fn compare(
        &mut self,
        person: &Person,
        recorded: &RecordedTimescale,
        last_on: NaiveDate,
    ) {
        match recorded.last_on {
            Some(held) if held == last_on => self.same += 1,
            Some(held) if held > last_on => self.later_here += 1,
            before => {
                let next_on = recorded.next_on.filter(|next| *next > last_on);
                let emptied = if next_on.is_none() { recorded.next_on } else { None };
                self.moved.push(MovedDay {
                    person: person.id.clone(),
                    reference: person.reference.clone().unwrap_or_default(),
                    timescale: recorded.timescale.id.clone(),
                    before,
                    last_on,
                    next_on,
                    emptied,
                });
            }
        }
    }
}

/// Reads a cell. `None` if it is empty.
fn last_day(cell: &str, today: NaiveDate) -> Result<Option<NaiveDate>, DayProblem> {
    if cell.is_empty() {
        return Ok(None);
    }
    let day = day_of(cell).ok_or(DayProblem::NotADay)?;
    if day > today {
        Err(DayProblem::ToCome)
    } else if day.year() < FIRST_YEAR {
        Err(DayProblem::LongAgo)
    } else {
        Ok(Some(day))
    }
}

//! What an import changes, one thing at a time.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use promise_protocol::ids::{PersonId, StaffId};
use thiserror::Error;

/// One change, in the order in which they are applied: a leaver's contact is emptied before a successor
/// replaces it, and an end comes before what follows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// A staff member left, and is deactivated.
    SwitchOff {
        /// The staff member.
        staff: StaffId,
    },
    /// An adviser's assignment ends.
    End {
        /// The young person.
        person: PersonId,
        /// The adviser.
        staff: StaffId,
    },
    /// The first or last day of an adviser's assignment changes.
    SetDays {
        /// The young person.
        person: PersonId,
        /// The adviser.
        staff: StaffId,
        /// The first day, if it is in the future.
        starts: Option<NaiveDate>,
        /// The first day on which it is over.
        ends: Option<NaiveDate>,
    },
    /// A young person gets an adviser.
    Assign {
        /// The young person.
        person: PersonId,
        /// The adviser.
        staff: StaffId,
        /// The first day, if it is in the future.
        starts: Option<NaiveDate>,
        /// The first day on which it is over.
        ends: Option<NaiveDate>,
    },
}

/// The text is not a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a change of an import")]
pub struct InvalidChange;

const NO_DAY: &str = "-";

/// Writes a change as words with spaces between them, for a form.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day =
            |day: Option<NaiveDate>| day.map_or_else(|| NO_DAY.to_owned(), |day| day.to_string());
        match self {
            Self::SwitchOff { staff } => write!(f, "off {staff}"),
            Self::End { person, staff } => write!(f, "end {person} {staff}"),
            Self::SetDays { person, staff, starts, ends } => {
                write!(f, "days {person} {staff} {} {}", day(*starts), day(*ends))
            }
            Self::Assign { person, staff, starts, ends } => {
                write!(f, "assign {person} {staff} {} {}", day(*starts), day(*ends))
            }
        }
    }
}

impl FromStr for Change {
    type Err = InvalidChange;

    fn from_str(text: &str) -> Result<Self, InvalidChange> {
        let words: Vec<&str> = text.split(' ').collect();
        let person = |id: &str| id.parse::<PersonId>().map_err(|_| InvalidChange);
        let staff = |id: &str| id.parse::<StaffId>().map_err(|_| InvalidChange);
        let day = |text: &str| match text {
            NO_DAY => Ok(None),
            text => text.parse::<NaiveDate>().map(Some).map_err(|_| InvalidChange),
        };
        match words.as_slice() {
            ["off", id] => Ok(Self::SwitchOff { staff: staff(id)? }),
            ["end", of, by] => Ok(Self::End { person: person(of)?, staff: staff(by)? }),
            ["days", of, by, starts, ends] => Ok(Self::SetDays {
                person: person(of)?,
                staff: staff(by)?,
                starts: day(starts)?,
                ends: day(ends)?,
            }),
            ["assign", of, by, starts, ends] => Ok(Self::Assign {
                person: person(of)?,
                staff: staff(by)?,
                starts: day(starts)?,
                ends: day(ends)?,
            }),
            _ => Err(InvalidChange),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn change_is_read_as_it_is_written() {
        let (person, staff) = (PersonId::from("p1"), StaffId::from("s1"));
        let (starts, ends) = (None, NaiveDate::from_ymd_opt(2026, 12, 31));
        let changes = [
            Change::SwitchOff { staff: staff.clone() },
            Change::End { person: person.clone(), staff: staff.clone() },
            Change::SetDays { person: person.clone(), staff: staff.clone(), starts, ends },
            Change::Assign { person, staff, starts: ends, ends: starts },
        ];
        assert!(changes.is_sorted());
        for change in changes {
            assert_eq!(change.to_string().parse(), Ok(change));
        }
    }

    #[test]
    fn text_that_is_no_change_is_refused() {
        for text in ["", "off", "off A", "end p1", "end p1 s1 -", "days p1 s1 - soon", "Off s1"] {
            assert_eq!(text.parse::<Change>(), Err(InvalidChange), "{text}");
        }
    }
}

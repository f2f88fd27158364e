//! Why a line of opening hours is refused.

use std::fmt;

use chrono::{NaiveTime, Timelike};

use super::{format, length, needs_length};
use crate::values::Opening;

/// Lines that are read, for error texts. A text shows the first one that is not what was typed.
const EXAMPLES: [[&str; 2]; 3] = [
    ["mon-fri 09:00-17:00", "sat,sun 00:00-24:00"],
    ["mon-wed 10:00-14:30", "fri 18:00-02:00 next day"],
    ["tue,thu 08:30-12:00", "always"],
];

/// Why a line of opening hours is refused. Each reading in it is what the line may mean: a form
/// can ask which, see [`readings`](Self::readings). The text follows what was typed: `hours "..."
/// end before they begin; write ...`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpeningHoursError {
    /// Not days and hours.
    Unclear {
        /// Two lines that are read, neither of which was typed.
        examples: [&'static str; 2],
    },
    /// The end is before the start, and nothing says that it is on the next day.
    EndsBeforeStart(Opening),
    /// The end is the start, and nothing says that it is on the next day.
    EqualEnds(Opening),
    /// The stretch lasts more than 16 hours, and the line does not give its length.
    Long(Opening),
    /// The line gives another length than that of its hours.
    OtherLength(Opening),
    /// The line says "next day", and its hours end on the day on which they begin.
    EndsSameDay(Opening),
}

impl OpeningHoursError {
    /// The error of a line that is not days and hours. Its examples differ from the line in more
    /// than spaces and signs.
    pub(super) fn unclear(typed: &str) -> Self {
        let letters = |text: &str| -> String {
            text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase()
        };
        let typed = letters(typed);
        let is_other = |pair: &&[&str; 2]| pair.iter().all(|one| !typed.contains(&letters(one)));
        let [first, ..] = EXAMPLES;
        Self::Unclear { examples: EXAMPLES.iter().find(is_other).copied().unwrap_or(first) }
    }

    /// Returns the lines that the refused one may stand for, each in the form that [`parse`] reads.
    /// Empty if the line is unclear.
    ///
    /// [`parse`]: super::parse()
    pub fn readings(&self) -> Vec<String> {
        match self {
            Self::Unclear { .. } => Vec::new(),
            Self::EndsBeforeStart(opening) => {
                let afternoon = in_the_afternoon(opening);
                [Some(format(opening)), afternoon.map(|opening| format(&opening))]
                    .into_iter()
                    .flatten()
                    .collect()
            }
            Self::EqualEnds(opening) => {
                let whole =
                    Opening { opens: NaiveTime::MIN, closes: NaiveTime::MIN, ..opening.clone() };
                let mut readings = vec![format(&whole)];
                if !opening.is_all_day() {
                    readings.push(format(opening));
                }
                readings
            }
            Self::Long(opening) | Self::OtherLength(opening) | Self::EndsSameDay(opening) => {
                vec![format(opening)]
            }
        }
    }
}

/// The reading in which the end was meant in the afternoon: `09:00-05:00` is nine to five. `None`
/// if that is no shorter than a working day can be.
pub(super) fn in_the_afternoon(opening: &Opening) -> Option<Opening> {
    let hour = Some(opening.closes.hour()).filter(|hour| (1..12).contains(hour))?;
    let closes = opening.closes.with_hour(hour + 12)?;
    let reading = Opening { closes, ..opening.clone() };
    (closes > opening.opens && !needs_length(&reading)).then_some(reading)
}

impl std::error::Error for OpeningHoursError {}

impl fmt::Display for OpeningHoursError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unclear { examples: [one, other] } => {
                return write!(f, "are not clear; write \"{one}\" or \"{other}\"");
            }
            Self::EndsBeforeStart(_) => f.write_str("end before they begin")?,
            Self::EqualEnds(_) => f.write_str("begin and end at the same time")?,
            Self::Long(opening) => {
                write!(f, "last {}; if that is right, ", length::format(opening.minutes()))?;
            }
            Self::OtherLength(opening) => {
                write!(f, "last {}", length::format(opening.minutes()))?;
            }
            Self::EndsSameDay(_) => f.write_str("end on the day on which they begin")?,
        }
        if !matches!(self, Self::Long(_)) {
            f.write_str("; ")?;
        }
        let readings: Vec<String> =
            self.readings().iter().map(|reading| format!("\"{reading}\"")).collect();
        write!(f, "write {}", readings.join(" or "))
    }
}

//! Opening hours.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::hour_and_minute;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// A day of the week.
    pub enum Weekday {
        /// Monday.
        Mon = "mon",
        /// Tuesday.
        Tue = "tue",
        /// Wednesday.
        Wed = "wed",
        /// Thursday.
        Thu = "thu",
        /// Friday.
        Fri = "fri",
        /// Saturday.
        Sat = "sat",
        /// Sunday.
        Sun = "sun",
    }
}

impl Weekday {
    /// Returns the day of the week of a date.
    pub fn of(date: NaiveDate) -> Self {
        match date.weekday() {
            chrono::Weekday::Mon => Self::Mon,
            chrono::Weekday::Tue => Self::Tue,
            chrono::Weekday::Wed => Self::Wed,
            chrono::Weekday::Thu => Self::Thu,
            chrono::Weekday::Fri => Self::Fri,
            chrono::Weekday::Sat => Self::Sat,
            chrono::Weekday::Sun => Self::Sun,
        }
    }
}

/// The same hours on some days of the week, in London time. Hours that close no later than they
/// open run into the next day: an emergency team's Monday is `17:00` to `08:45`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Opening {
    /// The days on which it opens.
    pub days: Vec<Weekday>,
    /// When it opens, `09:00`.
    #[serde(with = "hour_and_minute")]
    pub opens: NaiveTime,
    /// When it closes, `17:00`.
    #[serde(with = "hour_and_minute")]
    pub closes: NaiveTime,
    /// What a newer version wrote and this one does not know.
    #[serde(flatten)]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub unknown: Map<String, Value>,
}

impl Opening {
    /// Returns `true` if it lasts from midnight to midnight.
    pub fn is_all_day(&self) -> bool {
        self.opens == NaiveTime::MIN && self.closes == NaiveTime::MIN
    }

    /// Returns `true` if it closes on the day after it opens. Midnight counts as the end of a day.
    pub fn closes_next_day(&self) -> bool {
        self.closes <= self.opens && self.closes != NaiveTime::MIN
    }

    /// Returns how many minutes it lasts on each of its days, from 1 to 24 hours.
    pub fn minutes(&self) -> u32 {
        const DAY: u32 = 24 * 60;
        let minute = |time: NaiveTime| time.num_seconds_from_midnight() / 60;
        let (opens, closes) = (minute(self.opens), minute(self.closes));
        if closes > opens { closes - opens } else { closes + DAY - opens }
    }
}

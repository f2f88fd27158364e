//! Periods of days, weeks, months or years, as laws and councils give them.

use std::{fmt, str::FromStr};

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::vocabulary::vocabulary;

/// A period, written `8 weeks` or `2 months`. These two are not the same: two months are 59 to 62 days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Period {
    /// How many units.
    pub count: u32,
    /// The unit.
    pub unit: PeriodUnit,
}

vocabulary! {
    /// The unit of a period.
    pub enum PeriodUnit {
        /// Days.
        Day = "day",
        /// Seven days each.
        Week = "week",
        /// Calendar months.
        Month = "month",
        /// Calendar years.
        Year = "year",
    }
}

/// The most units of a period.
const MAX_COUNT: u32 = 120;

/// The text is not a period. Reading it again fails again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a period is a number from 1 to 120 with days, weeks, months or years, such as 8 weeks")]
pub struct InvalidPeriod;

impl Period {
    /// The day on which the period ends that begins with this day. Months and years end on the day of the
    /// same number, or on the last day of a month that has no such day: two months after 31 December is
    /// 28 or 29 February. Returns `None` only if the calendar does not go that far.
    pub fn end(self, from: NaiveDate) -> Option<NaiveDate> {
        match self.unit {
            PeriodUnit::Day => from.checked_add_days(Days::new(self.count.into())),
            PeriodUnit::Week => from.checked_add_days(Days::new(7 * u64::from(self.count))),
            PeriodUnit::Month => from.checked_add_months(Months::new(self.count)),
            PeriodUnit::Year => from.checked_add_months(Months::new(self.count.checked_mul(12)?)),
        }
    }
}

impl FromStr for Period {
    type Err = InvalidPeriod;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (count, unit) = text.trim().split_once(' ').ok_or(InvalidPeriod)?;
        let count: u32 = count.parse().map_err(|_| InvalidPeriod)?;
        let unit = unit.trim().to_ascii_lowercase();
        let unit = unit.strip_suffix('s').unwrap_or(&unit).parse().map_err(|_| InvalidPeriod)?;
        if (1..=MAX_COUNT).contains(&count) { Ok(Self { count, unit }) } else { Err(InvalidPeriod) }
    }
}

impl TryFrom<String> for Period {
    type Error = InvalidPeriod;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.count == 1 { "" } else { "s" };
        write!(f, "{} {}{plural}", self.count, self.unit)
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

#[cfg(test)]
mod tests {
    use chrono::Datelike;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn period_is_read_and_written() {
        for (typed, written) in [
            ("8 weeks", "8 weeks"),
            (" 1  Months ", "1 month"),
            ("7 day", "7 days"),
            ("1 year", "1 year"),
        ] {
            assert_eq!(period(typed).to_string(), written);
            let json = serde_json::to_string(&period(typed)).unwrap();
            assert_eq!(json, format!("\"{written}\""));
            assert_eq!(serde_json::from_str::<Period>(&json).unwrap(), period(typed));
        }
        for typed in
            ["", "8", "weeks", "0 days", "-1 days", "121 days", "8 fortnights", "8weeks", "٨ weeks"]
        {
            assert_eq!(typed.parse::<Period>(), Err(InvalidPeriod), "{typed:?}");
            assert!(serde_json::from_value::<Period>(typed.into()).is_err());
        }
    }

    #[test]
    fn period_ends_at_the_end_of_a_shorter_month() {
        for (from, length, end) in [
            ("2026-12-31", "2 months", "2027-02-28"),
            ("2027-12-31", "2 months", "2028-02-29"),
            ("2026-08-31", "6 months", "2027-02-28"),
            ("2026-01-30", "1 month", "2026-02-28"),
            ("2026-02-28", "2 months", "2026-04-28"),
            ("2028-02-29", "1 year", "2029-02-28"),
            ("2024-02-29", "4 years", "2028-02-29"),
            ("2028-02-01", "8 weeks", "2028-03-28"),
            ("2026-12-25", "7 days", "2027-01-01"),
        ] {
            assert_eq!(period(length).end(day(from)), Some(day(end)), "{length} after {from}");
        }
        assert_eq!(period("1 day").end(NaiveDate::MAX), None);
    }

    /// The rule for months, written another way.
    fn same_day_of_month(from: NaiveDate, months: u32) -> NaiveDate {
        let month = from.month0() + months;
        let year = from.year() + i32::try_from(month / 12).unwrap();
        let on = |day| NaiveDate::from_ymd_opt(year, month % 12 + 1, day);
        (1..=from.day()).rev().find_map(on).unwrap()
    }

    #[test]
    fn months_end_as_the_calendar_says_on_every_day_of_nine_years() {
        let first = day("2024-01-01");
        for from in first.iter_days().take(9 * 366) {
            for months in 1..=12 {
                let end = Period { count: months, unit: PeriodUnit::Month }.end(from);
                assert_eq!(end, Some(same_day_of_month(from, months)), "{months} after {from}");
            }
        }
    }
}

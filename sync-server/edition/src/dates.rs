//! Days and times as people and spreadsheets write them, and the clock in London.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Europe::London;
use promise_protocol::{digits, london, text::key};

/// How to write a day, for messages.
pub(crate) const EXAMPLE: &str = "2026-12-31 or 31/12/2026";

/// The first and last days that are read as a serial number of Excel: 2000 to 2099.
const SERIALS: std::ops::RangeInclusive<i64> = 36_526..=73_050;

/// The seconds of a day.
const DAY_SECONDS: u32 = 24 * 60 * 60;

/// A day, or a moment of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DayOrTime {
    /// All of a day in London.
    Day(NaiveDate),
    /// A moment.
    Time(DateTime<Utc>),
}

/// Parses a day written as `2026-12-31` or `31/12/2026`, also with a midnight that a program added.
pub(crate) fn parse_day(typed: &str) -> Option<NaiveDate> {
    match parse_day_or_time(typed)? {
        DayOrTime::Day(day) => Some(day),
        DayOrTime::Time(_) => None,
    }
}

/// Parses the day in London of a day or moment in any of the forms that sheets have.
pub fn day_of(typed: &str) -> Option<NaiveDate> {
    match parse_day_or_time(typed)? {
        DayOrTime::Day(day) => Some(day),
        DayOrTime::Time(time) => Some(day_in_london(time)),
    }
}

/// Returns `true` for a day that can only be meant with its month first, such as `11/30/2026`. Others of
/// its file, such as `11/12/2026`, are then read wrongly.
pub fn names_month_first(typed: &str) -> bool {
    let day = typed.split(|c: char| c.is_whitespace() || c == ',').next().unwrap_or_default();
    let Some((month, day, year)) = split_three(day, '/') else { return false };
    let number = |digits| parse_digits(digits, 1..=2);
    parse_digits(year, 4..=4).is_some()
        && number(month).is_some_and(|month| (1..=12).contains(&month))
        && number(day).is_some_and(|day| (13..=31).contains(&day))
}

/// Parses a day as [`parse_day`] does, with or without a time behind it: `2026-12-31 17:00`,
/// `31/12/2026 5:00 PM`, `2026-12-31T17:00:00Z`. Times without an offset are London's.
///
/// Databases and spreadsheets pad a day with its first or last moment. Padded so, it is all of the day.
pub(crate) fn parse_day_or_time(typed: &str) -> Option<DayOrTime> {
    let typed = digits::to_ascii(typed.trim());
    if let Some(serial) = parse_serial(&typed) {
        return Some(serial);
    }
    let is_divider = |c: char| c.is_whitespace() || matches!(c, 'T' | 't' | ',');
    let (day, rest) = typed.split_at(typed.find(is_divider).unwrap_or(typed.len()));
    let (day, rest) = (parse_plain_day(day)?, rest.trim_start_matches(is_divider));
    if rest.is_empty() {
        return Some(DayOrTime::Day(day));
    }
    let (clock, offset) = split_offset(rest);
    let Clock::Time(time) = parse_clock(clock)? else { return Some(DayOrTime::Day(day)) };
    let Some(offset) = offset else { return Some(DayOrTime::Time(time_in_london(day, time)?)) };
    let moment = day.and_time(time).checked_sub_signed(TimeDelta::seconds(offset))?.and_utc();
    // A program that converts to UTC writes a day of London's summer as 23:00 of the day before.
    let there = moment.with_timezone(&London);
    let is_midnight = there.time() == NaiveTime::MIN;
    Some(if is_midnight { DayOrTime::Day(there.date_naive()) } else { DayOrTime::Time(moment) })
}

/// Parses `2026-12-31` or `31/12/2026`.
fn parse_plain_day(typed: &str) -> Option<NaiveDate> {
    let slashed = split_three(typed, '/').map(|(day, month, year)| (year, month, day));
    let (year, month, day) = slashed.or_else(|| split_three(typed, '-'))?;
    // A two-digit year does not name its century, and spreadsheets guess.
    let (year, month, day) =
        (parse_digits(year, 4..=4)?, parse_digits(month, 1..=2)?, parse_digits(day, 1..=2)?);
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// Parses the number of days since 30 December 1899, which Excel shows for a day in a cell that is
/// formatted as a number: `46477`, `46477.0`, or `46477.7083` with a time.
fn parse_serial(typed: &str) -> Option<DayOrTime> {
    let (days, fraction) = typed.split_once('.').unwrap_or((typed, "0"));
    let days = i64::from(parse_digits(days, 5..=5)?);
    if !SERIALS.contains(&days) || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let day = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_signed(TimeDelta::days(days))?;
    let fraction: f64 = format!("0.{fraction}").parse().ok()?;
    // A fraction of a day is never exact: half a minute is added, and the seconds are dropped.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 1440")]
    let minutes = (fraction * f64::from(DAY_SECONDS / 60)).round() as u32;
    let time = NaiveTime::from_num_seconds_from_midnight_opt(minutes * 60, 0);
    match time.filter(|time| *time != NaiveTime::MIN) {
        Some(time) => Some(DayOrTime::Time(time_in_london(day, time)?)),
        None => Some(DayOrTime::Day(day)),
    }
}

/// Splits a time of day from its offset from UTC, in seconds.
fn split_offset(typed: &str) -> (&str, Option<i64>) {
    for (name, offset) in [("Z", 0), ("UTC", 0), ("GMT", 0), ("BST", 3600)] {
        let start = typed.len().saturating_sub(name.len());
        let (clock, suffix) = typed.split_at_checked(start).unwrap_or((typed, ""));
        if suffix.eq_ignore_ascii_case(name) {
            return (clock, Some(offset));
        }
    }
    let Some(start) = typed.rfind(['+', '-']) else { return (typed, None) };
    let (clock, offset) = typed.split_at(start);
    let digits: String = offset.chars().filter(char::is_ascii_digit).collect();
    let hours = digits.get(..2).and_then(|hours| hours.parse::<i64>().ok());
    let minutes = digits.get(2..).map_or(Some(0), |rest| match rest {
        "" => Some(0),
        rest => rest.parse::<i64>().ok(),
    });
    let seconds = hours.zip(minutes).map(|(hours, minutes)| hours * 3600 + minutes * 60);
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    seconds.map_or((typed, None), |seconds| (clock, Some(sign * seconds)))
}

/// A time of day.
enum Clock {
    /// The first or last moment of a day.
    DayBound,
    /// Another time.
    Time(NaiveTime),
}

/// Parses a time of day, `17:00`, `9:30`, `17:00:00.000` or `5:00 PM`.
fn parse_clock(typed: &str) -> Option<Clock> {
    let lower = typed.trim().to_lowercase();
    let halves = [("am", 0), ("a.m.", 0), ("pm", 12), ("p.m.", 12)];
    let half = halves.iter().find_map(|(name, add)| Some((lower.strip_suffix(name)?, *add)));
    let mut parts = half.map_or(&*lower, |(clock, _)| clock).trim().split(':');
    let (hour, minute) = (parse_digits(parts.next()?, 1..=2)?, parse_digits(parts.next()?, 2..=2)?);
    let second = parts.next().unwrap_or("00");
    let (second, fraction) = second.split_once('.').unwrap_or((second, "0"));
    let second = parse_digits(second, 2..=2)?;
    let is_fraction = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
    if parts.next().is_some() || !is_fraction {
        return None;
    }
    let hour = match half {
        Some((_, add)) if (1..=12).contains(&hour) => hour % 12 + add,
        Some(_) => return None,
        None => hour,
    };
    if matches!((hour, minute, second), (0 | 24, 0, 0) | (23, 59, 59)) {
        return Some(Clock::DayBound);
    }
    NaiveTime::from_hms_opt(hour, minute, second).map(Clock::Time)
}

/// Returns `true` if the text means that there is no closing date.
pub(crate) fn is_ongoing(typed: &str) -> bool {
    matches!(key(typed).as_str(), "" | "ongoing" | "rolling")
}

/// The last second of a day in London, which is when anything that closes on that day closes.
pub fn end_of_day_in_london(day: NaiveDate) -> Option<DateTime<Utc>> {
    london::end_of_day(day)
}

/// A moment in London; `None` in the hour that the clocks skip in March.
fn time_in_london(day: NaiveDate, time: NaiveTime) -> Option<DateTime<Utc>> {
    let local = London.from_local_datetime(&day.and_time(time)).earliest();
    local.map(|at| at.with_timezone(&Utc))
}

/// The day on which a moment falls in London.
pub(crate) fn day_in_london(time: DateTime<Utc>) -> NaiveDate {
    time.with_timezone(&London).date_naive()
}

fn split_three(typed: &str, separator: char) -> Option<(&str, &str, &str)> {
    let mut parts = typed.split(separator);
    let three = (parts.next()?, parts.next()?, parts.next()?);
    parts.next().is_none().then_some(three)
}

fn parse_digits(typed: &str, length: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let plain = length.contains(&typed.len()) && typed.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| typed.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_parses_in_both_spellings() {
        for typed in
            ["2026-12-31", "31/12/2026", " 31/12/2026 ", "٣١/١٢/٢٠٢٦", "２０２６-１２-３１"]
        {
            assert_eq!(parse_day(typed), NaiveDate::from_ymd_opt(2026, 12, 31), "{typed}");
        }
        assert_eq!(
            parse_day("1/5/2026"),
            NaiveDate::from_ymd_opt(2026, 5, 1),
            "not the 5th of January"
        );
        let not_days =
            ["31/13/2026", "12/31/2026", "2026-02-29", "31/12/26", "31 Dec", "1/2/3/4", "é"];
        for typed in not_days {
            assert_eq!(parse_day(typed), None, "{typed}");
        }
    }

    #[test]
    fn moment_is_of_its_day_in_london() {
        for typed in ["2026-06-30 14:22:05.130", "2026-06-30", "2026-06-29T23:30:00Z"] {
            assert_eq!(day_of(typed), NaiveDate::from_ymd_opt(2026, 6, 30), "{typed}");
        }
        assert_eq!(day_of("soon"), None);
    }

    #[test]
    fn day_with_its_month_first_is_recognised() {
        for typed in ["11/30/2026", "1/13/2026 00:00", "12/31/2026, 5:00 PM"] {
            assert!(names_month_first(typed), "{typed}");
        }
        for typed in ["30/11/2026", "11/12/2026", "13/13/2026", "2026-11-30", "11/32/2026", ""] {
            assert!(!names_month_first(typed), "{typed}");
        }
    }

    #[test]
    fn day_padded_with_its_first_or_last_moment_is_the_whole_day() {
        for typed in [
            "2027-03-31 00:00",
            "31/03/2027 00:00:00",
            "2027-03-31T00:00:00Z",
            "2027-03-31T00:00",
            "2027-03-31T00:00:00.000+01:00",
            "2027-03-30T23:00:00Z",
            "2027-03-31 00:00:00 UTC",
            "31/3/2027, 0:00",
            "31/03/2027 12:00 AM",
            "31/03/2027 12:00:00 a.m.",
            "2027-03-31\u{a0}00:00",
            "2027-03-31 23:59:59",
            "2027-03-31T23:59:59.999",
            "46477",
            "2027-03-31 24:00",
            "46477.0",
            "46477.00",
            "2027-03-30T19:00:00-04:00",
        ] {
            assert_eq!(parse_day(typed), NaiveDate::from_ymd_opt(2027, 3, 31), "{typed}");
        }
        for typed in [
            "2027-03-31 17:00",
            "2027-03-31 noon",
            "2027-03-31 00",
            "2027-03-31 00:00:0",
            "2027-03-31 00:00 at night",
            "2027-03-31T",
            "46477.5",
            "4647",
            "464770",
            "46477.x",
            "2027-03-31 13:00 PM",
            "00:00",
        ] {
            let is_day = typed == "2027-03-31T";
            assert_eq!(parse_day(typed).is_some(), is_day, "{typed}");
        }
    }

    #[test]
    fn time_behind_a_day_is_in_london_or_at_its_offset() {
        let read = |typed: &str| match parse_day_or_time(typed) {
            Some(DayOrTime::Time(at)) => at.to_rfc3339(),
            other => format!("{other:?}"),
        };
        for (typed, moment) in [
            ("2027-06-30 17:00", "2027-06-30T16:00:00+00:00"),
            ("30/06/2027 5:00 PM", "2027-06-30T16:00:00+00:00"),
            ("2027-06-30T17:00:00", "2027-06-30T16:00:00+00:00"),
            ("2027-06-30T16:00:00Z", "2027-06-30T16:00:00+00:00"),
            ("2027-06-30 17:00 BST", "2027-06-30T16:00:00+00:00"),
            ("2027-06-30T17:00:00+0100", "2027-06-30T16:00:00+00:00"),
            ("46568.708333333", "2027-06-30T16:00:00+00:00"),
            ("2027-01-31 00:30", "2027-01-31T00:30:00+00:00"),
            ("2027-06-30 00:30", "2027-06-29T23:30:00+00:00"),
        ] {
            assert_eq!(read(typed), moment, "{typed}");
        }
        assert_eq!(read("2027-03-28 01:30"), "None", "the hour that the clocks skip");
    }

    #[test]
    fn day_ends_by_london_clock() {
        let end =
            |typed: &str| end_of_day_in_london(parse_day(typed).unwrap()).unwrap().to_rfc3339();
        assert_eq!(end("2026-12-31"), "2026-12-31T23:59:59+00:00");
        assert_eq!(end("2027-06-30"), "2027-06-30T22:59:59+00:00", "summer time");
        assert_eq!(end("2027-03-28"), "2027-03-28T22:59:59+00:00", "the day clocks go forward");
        assert_eq!(end("2027-10-31"), "2027-10-31T23:59:59+00:00", "the day clocks go back");
        let day = parse_day("2027-06-30").unwrap();
        assert_eq!(day_in_london(end_of_day_in_london(day).unwrap()), day);
    }

    #[test]
    fn ongoing_means_no_closing_date() {
        assert!(is_ongoing("Ongoing") && is_ongoing(" ") && !is_ongoing("soon"));
    }
}

//! Days as people and spreadsheets write them, and when a day ends in London.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Europe::London;

/// How to write a day, for messages.
pub(super) const EXAMPLE: &str = "2026-12-31 or 31/12/2026";

/// The day that was typed: `2026-12-31` or `31/12/2026`.
pub(super) fn parse(typed: &str) -> Option<NaiveDate> {
    let typed = typed.trim();
    let slashed = three(typed, '/').map(|(day, month, year)| (year, month, day));
    let (year, month, day) = slashed.or_else(|| three(typed, '-'))?;
    // A year of two digits may be any century's, and a spreadsheet guesses.
    let (year, month, day) = (digits(year, 4..=4)?, digits(month, 1..=2)?, digits(day, 1..=2)?);
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// Whether a closing date says that there is none.
pub(super) fn is_ongoing(typed: &str) -> bool {
    matches!(typed.trim().to_lowercase().as_str(), "" | "ongoing" | "rolling")
}

/// The last second of a day in London: when something closes that closes on that day.
pub fn end_in_london(day: NaiveDate) -> Option<DateTime<Utc>> {
    // Clocks never change so late in the day there, so that second is there once.
    let last_second = day.and_hms_opt(23, 59, 59)?;
    London.from_local_datetime(&last_second).earliest().map(|time| time.with_timezone(&Utc))
}

/// A time of day: `17:00`, or `9:30`. A spreadsheet may add the seconds.
pub(super) fn parse_time(typed: &str) -> Option<NaiveTime> {
    let (hour, rest) = typed.trim().split_once(':')?;
    let minute = rest.strip_suffix(":00").unwrap_or(rest);
    NaiveTime::from_hms_opt(digits(hour, 1..=2)?, digits(minute, 2..=2)?, 0)
}

/// A moment in London; `None` in the hour that the clocks leave out in March.
pub(super) fn at_in_london(day: NaiveDate, time: NaiveTime) -> Option<DateTime<Utc>> {
    let local = London.from_local_datetime(&day.and_time(time)).earliest();
    local.map(|at| at.with_timezone(&Utc))
}

/// The day on which a moment falls in London.
pub(super) fn in_london(time: DateTime<Utc>) -> NaiveDate {
    time.with_timezone(&London).date_naive()
}

fn three(typed: &str, between: char) -> Option<(&str, &str, &str)> {
    let mut parts = typed.split(between);
    let three = (parts.next()?, parts.next()?, parts.next()?);
    parts.next().is_none().then_some(three)
}

fn digits(typed: &str, length: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let plain = length.contains(&typed.len()) && typed.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| typed.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_a_day_are_read() {
        for typed in ["2026-12-31", "31/12/2026", " 31/12/2026 "] {
            assert_eq!(parse(typed), NaiveDate::from_ymd_opt(2026, 12, 31), "{typed}");
        }
        assert_eq!(
            parse("1/5/2026"),
            NaiveDate::from_ymd_opt(2026, 5, 1),
            "not the 5th of January"
        );
        let no_days =
            ["31/13/2026", "12/31/2026", "2026-02-29", "31/12/26", "31 Dec", "1/2/3/4", "é"];
        for typed in no_days {
            assert_eq!(parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_day_ends_by_londons_clock() {
        let end = |typed: &str| end_in_london(parse(typed).unwrap()).unwrap().to_rfc3339();
        assert_eq!(end("2026-12-31"), "2026-12-31T23:59:59+00:00");
        assert_eq!(end("2027-06-30"), "2027-06-30T22:59:59+00:00", "summer time");
        assert_eq!(end("2027-03-28"), "2027-03-28T22:59:59+00:00", "the day clocks go forward");
        assert_eq!(end("2027-10-31"), "2027-10-31T23:59:59+00:00", "the day clocks go back");
        let day = parse("2027-06-30").unwrap();
        assert_eq!(in_london(end_in_london(day).unwrap()), day);
    }

    #[test]
    fn no_closing_date_has_a_word() {
        assert!(is_ongoing("Ongoing") && is_ongoing(" ") && !is_ongoing("soon"));
    }
}

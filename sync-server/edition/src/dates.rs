//! Days and times as people and spreadsheets write them, and the clock in London.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Europe::London;
use promise_protocol::digits;

/// How to write a day, for messages.
pub(crate) const EXAMPLE: &str = "2026-12-31 or 31/12/2026";

/// Parses a day written as `2026-12-31` or `31/12/2026`.
pub(crate) fn parse_day(typed: &str) -> Option<NaiveDate> {
    let typed = digits::to_ascii(typed.trim());
    let slashed = split_three(&typed, '/').map(|(day, month, year)| (year, month, day));
    let (year, month, day) = slashed.or_else(|| split_three(&typed, '-'))?;
    // A two-digit year does not name its century, and spreadsheets guess.
    let (year, month, day) =
        (parse_digits(year, 4..=4)?, parse_digits(month, 1..=2)?, parse_digits(day, 1..=2)?);
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// Returns `true` if the text means that there is no closing date.
pub(crate) fn is_ongoing(typed: &str) -> bool {
    matches!(typed.trim().to_lowercase().as_str(), "" | "ongoing" | "rolling")
}

/// The last second of a day in London, which is when anything that closes on that day closes.
pub fn end_of_day_in_london(day: NaiveDate) -> Option<DateTime<Utc>> {
    // Clocks in London never change so late in the day, so this second exists exactly once.
    let last_second = day.and_hms_opt(23, 59, 59)?;
    London.from_local_datetime(&last_second).earliest().map(|time| time.with_timezone(&Utc))
}

/// Parses a time of day, `17:00` or `9:30`. Accepts `:00` seconds, which spreadsheets add.
pub(crate) fn parse_time(typed: &str) -> Option<NaiveTime> {
    let typed = digits::to_ascii(typed.trim());
    let (hour, rest) = typed.split_once(':')?;
    let minute = rest.strip_suffix(":00").unwrap_or(rest);
    NaiveTime::from_hms_opt(parse_digits(hour, 1..=2)?, parse_digits(minute, 2..=2)?, 0)
}

/// A moment in London; `None` in the hour that the clocks skip in March.
pub(crate) fn time_in_london(day: NaiveDate, time: NaiveTime) -> Option<DateTime<Utc>> {
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

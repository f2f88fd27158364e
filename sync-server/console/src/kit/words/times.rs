//! Formats dates and times, in London time.

use chrono::{DateTime, NaiveDate};
use promise_services::calendar::{in_london, today};

use crate::kit::words;

/// Formats a date, such as `Tuesday 24 November 2026`.
pub(crate) fn day(day: NaiveDate) -> String {
    format!("{} {} {}", weekday(day), day.format("%-d"), month_and_year(day))
}

/// Formats a date without its weekday, such as `24 November 2026`.
pub(crate) fn short_day(day: NaiveDate) -> String {
    format!("{} {}", day.format("%-d"), month_and_year(day))
}

/// Formats a date as cells store it (`2026-11-24`). Other text stays as it is.
pub(crate) fn stored_day(text: &str) -> String {
    text.parse().map_or_else(|_| text.to_owned(), day)
}

/// Formats a time, such as `24 November 2026, 14:05`, or `today, 14:05`.
pub(crate) fn date_time(millis: i64, now_millis: i64) -> String {
    let at = in_london(millis);
    let (date, clock) = (at.date_naive(), at.format("%H:%M").to_string());
    if date == today(now_millis) {
        return words::with("time-today", "clock", &clock);
    }
    format!("{} {}, {clock}", date.format("%-d"), month_and_year(date))
}

/// Formats a time as cells store it (RFC 3339). Other text stays as it is.
pub(crate) fn stored_date_time(text: &str, now_millis: i64) -> String {
    let parsed = DateTime::parse_from_rfc3339(text);
    parsed.map_or_else(|_| text.to_owned(), |at| date_time(at.timestamp_millis(), now_millis))
}

fn weekday(day: NaiveDate) -> String {
    words::t(&format!("weekday-{}", day.format("%u")))
}

fn month_and_year(day: NaiveDate) -> String {
    format!("{} {}", words::t(&format!("month-{}", day.format("%-m"))), day.format("%Y"))
}

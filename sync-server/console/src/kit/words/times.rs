//! Days and moments as people read them, in London time.

use chrono::{DateTime, NaiveDate};
use promise_services::calendar::{in_london, today};

use crate::kit::words;

/// A day, such as `Tuesday 24 November 2026`.
pub(crate) fn day(day: NaiveDate) -> String {
    format!("{} {} {}", weekday(day), day.format("%-d"), month_and_year(day))
}

/// A day without its weekday, where many stand together: `24 November 2026`.
pub(crate) fn short_day(day: NaiveDate) -> String {
    format!("{} {}", day.format("%-d"), month_and_year(day))
}

/// A day as cells hold it, as people read it.
pub(crate) fn stored_day(text: &str) -> String {
    text.parse().map_or_else(|_| text.to_owned(), day)
}

/// A moment, such as `24 November 2026, 14:05`, or `today, 14:05`.
pub(crate) fn moment(millis: i64, now_millis: i64) -> String {
    let at = in_london(millis);
    let (date, clock) = (at.date_naive(), at.format("%H:%M").to_string());
    if date == today(now_millis) {
        return words::with("time-today", "clock", &clock);
    }
    format!("{} {}, {clock}", date.format("%-d"), month_and_year(date))
}

/// A moment as cells hold it (RFC 3339), as people read it.
pub(crate) fn stored_moment(text: &str, now_millis: i64) -> String {
    let parsed = DateTime::parse_from_rfc3339(text);
    parsed.map_or_else(|_| text.to_owned(), |at| moment(at.timestamp_millis(), now_millis))
}

fn weekday(day: NaiveDate) -> String {
    words::t(&format!("weekday-{}", day.format("%u")))
}

fn month_and_year(day: NaiveDate) -> String {
    format!("{} {}", words::t(&format!("month-{}", day.format("%-m"))), day.format("%Y"))
}

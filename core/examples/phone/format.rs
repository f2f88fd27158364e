//! Formats dates, times and counts in words. Times are in London time.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Europe::London;

/// The date in London.
pub(crate) fn today(now: DateTime<Utc>) -> NaiveDate {
    now.with_timezone(&London).date_naive()
}

/// `3 May`, with the year if it is another one.
pub(crate) fn date(date: NaiveDate, today: NaiveDate) -> String {
    let year = if date.year() == today.year() { "" } else { " %Y" };
    date.format(&format!("%-d %B{year}")).to_string()
}

/// `3 May 2026`.
pub(crate) fn full_date(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// `Tuesday 3 May at 14:30`.
pub(crate) fn date_and_time(moment: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let local = moment.with_timezone(&London);
    let date = date(local.date_naive(), today(now));
    format!("{} {date} at {}", local.format("%A"), local.format("%H:%M"))
}

/// `5 minutes ago`.
pub(crate) fn ago(then: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let minutes = (now - then).num_minutes();
    match minutes {
        ..1 => "just now".into(),
        1..60 => format!("{} ago", count(minutes, "minute")),
        60..1440 => format!("{} ago", count(minutes / 60, "hour")),
        1440..10080 => format!("{} ago", count(minutes / 1440, "day")),
        _ => format!("on {}", date(today(then), today(now))),
    }
}

/// `1 change`, `2 changes`.
pub(crate) fn count(number: impl Into<i128>, what: &str) -> String {
    match number.into() {
        1 => format!("1 {what}"),
        number => format!("{number} {what}s"),
    }
}

/// `Closes in 5 days, on 3 May`.
pub(crate) fn closing(closes: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let (last, today) = (today(closes), today(now));
    let date = date(last, today);
    match (last - today).num_days() {
        _ if closes < now => format!("Closed on {date}"),
        0 => format!("Closes today at {}", closes.with_timezone(&London).format("%H:%M")),
        1 => "Closes tomorrow".into(),
        days @ ..15 => format!("Closes in {days} days, on {date}"),
        _ => format!("Closes on {date}"),
    }
}

/// A stored word as people read it: `got_it` is `got it`.
pub(crate) fn word(word: &str) -> String {
    word.replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn closing_dates_are_in_london_time() {
        let now = at("2026-05-03T10:00:00Z");
        let cases = [
            ("2026-05-02T22:59:59Z", "Closed on 2 May"),
            ("2026-05-03T22:59:59Z", "Closes today at 23:59"),
            ("2026-05-04T22:59:59Z", "Closes tomorrow"),
            ("2026-05-08T22:59:59Z", "Closes in 5 days, on 8 May"),
            ("2026-06-08T22:59:59Z", "Closes on 8 June"),
            ("2027-01-08T23:59:59Z", "Closes on 8 January 2027"),
        ];
        for (closes, words) in cases {
            assert_eq!(closing(at(closes), now), words);
        }
    }

    #[test]
    fn full_date_names_the_year_of_this_year_too() {
        assert_eq!(full_date("2026-11-03".parse().unwrap()), "3 November 2026");
    }

    #[test]
    fn elapsed_time_is_in_the_largest_unit() {
        let now = at("2026-05-03T10:00:00Z");
        let cases = [
            ("2026-05-03T10:00:20Z", "just now"),
            ("2026-05-03T09:59:00Z", "1 minute ago"),
            ("2026-05-03T08:00:00Z", "2 hours ago"),
            ("2026-05-01T08:00:00Z", "2 days ago"),
            ("2026-04-01T08:00:00Z", "on 1 April"),
            ("2025-04-01T08:00:00Z", "on 1 April 2025"),
        ];
        for (then, words) in cases {
            assert_eq!(ago(at(then), now), words);
        }
        assert_eq!(date_and_time(at("2026-05-05T13:30:00Z"), now), "Tuesday 5 May at 14:30");
    }
}

//! Dates in London, the time zone in which councils count days.

use chrono::{DateTime, Days, NaiveDate, NaiveTime};
use chrono_tz::Europe::London;

/// Milliseconds of a day of 24 hours. Use [`day_bounds`] for a calendar day.
pub(crate) const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// Returns the current date in London.
pub fn today(now_millis: i64) -> NaiveDate {
    in_london(now_millis).date_naive()
}

/// Converts milliseconds since 1970 to London time. Returns 1970 if they are out of range.
pub fn in_london(millis: i64) -> DateTime<chrono_tz::Tz> {
    DateTime::from_timestamp_millis(millis).unwrap_or_default().with_timezone(&London)
}

/// Returns when a day in London begins and when the next one does, in milliseconds since 1970.
pub fn day_bounds(day: NaiveDate) -> (i64, i64) {
    let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
    (midnight(day), midnight(next))
}

/// London's clocks change at one and two in the morning, so every day has exactly one midnight.
fn midnight(day: NaiveDate) -> i64 {
    let midnight = day.and_time(NaiveTime::MIN).and_local_timezone(London).earliest();
    midnight.map_or(0, |midnight| midnight.timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 60 * 60 * 1000;

    #[test]
    fn day_bounds_follow_london_when_the_clocks_change() {
        let hours = |day: &str| {
            let (from, to) = day_bounds(day.parse().unwrap());
            (to - from) / HOUR
        };
        assert_eq!(hours("2026-03-28"), 24);
        assert_eq!(hours("2026-03-29"), 23);
        assert_eq!(hours("2026-10-25"), 25);
    }
}

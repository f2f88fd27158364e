//! Days in London, where councils count them.

use chrono::{DateTime, NaiveDate};
use chrono_tz::Europe::London;

/// The day in London now.
pub fn today(now_millis: i64) -> NaiveDate {
    in_london(now_millis).date_naive()
}

/// A moment on London's clocks.
pub fn in_london(millis: i64) -> DateTime<chrono_tz::Tz> {
    DateTime::from_timestamp_millis(millis).unwrap_or_default().with_timezone(&London)
}

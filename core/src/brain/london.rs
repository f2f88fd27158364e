//! London time, for what is written down for people. The councils, their offices and their closing
//! days are in London time, whatever the phone's own clock is set to.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Utc, Weekday};

/// What a clock in London shows at this moment.
///
/// Summer time is one hour ahead, from 01:00 UTC on the last Sunday of March to 01:00 UTC on the
/// last Sunday of October (Summer Time Act 1972, as amended by the Summer Time Order 2002). A table
/// of all the world's zones would be a hundred times as long as this rule.
pub(crate) fn clock(moment: DateTime<Utc>) -> NaiveDateTime {
    let utc = moment.naive_utc();
    let change = |month| last_sunday(utc.year(), month).and_then(|day| day.and_hms_opt(1, 0, 0));
    let is_summer = change(3).zip(change(10)).is_some_and(|(from, to)| from <= utc && utc < to);
    // A moment at the very end of what can be counted stays as it is.
    utc.checked_add_signed(TimeDelta::hours(i64::from(is_summer))).unwrap_or(utc)
}

/// The last Sunday of March or October, which have 31 days.
fn last_sunday(year: i32, month: u32) -> Option<NaiveDate> {
    (25..=31)
        .filter_map(|day| NaiveDate::from_ymd_opt(year, month, day))
        .find(|day| day.weekday() == Weekday::Sun)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An independent source: the time zone database.
    #[test]
    fn it_is_what_the_time_zone_database_says() {
        let mut moment: DateTime<Utc> = "2015-01-01T00:00:00Z".parse().unwrap();
        let end: DateTime<Utc> = "2038-01-01T00:00:00Z".parse().unwrap();
        while moment < end {
            let there = moment.with_timezone(&chrono_tz::Europe::London).naive_local();
            assert_eq!(clock(moment), there, "{moment}");
            moment += TimeDelta::minutes(30);
        }
    }

    #[test]
    fn the_ends_of_time_are_no_panic() {
        assert_eq!(clock(DateTime::<Utc>::MAX_UTC), DateTime::<Utc>::MAX_UTC.naive_utc());
        assert_eq!(clock(DateTime::<Utc>::MIN_UTC), DateTime::<Utc>::MIN_UTC.naive_utc());
    }
}

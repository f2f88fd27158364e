//! London time. Councils, their opening hours and their closing dates are in London time, whatever
//! time zone the phone is set to.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday};

/// The local date and time in London.
///
/// Summer time is one hour ahead, from 01:00 UTC on the last Sunday of March to 01:00 UTC on the
/// last Sunday of October (Summer Time Act 1972, as amended by the Summer Time Order 2002). A table
/// of all time zones would make the app larger for this one rule.
pub fn local_time(moment: DateTime<Utc>) -> NaiveDateTime {
    let utc = moment.naive_utc();
    let change = |month| last_sunday(utc.year(), month).and_then(|day| day.and_hms_opt(1, 0, 0));
    let is_summer = change(3).zip(change(10)).is_some_and(|(from, to)| from <= utc && utc < to);
    // A moment at the end of chrono's range stays as it is.
    utc.checked_add_signed(TimeDelta::hours(i64::from(is_summer))).unwrap_or(utc)
}

/// The day in London.
pub fn day(moment: DateTime<Utc>) -> NaiveDate {
    local_time(moment).date()
}

/// The last second of a day in London.
pub fn end_of_day(day: NaiveDate) -> Option<DateTime<Utc>> {
    // The clocks never change so late in the day, so this second exists exactly once.
    let last_second = day.and_hms_opt(23, 59, 59)?;
    [0, 1].into_iter().find_map(|hours| {
        let utc = last_second.checked_sub_signed(TimeDelta::hours(hours))?.and_utc();
        (local_time(utc) == last_second).then_some(utc)
    })
}

/// The first moment at which the clocks in London show this date and time. If they skip it in March,
/// the moment at which they do; the hour that they show twice in October counts when it comes first.
pub fn first_moment(local: NaiveDateTime) -> DateTime<Utc> {
    let shown = [1, 0].into_iter().find_map(|hours| {
        let utc = local.checked_sub_signed(TimeDelta::hours(hours))?.and_utc();
        (local_time(utc) == local).then_some(utc)
    });
    let skipped = || local.date().and_hms_opt(1, 0, 0).map(|change| change.and_utc());
    shown.or_else(skipped).unwrap_or_else(|| local.and_utc())
}

/// The moment at which a day begins in London.
pub fn start_of_day(day: NaiveDate) -> DateTime<Utc> {
    first_moment(day.and_time(NaiveTime::MIN))
}

/// The last Sunday of March or October, which have 31 days.
fn last_sunday(year: i32, month: u32) -> Option<NaiveDate> {
    (25..=31)
        .filter_map(|day| NaiveDate::from_ymd_opt(year, month, day))
        .find(|day| day.weekday() == Weekday::Sun)
}

#[cfg(test)]
mod tests {
    use chrono::LocalResult;

    use super::*;

    /// Compares with an independent source: the time zone database.
    #[test]
    fn local_time_agrees_with_the_time_zone_database() {
        let mut moment: DateTime<Utc> = "2015-01-01T00:00:00Z".parse().unwrap();
        let end: DateTime<Utc> = "2038-01-01T00:00:00Z".parse().unwrap();
        while moment < end {
            let there = moment.with_timezone(&chrono_tz::Europe::London).naive_local();
            assert_eq!(local_time(moment), there, "{moment}");
            moment += TimeDelta::minutes(30);
        }
    }

    #[test]
    fn end_of_day_agrees_with_the_time_zone_database() {
        let from = NaiveDate::from_ymd_opt(2015, 1, 1).unwrap();
        for date in from.iter_days().take(23 * 365) {
            let there = date.and_hms_opt(23, 59, 59).unwrap();
            let there = there.and_local_timezone(chrono_tz::Europe::London).unwrap();
            assert_eq!(end_of_day(date), Some(there.with_timezone(&Utc)));
        }
        assert!(end_of_day(NaiveDate::MAX).is_some(), "the end of the range does not panic");
    }

    #[test]
    fn first_moment_agrees_with_the_time_zone_database() {
        let from = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
        let mut changes = 0;
        for date in from.iter_days().take(5 * 365) {
            for minute in (0..24 * 60).step_by(15) {
                let local = date.and_hms_opt(minute / 60, minute % 60, 0).unwrap();
                let expected = match local.and_local_timezone(chrono_tz::Europe::London) {
                    LocalResult::None => date.and_hms_opt(1, 0, 0).unwrap().and_utc(),
                    shown => shown.earliest().unwrap().with_timezone(&Utc),
                };
                changes += i32::from(local_time(expected) != local);
                assert_eq!(first_moment(local), expected, "{local}");
            }
            assert_eq!(start_of_day(date), first_moment(date.and_time(NaiveTime::MIN)));
        }
        assert_eq!(changes, 5 * 4, "the four quarters that are skipped each March");
    }

    #[test]
    fn first_moment_at_the_end_of_the_range_does_not_panic() {
        let (first, last) = (NaiveDateTime::MIN, NaiveDateTime::MAX);
        assert_eq!(first_moment(first), first.and_utc());
        assert_eq!(first_moment(last), last.and_utc());
    }

    #[test]
    fn moments_at_the_end_of_the_range_do_not_panic() {
        assert_eq!(local_time(DateTime::<Utc>::MAX_UTC), DateTime::<Utc>::MAX_UTC.naive_utc());
        assert_eq!(local_time(DateTime::<Utc>::MIN_UTC), DateTime::<Utc>::MIN_UTC.naive_utc());
    }
}

//! The bank holidays of England, computed from Schedule 1 of the Banking and Financial Dealings Act
//! 1971 and from the days that are proclaimed every year.
//!
//! They do not contain a holiday proclaimed for one year, such as for a coronation, or a holiday
//! moved for one year. The editor compares them with GOV.UK.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// A bank holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BankHoliday {
    /// 1 January.
    NewYear,
    /// The Friday before Easter.
    GoodFriday,
    /// The Monday after Easter.
    EasterMonday,
    /// The first Monday in May.
    EarlyMay,
    /// The last Monday in May.
    Spring,
    /// The last Monday in August.
    Summer,
    /// 25 December.
    Christmas,
    /// 26 December.
    Boxing,
}

impl BankHoliday {
    /// Returns its name in keys of messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::NewYear => "new-year",
            Self::GoodFriday => "good-friday",
            Self::EasterMonday => "easter-monday",
            Self::EarlyMay => "early-may",
            Self::Spring => "spring",
            Self::Summer => "summer",
            Self::Christmas => "christmas",
            Self::Boxing => "boxing",
        }
    }
}

/// Returns the bank holidays of a year, in order: the day off, the holiday, and `true` if the day is
/// a substitute for one on a weekend. Returns an empty list for a year out of range.
pub fn bank_holidays(year: i32) -> Vec<(NaiveDate, BankHoliday, bool)> {
    use BankHoliday::{
        Boxing, Christmas, EarlyMay, EasterMonday, GoodFriday, NewYear, Spring, Summer,
    };
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    let fixed = |date: Option<NaiveDate>, days: u64| {
        date.and_then(|it| it.checked_add_days(Days::new(days)))
    };
    let easter = easter(year);
    let new_year = day(1, 1).and_then(first_working_day);
    // Each moves to the first working day that is not the other's.
    let (christmas, boxing) = match day(12, 25).map(|it| it.weekday()) {
        Some(Weekday::Fri) => (day(12, 25), day(12, 28)),
        Some(Weekday::Sat) => (day(12, 27), day(12, 28)),
        Some(Weekday::Sun) => (day(12, 27), day(12, 26)),
        _ => (day(12, 25), day(12, 26)),
    };
    let all = [
        (new_year, NewYear, new_year != day(1, 1)),
        (easter.and_then(|it| it.checked_sub_days(Days::new(2))), GoodFriday, false),
        (fixed(easter, 1), EasterMonday, false),
        (NaiveDate::from_weekday_of_month_opt(year, 5, Weekday::Mon, 1), EarlyMay, false),
        (last_monday(year, 5), Spring, false),
        (last_monday(year, 8), Summer, false),
        (christmas, Christmas, christmas != day(12, 25)),
        (boxing, Boxing, boxing != day(12, 26)),
    ];
    let mut days: Vec<_> = all
        .into_iter()
        .filter_map(|(date, which, instead)| Some((date?, which, instead)))
        .collect();
    days.sort_by_key(|(date, ..)| *date);
    days
}

fn first_working_day(date: NaiveDate) -> Option<NaiveDate> {
    let over = match date.weekday() {
        Weekday::Sat => 2,
        Weekday::Sun => 1,
        _ => 0,
    };
    date.checked_add_days(Days::new(over))
}

fn last_monday(year: i32, month: u32) -> Option<NaiveDate> {
    let fifth = NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Mon, 5);
    fifth.or_else(|| NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Mon, 4))
}

/// Returns Easter Sunday, by Butcher's algorithm for the Gregorian calendar.
fn easter(year: i32) -> Option<NaiveDate> {
    let of_era = u32::try_from(year).ok()?;
    let (golden, century, of_century) = (of_era % 19, of_era / 100, of_era % 100);
    let drift = (8 * century + 13) / 25;
    let moon = (19 * golden + century + 15 - century / 4 - drift) % 30;
    let to_sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - moon - of_century % 4) % 7;
    let late = (golden + 11 * moon + 19 * to_sunday) / 433;
    let month = (moon + to_sunday + 90 - 7 * late) / 25;
    let day = (moon + to_sunday + 33 * month + 19 - 7 * late) % 32;
    NaiveDate::from_ymd_opt(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As GOV.UK lists them, without days that were proclaimed for one year only. `*` marks a
    /// substitute day.
    const KNOWN: [(i32, &str); 6] = [
        (2016, "01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27*"),
        (2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27* 12-28*"),
        (2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"),
        (2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"),
        (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28*"),
        (2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27* 12-28*"),
    ];

    #[test]
    fn bank_holidays_match_gov_uk() {
        for (year, days) in KNOWN {
            let format = |(date, _, instead): &(NaiveDate, BankHoliday, bool)| {
                format!("{}{}", date.format("%m-%d"), if *instead { "*" } else { "" })
            };
            let formatted: Vec<String> = bank_holidays(year).iter().map(format).collect();
            assert_eq!(formatted.join(" "), days, "{year}");
        }
        let new_year = |year| bank_holidays(year).remove(0);
        assert_eq!(new_year(2022).0.to_string(), "2022-01-03");
        assert_eq!(new_year(2023).0.to_string(), "2023-01-02");
    }

    #[test]
    fn every_year_has_eight_bank_holidays_on_working_days() {
        for year in 2020..2120 {
            let days = bank_holidays(year);
            assert_eq!(days.len(), 8, "{year}");
            for pair in days.windows(2) {
                assert!(pair[0].0 < pair[1].0, "{year}");
            }
            for (date, ..) in days {
                assert!(date.weekday().number_from_monday() <= 5, "{date}");
            }
        }
    }
}

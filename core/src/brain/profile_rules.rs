//! Which answers in a profile are possible. An impossible answer is refused as a typing mistake.

use chrono::{Months, NaiveDate};
use promise_protocol::values::CarePeriod;

const MAX_AGE_YEARS: u32 = 120;

/// Returns `true` if a person who reads this can be born on that day.
pub(crate) fn is_possible_birthday(day: NaiveDate, today: NaiveDate) -> bool {
    let earliest = today.checked_sub_months(Months::new(MAX_AGE_YEARS * 12));
    day <= today && earliest.is_none_or(|earliest| earliest <= day)
}

/// Returns `true` if the period does not end before it begins.
pub(crate) fn is_possible_period(period: &CarePeriod) -> bool {
    period.to.is_none_or(|to| period.from <= to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn birthday_is_within_120_years_before_today() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let today = day("2026-05-03");
        for (born, possible) in [
            ("2026-05-03", true),
            ("2026-05-04", false),
            ("1906-05-03", true),
            ("1906-05-02", false),
        ] {
            assert_eq!(is_possible_birthday(day(born), today), possible, "{born}");
        }
    }
}

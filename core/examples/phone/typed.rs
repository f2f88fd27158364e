//! Days and numbers as they are typed, with digits of any script.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use promise_protocol::{digits, london};

/// Parses a day, such as 2026-05-03.
pub(crate) fn day(typed: &str) -> Result<NaiveDate, String> {
    digits::to_ascii(typed.trim())
        .parse()
        .map_err(|_| format!("{typed} is not a day. Write it like 2026-05-03"))
}

/// Parses a date and a time in London, such as 2026-05-03 18:30.
pub(crate) fn moment(typed: &str) -> Result<DateTime<Utc>, String> {
    let local = digits::to_ascii(typed.trim());
    let local = NaiveDateTime::parse_from_str(&local, "%Y-%m-%d %H:%M");
    local
        .map(london::first_moment)
        .map_err(|_| format!("{typed} is not a date and a time. Write them like 2026-05-03 18:30"))
}

/// Parses the number of an outcome, 1 to 5.
pub(crate) fn outcome(typed: &str) -> Result<u8, String> {
    let outcome = digits::to_ascii(typed.trim()).parse().ok();
    let outcome = outcome.filter(|outcome| (1..=5).contains(outcome));
    outcome.ok_or_else(|| format!("{typed} is not one of the outcomes 1 to 5"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_every_script_are_digits() {
        for typed in ["2008-05-03", "٢٠٠٨-٠٥-٠٣", "۲۰۰۸-۰۵-۰۳", "２００８-０５-０３"]
        {
            assert_eq!(day(typed), Ok(NaiveDate::from_ymd_opt(2008, 5, 3).unwrap()), "{typed}");
        }
        assert_eq!(moment("٢٠٢٦-٠٥-٠٣ ١٨:٣٠"), Ok("2026-05-03T17:30:00Z".parse().unwrap()));
        assert!(moment("2026-05-03").is_err() && moment("18:30").is_err());
        assert_eq!(outcome("٣"), Ok(3));
        assert!(day("3 May").is_err() && outcome("٦").is_err());
    }
}

//! Hours as people write them: `mon-thu 17:00-08:45`.

use crate::values::{Opening, Weekday};
use chrono::NaiveTime;
use serde_json::Map;

/// How to write hours, for messages.
pub const EXAMPLE: &str = "\"mon-fri 09:00-17:00\" or \"sat,sun 00:00-24:00\"";

const WEEK: [(&str, Weekday); 7] = [
    ("mon", Weekday::Mon),
    ("tue", Weekday::Tue),
    ("wed", Weekday::Wed),
    ("thu", Weekday::Thu),
    ("fri", Weekday::Fri),
    ("sat", Weekday::Sat),
    ("sun", Weekday::Sun),
];

/// Reads days and hours. Hours that end no later than they begin run into the next day; `24:00` is
/// the end of the day. `always` is every hour of the week.
pub fn parse(typed: &str) -> Option<Opening> {
    let typed = typed.trim().to_lowercase();
    let typed = if typed == "always" { "mon-sun 00:00-24:00" } else { &typed };
    let (days, hours) = typed.rsplit_once(char::is_whitespace)?;
    let (opens, closes) = hours.split_once('-')?;
    let (opens, closes) =
        (time(opens)?, if closes == "24:00" { NaiveTime::MIN } else { time(closes)? });
    Some(Opening { days: parse_days(days)?, opens, closes, unknown: Map::new() })
}

/// `mon`, `mon-thu`, `sat,sun`, `fri-mon`.
fn parse_days(typed: &str) -> Option<Vec<Weekday>> {
    let mut chosen = [false; 7];
    for part in typed.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (position(first)?, position(last)?);
        let count = (last + 7 - first) % 7;
        for day in first..=first + count {
            *chosen.get_mut(day % 7)? = true;
        }
    }
    Some(WEEK.iter().zip(chosen).filter(|(_, chosen)| *chosen).map(|((_, day), _)| *day).collect())
}

/// Where a day stands in the week. Its name may be written out.
fn position(typed: &str) -> Option<usize> {
    let name = typed.trim();
    let written_out =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    WEEK.iter()
        .position(|(short, _)| *short == name)
        .or_else(|| written_out.iter().position(|full| *full == name))
}

fn time(typed: &str) -> Option<NaiveTime> {
    let whole = typed.len() == 5 && typed.bytes().all(|b| b.is_ascii_digit() || b == b':');
    whole.then(|| NaiveTime::parse_from_str(typed, "%H:%M").ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{json, to_value};

    #[test]
    fn hours_are_read_as_people_write_them() {
        let cases = [
            ("mon-thu 17:00-08:45", json!(["mon", "tue", "wed", "thu"]), "17:00", "08:45"),
            ("fri 16:45-24:00", json!(["fri"]), "16:45", "00:00"),
            ("sat,sun 00:00-24:00", json!(["sat", "sun"]), "00:00", "00:00"),
            ("Fri-Mon  09:00-17:00", json!(["mon", "fri", "sat", "sun"]), "09:00", "17:00"),
            ("Tuesday, thu 09:30-12:00", json!(["tue", "thu"]), "09:30", "12:00"),
            ("always", json!(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), "00:00", "00:00"),
        ];
        for (typed, days, opens, closes) in cases {
            let opening = to_value(parse(typed).unwrap_or_else(|| panic!("{typed}"))).unwrap();
            assert_eq!(opening, json!({"days": days, "opens": opens, "closes": closes}), "{typed}");
        }
    }

    #[test]
    fn other_words_are_not_hours() {
        let refused = [
            "",
            "mon",
            "09:00-17:00",
            "mon 9-5",
            "mon 09:00-25:00",
            "montag 09:00-17:00",
            "mon 24:00-09:00",
        ];
        for typed in refused {
            assert_eq!(parse(typed), None, "{typed}");
        }
    }
}

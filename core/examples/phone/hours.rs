//! Opening hours in words.

use chrono::NaiveTime;
use promise_protocol::values::Opening;

const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// `Mon to Thu 17:00 to 08:45 next day`.
pub(crate) fn hours(openings: &[Opening]) -> String {
    let is_always = |o: &Opening| is_all_day(o) && days_of(o).len() == 7;
    if openings.iter().any(is_always) {
        return "Any time, day or night".into();
    }
    openings.iter().map(opening).collect::<Vec<_>>().join("; ")
}

fn opening(opening: &Opening) -> String {
    let days = ranges(&days_of(opening));
    let time = |time: NaiveTime| time.format("%H:%M").to_string();
    let (opens, closes) = (time(opening.opens), time(opening.closes));
    if is_all_day(opening) {
        return format!("{days} all day");
    }
    let midnight = opening.closes == NaiveTime::MIN;
    match opening.closes <= opening.opens {
        true if midnight => format!("{days} {opens} to midnight"),
        true => format!("{days} {opens} to {closes} next day"),
        false => format!("{days} {opens} to {closes}"),
    }
}

fn is_all_day(opening: &Opening) -> bool {
    opening.opens == NaiveTime::MIN && opening.closes == NaiveTime::MIN
}

/// The days as numbers from 0 (Monday), in order.
fn days_of(opening: &Opening) -> Vec<usize> {
    let mut days: Vec<usize> = opening.days.iter().map(|day| *day as usize).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// `Mon to Thu and Sat`.
fn ranges(days: &[usize]) -> String {
    if days.len() == 7 {
        return "Every day".into();
    }
    let runs = days.chunk_by(|a, b| a + 1 == *b).map(|run| match run {
        [one] => NAMES.get(*one).copied().unwrap_or_default().to_owned(),
        [first, .., last] => {
            let name = |day: &usize| NAMES.get(*day).copied().unwrap_or_default();
            format!("{} to {}", name(first), name(last))
        }
        [] => String::new(),
    });
    runs.collect::<Vec<_>>().join(" and ")
}

#[cfg(test)]
mod tests {
    use promise_protocol::values::Opening;
    use serde_json::json;

    fn words(openings: serde_json::Value) -> String {
        super::hours(&serde_json::from_value::<Vec<Opening>>(openings).unwrap())
    }

    #[test]
    fn hours_are_said_in_words() {
        let week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let cases = [
            (json!([]), ""),
            (
                json!([{"days": week, "opens": "00:00", "closes": "00:00"}]),
                "Any time, day or night",
            ),
            (
                json!([{"days": week, "opens": "09:00", "closes": "17:00"}]),
                "Every day 09:00 to 17:00",
            ),
            (
                json!([{"days": ["mon", "tue", "wed", "thu"], "opens": "17:00", "closes": "08:45"},
                       {"days": ["fri"], "opens": "16:45", "closes": "00:00"},
                       {"days": ["sun", "sat"], "opens": "00:00", "closes": "00:00"}]),
                "Mon to Thu 17:00 to 08:45 next day; Fri 16:45 to midnight; Sat to Sun all day",
            ),
            (
                json!([{"days": ["mon", "wed", "thu"], "opens": "10:00", "closes": "12:00"}]),
                "Mon and Wed to Thu 10:00 to 12:00",
            ),
        ];
        for (openings, expected) in cases {
            assert_eq!(words(openings), expected);
        }
    }
}

//! Formats opening hours.

use chrono::NaiveTime;
use promise_protocol::{
    opening_hours::day_ranges,
    pack::ClosedDays,
    values::{Opening, Weekday},
};

/// `Mon to Thu 17:00 to 08:45 next day`.
pub(crate) fn format(openings: &[Opening]) -> String {
    let is_always = |o: &Opening| o.is_all_day() && day_ranges(&o.days).concat() == Weekday::ALL;
    if openings.iter().any(is_always) {
        return "Any time, day or night".into();
    }
    openings.iter().map(opening).collect::<Vec<_>>().join("; ")
}

/// What bank holidays and other closed days do to the hours.
pub(crate) fn closed_days(rule: ClosedDays) -> &'static str {
    match rule {
        ClosedDays::Closed => "Closed",
        ClosedDays::AsUsual => "Open as usual",
        ClosedDays::OpenAllDay => "Open all day",
    }
}

fn opening(opening: &Opening) -> String {
    let days = days(&opening.days);
    let time = |time: NaiveTime| time.format("%H:%M").to_string();
    let (opens, closes) = (time(opening.opens), time(opening.closes));
    if opening.is_all_day() {
        format!("{days} all day")
    } else if opening.closes == NaiveTime::MIN {
        format!("{days} {opens} to midnight")
    } else if opening.closes_next_day() {
        format!("{days} {opens} to {closes} next day")
    } else {
        format!("{days} {opens} to {closes}")
    }
}

/// `Mon to Thu and Sat`.
fn days(days: &[Weekday]) -> String {
    let ranges = day_ranges(days);
    if ranges.concat() == Weekday::ALL {
        return "Every day".into();
    }
    let ranges = ranges.iter().map(|range| match &range[..] {
        [first, .., last] => format!("{} to {}", name(*first), name(*last)),
        one => one.iter().map(|day| name(*day)).collect(),
    });
    ranges.collect::<Vec<_>>().join(" and ")
}

fn name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Mon",
        Weekday::Tue => "Tue",
        Weekday::Wed => "Wed",
        Weekday::Thu => "Thu",
        Weekday::Fri => "Fri",
        Weekday::Sat => "Sat",
        Weekday::Sun => "Sun",
    }
}

#[cfg(test)]
mod tests {
    use promise_protocol::values::Opening;
    use serde_json::json;

    fn formatted(openings: serde_json::Value) -> String {
        super::format(&serde_json::from_value::<Vec<Opening>>(openings).unwrap())
    }

    #[test]
    fn opening_hours_are_written_in_words() {
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
            assert_eq!(formatted(openings), expected);
        }
    }
}

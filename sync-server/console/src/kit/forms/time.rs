//! Times of day in a form.

use chrono::NaiveTime;
use promise_protocol::digits;

/// Parses a time of day as people write it, such as `14:30`, `14.30`, `1430`, `2:30pm`, `9am`.
pub(crate) fn parse_time(typed: &str) -> Option<NaiveTime> {
    let typed = digits::to_ascii(typed).to_lowercase();
    let plain: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let (clock, afternoon) = match (plain.strip_suffix("am"), plain.strip_suffix("pm")) {
        (Some(clock), _) => (clock, Some(false)),
        (_, Some(clock)) => (clock, Some(true)),
        _ => (plain.as_str(), None),
    };
    let (hour, minute) = match clock.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        None if clock.len() == 4 => clock.split_at_checked(2)?,
        None if afternoon.is_some() => (clock, "00"),
        _ => return None,
    };
    let (hour, minute) = (hour.parse::<u32>().ok()?, minute.parse().ok()?);
    let hour = match afternoon {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(true) => hour % 12 + 12,
        Some(false) => hour % 12,
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parse_time_accepts_common_spellings() {
        let cases = [
            ("14:30", "14:30"),
            ("9:05", "09:05"),
            ("14.30", "14:30"),
            ("1430", "14:30"),
            ("2:30pm", "14:30"),
            ("2.30 PM", "14:30"),
            ("9am", "09:00"),
            ("12am", "00:00"),
            ("12pm", "12:00"),
            ("١٤:٣٠", "14:30"),
            ("９:０５", "09:05"),
        ];
        for (typed, time) in cases {
            assert_eq!(parse_time(typed).unwrap().format("%H:%M").to_string(), time, "{typed}");
        }
        for typed in ["", "9", "25:00", "9:5", "13pm", "noon", "éé30", "14:60", "=1+1"] {
            assert_eq!(parse_time(typed), None, "{typed}");
        }
    }
}

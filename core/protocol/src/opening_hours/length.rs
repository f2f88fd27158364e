//! The length of a stretch: `16 hours 30 minutes`.

/// Writes a length in minutes.
pub(super) fn format(minutes: u32) -> String {
    let part = |number: u32, unit: &str| match number {
        0 => None,
        1 => Some(format!("1 {unit}")),
        _ => Some(format!("{number} {unit}s")),
    };
    let parts = [part(minutes / 60, "hour"), part(minutes % 60, "minute")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Reads a length in minutes: `17 hours`, `16 hours 30 minutes`, `17h`, `16h30`. Returns `None` for
/// other text.
pub(super) fn parse(text: &str) -> Option<u32> {
    let text: String = text.split_whitespace().collect();
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (hours, rest) = text.split_at_checked(digits(&text))?;
    let hours: u32 = hours.parse().ok()?;
    let rest = ["hours", "hour", "hrs", "h"].iter().find_map(|unit| rest.strip_prefix(unit))?;
    let (minutes, unit) = rest.split_at_checked(digits(rest))?;
    let minutes: u32 = match (minutes, unit) {
        ("", "") => 0,
        (minutes, "" | "minutes" | "minute" | "mins" | "min" | "m") => minutes.parse().ok()?,
        _ => return None,
    };
    (hours <= 24 && minutes < 60).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formatted_length_parses_to_the_same_number_of_minutes() {
        for minutes in 60..=24 * 60 {
            assert_eq!(parse(&format(minutes)), Some(minutes), "{}", format(minutes));
        }
    }

    #[test]
    fn short_spellings_of_a_length_are_parsed() {
        for (text, minutes) in [("17h", 1020), ("16h30", 990), ("16 hrs 5 mins", 965)] {
            assert_eq!(parse(text), Some(minutes), "{text}");
        }
        for text in ["", "17", "hours", "17 days", "16h60", "99999999999h", "h30", "٣h"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}

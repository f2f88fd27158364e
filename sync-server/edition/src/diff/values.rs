//! Field values in English, short enough to compare an old with a new one.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use promise_protocol::opening_hours;
use serde_json::Value;

use crate::dates;

/// The English label of a field.
pub(super) fn field_label(field: &str) -> String {
    match field {
        "closes_at" => "closing date".to_owned(),
        "how_to_get" => "how to get it".to_owned(),
        "url" => "web address".to_owned(),
        "who" => "who it is for".to_owned(),
        _ => field.replace('_', " "),
    }
}

/// Formats a change as `old -> new` if both values are short, or else on separate lines.
pub(super) fn describe_change(before: Option<&Value>, after: Option<&Value>) -> String {
    if let (Some(old), Some(new)) = (before.and_then(parse_day), after.and_then(parse_day)) {
        let same_year = old.year() == new.year();
        let format = |day: NaiveDate| day.format(if same_year { "%-d %B" } else { "%-d %B %Y" });
        return format!("{} -> {}", format(old), format(new));
    }
    match (before.map(format_short), after.map(format_short)) {
        (None, Some(Some(new))) => format!("added ({new})"),
        (Some(Some(old)), None) => format!("removed ({old})"),
        (Some(Some(old)), Some(Some(new))) => format!("{old} -> {new}"),
        _ => {
            let verb = match (before, after) {
                (None, _) => "added",
                (_, None) => "removed",
                _ => "changed",
            };
            let lines = [("was", before), ("now", after)];
            let lines =
                lines.iter().filter_map(|(when, value)| Some((when, format_long((*value)?))));
            let lines = lines.map(|(when, text)| format!("  {when}: {text}"));
            [verb.to_owned()].into_iter().chain(lines).collect::<Vec<_>>().join("\n")
        }
    }
}

fn parse_day(value: &Value) -> Option<NaiveDate> {
    let text = value.as_str()?;
    let from_moment = || text.parse::<DateTime<Utc>>().ok().map(dates::day_in_london);
    text.parse::<NaiveDate>().ok().or_else(from_moment)
}

/// Formats a value of at most 60 characters; `None` if it is longer or has no short form.
fn format_short(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => match parse_day(value) {
            Some(day) => day.format("%-d %B %Y").to_string(),
            None => format!("\"{text}\""),
        },
        Value::Bool(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => number.to_string(),
        // A picture is described by its English alternative text.
        Value::Object(parts) => format!("\"{}\"", parts.get("alt")?.get("en")?.as_str()?),
        Value::Null | Value::Array(_) => return None,
    };
    (text.chars().count() <= 60).then_some(text)
}

/// Formats a value of any length.
fn format_long(value: &Value) -> String {
    match value {
        Value::String(text) => text.replace('\n', "\n       "),
        Value::Array(items) => items.iter().map(format_long).collect::<Vec<_>>().join(", "),
        Value::Object(parts) if parts.contains_key("opens") => {
            let opening = serde_json::from_value(value.clone());
            opening.map_or_else(|_| value.to_string(), |opening| opening_hours::format(&opening))
        }
        value => format_short(value).unwrap_or_else(|| value.to_string()),
    }
}

/// Converts the first letter to upper case.
pub(super) fn capitalise(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

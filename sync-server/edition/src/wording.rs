//! A changed field in words.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde_json::Value;

use super::day;

/// What a field is called in words.
pub(super) fn label(field: &str) -> String {
    match field {
        "closes_at" => "closing date".to_owned(),
        "how_to_get" => "how to get it".to_owned(),
        "url" => "web address".to_owned(),
        "who" => "who it is for".to_owned(),
        _ => field.replace('_', " "),
    }
}

/// `old -> new` where both are short enough to compare at a glance, or one under the other.
pub(super) fn change(before: Option<&Value>, after: Option<&Value>) -> String {
    if let (Some(old), Some(new)) = (before.and_then(as_day), after.and_then(as_day)) {
        let same_year = old.year() == new.year();
        let written = |day: NaiveDate| day.format(if same_year { "%-d %B" } else { "%-d %B %Y" });
        return format!("{} -> {}", written(old), written(new));
    }
    match (before.map(short), after.map(short)) {
        (None, Some(Some(new))) => format!("added ({new})"),
        (Some(Some(old)), None) => format!("removed ({old})"),
        (Some(Some(old)), Some(Some(new))) => format!("{old} -> {new}"),
        _ => {
            let done = match (before, after) {
                (None, _) => "added",
                (_, None) => "removed",
                _ => "changed",
            };
            let lines = [("was", before), ("now", after)];
            let lines = lines.iter().filter_map(|(when, value)| Some((when, long((*value)?))));
            let lines = lines.map(|(when, text)| format!("  {when}: {text}"));
            [done.to_owned()].into_iter().chain(lines).collect::<Vec<_>>().join("\n")
        }
    }
}

fn as_day(value: &Value) -> Option<NaiveDate> {
    let text = value.as_str()?;
    let moment = || text.parse::<DateTime<Utc>>().ok().map(day::in_london);
    text.parse::<NaiveDate>().ok().or_else(moment)
}

/// A value in words, if a few of them do.
fn short(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => match as_day(value) {
            Some(day) => day.format("%-d %B %Y").to_string(),
            None => format!("\"{text}\""),
        },
        Value::Bool(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => number.to_string(),
        // A picture, by what it shows.
        Value::Object(parts) => format!("\"{}\"", parts.get("alt")?.get("en")?.as_str()?),
        Value::Null | Value::Array(_) => return None,
    };
    (text.chars().count() <= 60).then_some(text)
}

/// A value in as many words as it takes.
fn long(value: &Value) -> String {
    match value {
        Value::String(text) => text.replace('\n', "\n       "),
        Value::Array(items) => items.iter().map(long).collect::<Vec<_>>().join(", "),
        value => short(value).unwrap_or_else(|| value.to_string()),
    }
}

/// A word with its first letter in upper case.
pub(super) fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

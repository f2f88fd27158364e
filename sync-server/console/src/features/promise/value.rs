//! The labels of published fields, and their values as text.

use chrono::{DateTime, NaiveDate, Utc};
use promise_protocol::{
    pack::{LegalTimescale, Place},
    phone_number,
    schema::Kind,
    values::Period,
};
use promise_services::calendar::in_london;
use serde_json::Value;

use crate::{
    features::promise::fields::word_name,
    kit::{
        format, timescales,
        words::{self, times},
    },
};

/// Returns the label of a field, with its language if that is not English.
pub(crate) fn label(field: &str, language: Option<&str>) -> String {
    let key = format!("field-{}", field.replace('_', "-"));
    let name = words::find(&key).unwrap_or_else(|| field.replace('_', " "));
    match language.filter(|language| *language != "en") {
        None => name,
        Some(tag) => {
            let language = format::language(tag);
            words::format(
                "field-in-language",
                &[("field", name.into()), ("language", language.into())],
            )
        }
    }
}

/// Formats the value of a field. An empty value reads "Nothing".
pub(crate) fn format(field: &str, value: Option<&Value>) -> String {
    let text = value.map(|value| format_value(field, value)).unwrap_or_default();
    if text.is_empty() { words::t("nothing") } else { text }
}

fn format_value(field: &str, value: &Value) -> String {
    match (field, value) {
        ("phones", value) => format::phones(&format::list(Some(value))).join("\n"),
        ("hours", Value::Array(_)) => format::hours(&format::list(Some(value))),
        ("languages", Value::Array(_)) => format::value(Kind::Languages, value),
        // The alternative text: a hash means nothing to an editor.
        ("picture", Value::Object(picture)) => {
            let alt = picture.get("alt").and_then(|alt| alt.get("en")?.as_str());
            words::with("picture-of", "what", alt.unwrap_or_default())
        }
        ("places", Value::Array(_)) => {
            let places: Vec<Place> = serde_json::from_value(value.clone()).unwrap_or_default();
            let lines = places.iter().map(|place| {
                let parts = [Some(place.name.as_str()), place.postcode.as_deref()];
                let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
                parts.collect::<Vec<_>>().join(", ")
            });
            lines.collect::<Vec<_>>().join("\n")
        }
        ("promise", Value::String(text)) => {
            text.parse::<Period>().map_or_else(|_| text.clone(), timescales::period)
        }
        ("law", Value::Object(_)) => {
            match serde_json::from_value::<LegalTimescale>(value.clone()) {
                Ok(law) => {
                    let checked = timescales::checked(&law);
                    timescales::law(&law).into_iter().chain(checked).collect::<Vec<_>>().join("\n")
                }
                Err(_) => value.to_string(),
            }
        }
        ("on_closed_days", Value::String(days)) => {
            words::t(&format!("on-closed-days-{}", days.replace('_', "-")))
        }
        (_, Value::String(text)) => format_text(field, text),
        (_, Value::Bool(true)) => words::t("yes"),
        (_, Value::Bool(false)) => words::t("no"),
        (_, Value::Number(number)) => {
            let number = number.to_string();
            word_name(field, &number).unwrap_or(number)
        }
        (_, Value::Array(items)) => {
            items.iter().map(|item| format_value(field, item)).collect::<Vec<_>>().join("\n")
        }
        (_, Value::Object(parts)) => {
            let lines = parts.iter().map(|(name, part)| match part {
                Value::String(text) => format_text(name, text),
                part => format!("{}: {}", label(name, None), format_value(name, part)),
            });
            lines.collect::<Vec<_>>().join("\n")
        }
        (_, Value::Null) => String::new(),
    }
}

fn format_text(field: &str, text: &str) -> String {
    if let Some(name) = word_name(field, text) {
        return name;
    }
    if field == "phone" {
        return phone_number::format(text);
    }
    if let Ok(day) = text.parse::<NaiveDate>() {
        return times::day(day);
    }
    match text.parse::<DateTime<Utc>>() {
        Ok(at) => times::day(in_london(at.timestamp_millis()).date_naive()),
        Err(_) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_formatted_by_their_field() {
        for (field, value, expected) in [
            ("valid_to", json!("2027-03-27"), "Saturday 27 March 2027"),
            ("closes_at", json!("2027-06-30T22:59:59Z"), "Wednesday 30 June 2027"),
            ("phone", json!("+442079460000"), "020 7946 0000"),
            ("text", json!("a\nb"), "a\nb"),
            ("theme", json!("a"), "Health and well-being"),
            ("who", json!(["former_relevant"]), "Former relevant (18 or over)"),
            ("outcome", json!(5), "Money"),
            ("age_min", json!(18), "18"),
            ("online", json!(true), "Yes"),
            (
                "phones",
                json!([{"number": "+447700900123", "kind": "mobile"}]),
                "07700 900123 (Mobile)",
            ),
            ("places", json!([{"name": "Hendon", "postcode": "NW4"}]), "Hendon, NW4"),
            ("pay", json!({"text": "£12 an hour"}), "£12 an hour"),
            ("promise", json!("8 weeks"), "8 weeks"),
            (
                "law",
                json!({"every": "2 months", "first": "7 days", "source": "SI 2010/2571 reg 8(2)"}),
                "The law says every 2 months at the latest: SI 2010/2571 reg 8(2).\n\
                 The law says the first one within 7 days.",
            ),
        ] {
            assert_eq!(format(field, Some(&value)), expected, "{field}");
        }
        assert_eq!(format("text", None), "Nothing");
        assert_eq!(label("how_to_get", None), "How to get it");
        assert_eq!(label("title", Some("ar")), "Heading in Arabic");
    }
}

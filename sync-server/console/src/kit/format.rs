//! Formats values of the domain as text for pages.

use promise_database::StaffMember;
use promise_protocol::{
    opening_hours, phone_number,
    values::{Leave, Opening, PhoneKind, PhoneNumber},
};
use serde_json::Value;

use crate::kit::words::{self, times};

/// The languages that forms offer. A card or line may have others.
pub(crate) const LANGUAGES: [&str; 15] =
    ["en", "ar", "fa", "prs", "ps", "ckb", "ti", "am", "vi", "sq", "om", "so", "ur", "uk", "fr"];

/// Returns how staff refer to a young person: the council's reference, or the start of their id if
/// they have none.
pub(crate) fn display_reference(id: &str, reference: Option<&str>) -> String {
    reference.map_or_else(
        || {
            let short: String = id.chars().take(6).collect();
            words::with("person-without-reference", "id", &short)
        },
        str::to_owned,
    )
}

/// Returns the name on a staff member's card.
pub(crate) fn staff_name(staff: &StaffMember) -> String {
    let name = staff.card.get("display_name").and_then(|name| name.as_str());
    name.unwrap_or(&staff.handle).to_owned()
}

/// Each number with what it is for, the one to try first in front.
pub(crate) fn phones(value: &Value) -> Vec<String> {
    let mut phones: Vec<PhoneNumber> = serde_json::from_value(value.clone()).unwrap_or_default();
    phones.sort_by_key(|phone| !phone.prefer);
    phones
        .iter()
        .map(|phone| {
            let extension = phone.ext.as_ref().map(|ext| words::with("phone-ext", "ext", ext));
            let first = phone.prefer.then(|| words::t("phone-first"));
            let rest = [Some(phone_kind(phone.kind)), extension, first];
            let rest: Vec<String> = rest.into_iter().flatten().collect();
            format!("{} ({})", number(&phone.number), rest.join(", "))
        })
        .collect()
}

/// A number as people here read it.
pub(crate) fn number(stored: &str) -> String {
    phone_number::format(stored)
}

/// What a number is for.
pub(crate) fn phone_kind(kind: PhoneKind) -> String {
    words::t(match kind {
        PhoneKind::Mobile => "kind-mobile",
        PhoneKind::Landline => "kind-landline",
        PhoneKind::Duty => "kind-duty",
        PhoneKind::Oohs => "kind-oohs",
        PhoneKind::Text => "kind-text",
        PhoneKind::Whatsapp => "kind-whatsapp",
    })
}

/// Opening hours in the form in which they are typed, one on each line.
pub(crate) fn hours(value: &Value) -> String {
    let hours: Vec<Opening> = serde_json::from_value(value.clone()).unwrap_or_default();
    hours.iter().map(opening_hours::format).collect::<Vec<_>>().join("\n")
}

/// Times away.
pub(crate) fn leave(value: &Value) -> Vec<Leave> {
    serde_json::from_value(value.clone()).unwrap_or_default()
}

/// A field of a card, for comparing two of them.
pub(crate) fn field(name: &str, value: &Value) -> String {
    let said = match name {
        "phones" => phones(value).join("\n"),
        "working_pattern" => hours(value),
        "leave" => {
            let leave = leave(value);
            let each = leave.iter().map(|leave| {
                let days = [("from", times::day(leave.from)), ("to", times::day(leave.to))];
                words::say("leave-days", &days.map(|(name, day)| (name, day.into())))
            });
            each.collect::<Vec<_>>().join("\n")
        }
        "languages" => {
            let tags: Vec<String> = serde_json::from_value(value.clone()).unwrap_or_default();
            tags.iter().map(|tag| language(tag)).collect::<Vec<_>>().join(", ")
        }
        _ => match value {
            Value::String(text) => text.clone(),
            Value::Bool(true) => words::t("yes"),
            Value::Bool(false) => words::t("no"),
            _ => String::new(),
        },
    };
    if said.is_empty() { words::t("nothing") } else { said }
}

/// A language by its tag; one that has no name here is told by its tag.
pub(crate) fn language(tag: &str) -> String {
    let key = format!("lang-{tag}");
    let name = words::t(&key);
    if name == key { tag.to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_as_people_read_them() {
        let cases = [
            ("+447700900123", "07700 900123"),
            ("+442079460000", "020 7946 0000"),
            ("+441632960001", "01632 960001"),
            ("+448081570000", "0808 157 0000"),
            ("+448001111", "0800 1111"),
            ("116123", "116 123"),
            ("+12025550143", "+12025550143"),
        ];
        for (stored, told) in cases {
            assert_eq!(number(stored), told);
        }
    }
}

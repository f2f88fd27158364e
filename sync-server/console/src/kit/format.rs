//! Formats values of the domain for pages.

use std::mem;

use chrono::NaiveDate;
use promise_database::{Person, StaffMember};
use promise_protocol::{
    opening_hours,
    phone_number::{self, CallCost},
    schema::Kind,
    values::{Leave, Opening, PhoneKind, PhoneNumber},
};
use promise_services::{
    StaffRole, assignments::cover_clash::CoverClash, people::label::PersonLabel,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::kit::words::{self, times};

/// Returns how staff refer to a young person: the council's reference, or the start of their id if
/// they have none.
pub(crate) fn display_reference(id: &str, reference: Option<&str>) -> String {
    reference.map_or_else(
        || {
            let start: String = id.chars().take(6).collect();
            words::with("person-without-reference", "id", &start)
        },
        str::to_owned,
    )
}

/// Returns how staff refer to a young person whose label they may see. The label is isolated from the
/// direction of the text around it.
pub(crate) fn person_name(person: &Person, label: Option<&PersonLabel>) -> String {
    let name = display_reference(person.id.as_str(), person.reference.as_deref());
    match label {
        Some(label) => words::format(
            "person-with-label",
            &[("name", name.into()), ("label", label.as_str().to_owned().into())],
        ),
        None => name,
    }
}

/// Returns the name on a staff member's card.
pub(crate) fn staff_name(staff: &StaffMember) -> String {
    staff.name().to_owned()
}

/// Returns the name of a role.
pub(crate) fn role_name(role: StaffRole) -> String {
    words::t(&format!("role-{}", role.as_str()))
}

/// Splits an e-mail address where a line may break: before `@`, and within each half before `.`. So
/// each name in it stays whole, and no line ends with a full stop that is part of the address.
pub(crate) fn address_parts(address: &str) -> Vec<Vec<&str>> {
    let halves = split_before(address, '@').into_iter();
    halves.map(|half| split_before(half, '.')).collect()
}

/// Splits a text before each such character that is not its first.
fn split_before(text: &str, sign: char) -> Vec<&str> {
    let breaks = text.match_indices(sign).map(|(at, _)| at).filter(|at| *at > 0);
    let mut start = 0;
    let ends = breaks.chain([text.len()]);
    ends.filter_map(|end| text.get(mem::replace(&mut start, end)..end)).collect()
}

/// Returns the name of a language. A language without a name here is shown by its tag.
pub(crate) fn language(tag: &str) -> String {
    words::find(&format!("lang-{tag}")).unwrap_or_else(|| tag.to_owned())
}

/// Returns what a number is for.
pub(crate) fn phone_kind(kind: PhoneKind) -> String {
    words::t(&format!("kind-{}", kind.as_str()))
}

/// Formats each number with what it is for. The preferred number comes first.
pub(crate) fn phones(phones: &[PhoneNumber]) -> Vec<String> {
    let mut phones: Vec<&PhoneNumber> = phones.iter().collect();
    phones.sort_by_key(|phone| !phone.prefer);
    phones.into_iter().map(phone).collect()
}

/// Returns what a call to a number costs, as a sentence that names the number. Returns `None` unless it
/// has to be confirmed.
pub(crate) fn call_cost(phone: &PhoneNumber) -> Option<String> {
    let cost = phone_number::call_cost(&phone.number)?;
    Some(words::format(
        "phone-cost",
        &[
            ("number", phone_number::format(&phone.number).into()),
            ("cost", cost_of_call(cost).into()),
        ],
    ))
}

/// Returns what a call costs, as the end of a sentence.
pub(crate) fn cost_of_call(cost: CallCost) -> String {
    let amount = |pence| phone_number::pounds(pence);
    match cost {
        CallCost::PerMinuteOrCall { minute, call } => words::format(
            "phone-cost-minute-or-call",
            &[("minute", amount(minute).into()), ("call", amount(call).into())],
        ),
        CallCost::PerNinetySeconds { pence } => {
            words::with("phone-cost-ninety-seconds", "amount", &amount(pence))
        }
        CallCost::NotInMinutes => words::t("phone-cost-not-in-minutes"),
    }
}

/// Formats a number with what it is for.
pub(crate) fn phone(phone: &PhoneNumber) -> String {
    format!("{} ({})", phone_number::format(&phone.number), phone_details(phone))
}

/// Formats what a number is for, its extension, and whether to try it first.
pub(crate) fn phone_details(phone: &PhoneNumber) -> String {
    let extension = phone.ext.as_ref().map(|ext| words::with("phone-ext", "ext", ext));
    let first = phone.prefer.then(|| words::t("phone-first"));
    let details = [Some(phone_kind(phone.usable_kind())), extension, first];
    details.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Formats opening hours as a form takes them, one stretch of hours on each line.
pub(crate) fn hours(hours: &[Opening]) -> String {
    hours.iter().map(opening_hours::format).collect::<Vec<_>>().join("\n")
}

/// Formats the days of a leave.
pub(crate) fn leave_days(leave: &Leave) -> String {
    days_between(leave.from, leave.to)
}

fn days_between(from: NaiveDate, to: NaiveDate) -> String {
    let days = [("from", times::day(from)), ("to", times::day(to))];
    words::format("leave-days", &days.map(|(name, day)| (name, day.into())))
}

/// Formats the days on which a colleague who covers is on leave too, and who is rung instead.
pub(crate) fn cover_clash(clash: &CoverClash) -> String {
    let key = if clash.instead.is_some() { "cover-clash" } else { "cover-clash-duty" };
    let days = if clash.from == clash.to {
        times::day(clash.from)
    } else {
        days_between(clash.from, clash.to)
    };
    let instead = clash.instead.as_deref().unwrap_or_default();
    let arguments = [
        ("adviser", clash.adviser_name.as_str().into()),
        ("cover", clash.cover_name.as_str().into()),
        ("days", days.into()),
        ("instead", instead.into()),
    ];
    words::format(key, &arguments)
}

/// Reads a list from a cell. A value of another form reads as an empty list.
pub(crate) fn list<T: DeserializeOwned>(value: Option<&Value>) -> Vec<T> {
    value.and_then(|value| serde_json::from_value(value.clone()).ok()).unwrap_or_default()
}

/// Formats the value of a field of this kind. An empty value reads "Nothing".
pub(crate) fn value(kind: Kind, value: &Value) -> String {
    let lines = match kind {
        Kind::Phones => phones(&list(Some(value))).join("\n"),
        Kind::Hours => hours(&list(Some(value))),
        Kind::Leave => {
            let leave: Vec<Leave> = list(Some(value));
            leave.iter().map(leave_days).collect::<Vec<_>>().join("\n")
        }
        Kind::Languages => {
            let tags: Vec<String> = list(Some(value));
            tags.iter().map(|tag| language(tag)).collect::<Vec<_>>().join(", ")
        }
        _ => plain(value),
    };
    if lines.is_empty() { words::t("nothing") } else { lines }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => words::t("yes"),
        Value::Bool(false) => words::t("no"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_breaks_before_signs_only() {
        let cases = [
            ("jo.okoro@example.org", vec![vec!["jo", ".okoro"], vec!["@example", ".org"]]),
            ("jo", vec![vec!["jo"]]),
            (".é@", vec![vec![".é"], vec!["@"]]),
            ("", vec![vec![""]]),
        ];
        for (address, parts) in cases {
            assert_eq!(address_parts(address), parts);
            assert_eq!(parts.concat().concat(), address);
        }
    }

    #[test]
    fn numbers_are_formatted_with_their_kind() {
        let cases = [
            ("+447700900123", "07700 900123 (Mobile)"),
            ("+442079460000", "020 7946 0000 (Mobile)"),
            ("+441632960001", "01632 960001 (Mobile)"),
            ("+448081570000", "0808 157 0000 (Mobile)"),
            ("+448001111", "0800 1111 (Mobile)"),
            ("116123", "116 123 (Mobile)"),
            ("+12025550143", "+12025550143 (Mobile)"),
        ];
        for (stored, formatted) in cases {
            let phone = PhoneNumber {
                number: stored.to_owned(),
                kind: PhoneKind::Mobile,
                ext: None,
                prefer: false,
                unknown: serde_json::Map::new(),
            };
            assert_eq!(phones(&[phone]), [formatted]);
        }
    }
}

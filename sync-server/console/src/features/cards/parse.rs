//! Reading a card's form: what cells hold, or what is wrong with each field.

use std::collections::BTreeMap;

use promise_edition::email;
use promise_protocol::opening_hours;
use promise_services::cards;
use serde_json::{Value, json};

use crate::kit::{
    forms::{Posted, mistake, parse_phone, phone_rows, too_long},
    page::Mistake,
    words,
};

/// Fields of one line or several, with the most characters of each.
pub(super) const TEXTS: [(&str, &str, usize); 8] = [
    ("display_name", "card-name", 120),
    ("role", "card-role", 60),
    ("team", "card-team", 120),
    ("organisation", "card-organisation", 120),
    ("pronouns", "card-pronouns", 40),
    ("email", "card-email", 254),
    ("about", "card-about", 1000),
    ("voicemail_note", "card-voicemail", 300),
];

/// The card's fields, or what is wrong.
pub(super) fn fields(form: &Posted) -> Result<BTreeMap<String, Value>, Vec<Mistake>> {
    let (mut fields, mut mistakes) = (BTreeMap::new(), Vec::new());
    texts(form, &mut fields, &mut mistakes);
    phones(form, &mut fields, &mut mistakes);
    hours(form, &mut fields, &mut mistakes);
    let tags: Vec<String> =
        form.all("languages").into_iter().filter(|tag| !tag.is_empty()).collect();
    fields.insert("languages".into(), if tags.is_empty() { Value::Null } else { json!(tags) });
    for flag in ["text_ok", "whatsapp_ok"] {
        fields.insert(flag.into(), form.all("contact-by").iter().any(|it| it == flag).into());
    }
    if mistakes.is_empty() && cards::validate(&fields).is_err() {
        mistakes.push(mistake("languages-0", "card-languages-wrong"));
    }
    if mistakes.is_empty() { Ok(fields) } else { Err(mistakes) }
}

fn texts(form: &Posted, fields: &mut BTreeMap<String, Value>, mistakes: &mut Vec<Mistake>) {
    for (name, label, most) in TEXTS {
        let typed = match name {
            "about" | "voicemail_note" => form.lines(name),
            _ => form.text(name),
        };
        if typed.chars().count() > most {
            mistakes.push(too_long(name, label, most));
        }
        if typed.is_empty() && name == "display_name" {
            mistakes.push(mistake(name, "card-name-missing"));
        }
        if name == "email" && !typed.is_empty() && !email::is_valid(&typed) {
            mistakes.push(mistake(name, "card-email-wrong"));
        }
        let value = if typed.is_empty() { Value::Null } else { typed.into() };
        fields.insert(name.into(), value);
    }
}

fn phones(form: &Posted, fields: &mut BTreeMap<String, Value>, mistakes: &mut Vec<Mistake>) {
    let mut phones = Vec::new();
    for (index, row) in
        phone_rows(form).iter().enumerate().filter(|(_, row)| !row.number.is_empty())
    {
        match parse_phone(row) {
            Ok(phone) => phones.push(phone),
            Err((part, text)) => {
                mistakes.push(Mistake { field: format!("phone-{index}-{part}"), text });
            }
        }
    }
    fields.insert("phones".into(), if phones.is_empty() { Value::Null } else { phones.into() });
}

fn hours(form: &Posted, fields: &mut BTreeMap<String, Value>, mistakes: &mut Vec<Mistake>) {
    let mut hours = Vec::new();
    for line in form.lines("working_pattern").lines().filter(|line| !line.trim().is_empty()) {
        let Some(opening) = opening_hours::parse(line) else {
            let shown: String = line.chars().take(40).collect();
            let text = words::with("hours-wrong", "typed", &shown);
            mistakes.push(Mistake { field: "working_pattern".into(), text });
            break;
        };
        hours.push(json!(opening));
    }
    if hours.len() > 30 {
        mistakes.push(mistake("working_pattern", "hours-many"));
    }
    fields.insert(
        "working_pattern".into(),
        if hours.is_empty() { Value::Null } else { hours.into() },
    );
}

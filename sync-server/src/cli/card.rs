//! The fields of a card, as they are typed.

use std::collections::BTreeMap;

use clap::Args;
use promise_protocol::values::{Opening, PhoneKind, PhoneNumber};
use serde_json::{Map, Value};

use super::CliError;
use promise_protocol::opening_hours;
use promise_protocol::phone_number;

/// A card's fields. Each that is given replaces what the card holds.
#[derive(Args, Default)]
pub(super) struct Card {
    /// Their name as young people know them.
    #[arg(long)]
    name: Option<String>,
    /// What they are, such as "Personal adviser".
    #[arg(long)]
    role: Option<String>,
    /// Their team.
    #[arg(long)]
    team: Option<String>,
    /// Who they work for.
    #[arg(long)]
    organisation: Option<String>,
    /// Their pronouns.
    #[arg(long)]
    pronouns: Option<String>,
    /// A number: "07700 900123", "07700 900123:mobile:prefer", "020 7946 0000:duty:ext=12". Kinds
    /// are mobile, landline, duty, oohs, text and whatsapp. Give it again for each number.
    #[arg(long = "phone", value_name = "NUMBER")]
    phones: Vec<String>,
    /// Their e-mail address.
    #[arg(long)]
    email: Option<String>,
    /// Hours, such as "mon-fri 09:00-17:00". Give it again for each stretch.
    #[arg(long, value_name = "DAYS HOURS")]
    hours: Vec<String>,
    /// A language they speak, such as en or ti. Give it again for each one.
    #[arg(long = "language", value_name = "TAG")]
    languages: Vec<String>,
    /// A sentence about them.
    #[arg(long)]
    about: Option<String>,
    /// What to expect of their voicemail.
    #[arg(long)]
    voicemail_note: Option<String>,
    /// Whether texts are fine.
    #[arg(long, value_name = "YES")]
    text_ok: Option<bool>,
    /// Whether WhatsApp is fine.
    #[arg(long, value_name = "YES")]
    whatsapp_ok: Option<bool>,
    /// A field to empty, such as email. Give it again for each one.
    #[arg(long = "clear", value_name = "FIELD")]
    cleared: Vec<String>,
}

impl Card {
    /// The fields that were given, as cells hold them.
    pub(super) fn fields(self) -> Result<BTreeMap<String, Value>, CliError> {
        let texts = [
            ("display_name", self.name),
            ("role", self.role),
            ("team", self.team),
            ("organisation", self.organisation),
            ("pronouns", self.pronouns),
            ("email", self.email),
            ("about", self.about),
            ("voicemail_note", self.voicemail_note),
        ];
        let flags = [("text_ok", self.text_ok), ("whatsapp_ok", self.whatsapp_ok)];
        let phones = each(&self.phones, phone)?;
        let hours = each(&self.hours, hours)?;
        let lists = [
            ("phones", phones),
            ("working_pattern", hours),
            ("languages", each(&self.languages, |tag| Ok(tag.to_owned()))?),
        ];
        let texts = texts.into_iter().filter_map(|(name, text)| Some((name, Value::from(text?))));
        let flags = flags.into_iter().filter_map(|(name, flag)| Some((name, Value::from(flag?))));
        let lists = lists.into_iter().filter_map(|(name, list)| Some((name, list?)));
        let mut fields: BTreeMap<String, Value> =
            texts.chain(flags).chain(lists).map(|(name, value)| (name.to_owned(), value)).collect();
        fields.extend(self.cleared.into_iter().map(|field| (field, Value::Null)));
        Ok(fields)
    }
}

/// A list of what was typed; `None` if nothing was.
fn each<T: serde::Serialize>(
    typed: &[String],
    read: impl Fn(&str) -> Result<T, CliError>,
) -> Result<Option<Value>, CliError> {
    let items = typed.iter().map(|text| read(text)).collect::<Result<Vec<_>, _>>()?;
    if items.is_empty() {
        return Ok(None);
    }
    let list = serde_json::to_value(items);
    list.map(Some).map_err(|_| CliError::Typed("this list cannot be written".into()))
}

fn hours(typed: &str) -> Result<Opening, CliError> {
    opening_hours::parse(typed).ok_or_else(|| {
        let example = opening_hours::EXAMPLE;
        CliError::Typed(format!("hours \"{typed}\" are not understood: write {example}"))
    })
}

/// Reads `NUMBER[:KIND][:prefer][:ext=12]`.
fn phone(typed: &str) -> Result<PhoneNumber, CliError> {
    let mut parts = typed.split(':').map(str::trim);
    let number = parts.next().unwrap_or_default();
    let number = phone_number::parse(number).map_err(|error| CliError::Typed(error.to_string()))?;
    let kind = usual_kind(&number);
    let mut phone = PhoneNumber { number, kind, ext: None, prefer: false, unknown: Map::new() };
    for part in parts {
        match part.split_once('=') {
            None if part == "prefer" => phone.prefer = true,
            Some(("ext", extension)) => phone.ext = Some(self::extension(extension)?),
            _ => phone.kind = phone_kind(part)?,
        }
    }
    Ok(phone)
}

fn extension(typed: &str) -> Result<String, CliError> {
    let is_one = (1..=12).contains(&typed.len()) && typed.bytes().all(|b| b.is_ascii_digit());
    let refused = || CliError::Typed(format!("\"{typed}\" is not an extension: write ext=12"));
    is_one.then(|| typed.to_owned()).ok_or_else(refused)
}

fn phone_kind(typed: &str) -> Result<PhoneKind, CliError> {
    serde_json::from_value(Value::from(typed)).map_err(|_| {
        CliError::Typed(format!(
            "\"{typed}\" is not a kind of number: write mobile, landline, duty, oohs, text or \
             whatsapp, such as 07700 900123:mobile"
        ))
    })
}

/// Mobile numbers of the United Kingdom begin with 07.
fn usual_kind(number: &str) -> PhoneKind {
    if number.starts_with("+447") { PhoneKind::Mobile } else { PhoneKind::Landline }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_card_is_read_as_it_is_typed() {
        let card = Card {
            name: Some("Jo Okoro".into()),
            phones: vec!["07700 900123:mobile:prefer".into(), "020 7946 0000:duty:ext=12".into()],
            hours: vec!["mon-fri 09:00-17:00".into()],
            text_ok: Some(true),
            cleared: vec!["email".into()],
            ..Card::default()
        };
        let fields = card.fields().unwrap();
        assert_eq!(
            json!(fields),
            json!({
                "display_name": "Jo Okoro",
                "email": null,
                "phones": [
                    {"number": "+447700900123", "kind": "mobile", "prefer": true},
                    {"number": "+442079460000", "kind": "duty", "ext": "12"},
                ],
                "text_ok": true,
                "working_pattern": [
                    {"days": ["mon", "tue", "wed", "thu", "fri"], "opens": "09:00", "closes": "17:00"}
                ],
            })
        );
        promise_services::cards::validate(&fields).unwrap();
    }

    #[test]
    fn a_wrong_number_or_kind_says_how_to_write_it() {
        for typed in ["0770", "07700 900123:red", "020 7946 0000:ext=x"] {
            let error = phone(typed).unwrap_err();
            assert_eq!(error.exit_code(), 2);
            assert!(error.to_string().contains("write"), "{error}");
        }
        assert_eq!(phone("116123").unwrap().number, "116123");
    }
}

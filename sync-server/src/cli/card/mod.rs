//! A staff card on the command line.

mod parse;

use std::collections::BTreeMap;

use clap::Args;
use serde_json::Value;

use super::CliError;

/// The fields of a card. Each one that is given replaces what the card holds.
#[derive(Args, Default)]
pub(super) struct Card {
    /// Their name as young people know them.
    #[arg(long)]
    name: Option<String>,
    /// Their job, such as "Personal adviser".
    #[arg(long)]
    role: Option<String>,
    /// Their team.
    #[arg(long)]
    team: Option<String>,
    /// The organisation they work for.
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
    /// Hours, such as "mon-fri 09:00-17:00". Give it again for each range.
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
    /// May young people text them?
    #[arg(long, value_name = "YES")]
    text_ok: Option<bool>,
    /// May young people use WhatsApp with them?
    #[arg(long, value_name = "YES")]
    whatsapp_ok: Option<bool>,
    /// A field to empty, such as email. Give it again for each one.
    #[arg(long = "clear", value_name = "FIELD")]
    cleared: Vec<String>,
}

impl Card {
    /// Returns the fields that were given, as cells hold them.
    pub(super) fn into_fields(self) -> Result<BTreeMap<String, Value>, CliError> {
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
        let lists = [
            ("phones", parse_list(&self.phones, parse::phone_number)?),
            ("working_pattern", parse_list(&self.hours, parse::opening_hours)?),
            ("languages", parse_list(&self.languages, |tag| Ok(tag.to_owned()))?),
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

/// Parses each of the texts into a JSON list; `None` if there are none.
fn parse_list<T: serde::Serialize>(
    texts: &[String],
    parse: impl Fn(&str) -> Result<T, CliError>,
) -> Result<Option<Value>, CliError> {
    let items = texts.iter().map(|text| parse(text)).collect::<Result<Vec<_>, _>>()?;
    if items.is_empty() {
        return Ok(None);
    }
    let list = serde_json::to_value(items);
    list.map(Some).map_err(|_| CliError::InvalidArgument("this list cannot be written".into()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn card_arguments_become_fields() {
        let card = Card {
            name: Some("Jo Okoro".into()),
            phones: vec!["07700 900123:mobile:prefer".into(), "020 7946 0000:duty:ext=12".into()],
            hours: vec!["mon-fri 09:00-17:00".into()],
            text_ok: Some(true),
            cleared: vec!["email".into()],
            ..Card::default()
        };
        let fields = card.into_fields().unwrap();
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
        promise_services::cards::CardEdit::new(fields).unwrap();
    }
}

//! A staff card on the command line: one option for each field of the card in the schema.

mod parse;

use std::collections::BTreeMap;

use clap::{
    Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, builder::PossibleValuesParser,
    value_parser,
};
use promise_protocol::schema::{self, Field, Kind};
use serde::Serialize;
use serde_json::Value;

use super::CliError;

/// The option that empties a field.
const CLEAR: &str = "clear";

/// The fields of a card. Each one that is given replaces what the card holds.
#[derive(Clone, Default)]
pub(super) struct Card {
    /// Texts and flags.
    values: BTreeMap<&'static str, Value>,
    /// The items of lists, as entered.
    lists: Vec<(&'static Field, Vec<String>)>,
    /// Names of the fields to empty.
    cleared: Vec<String>,
}

impl Args for Card {
    fn augment_args(command: Command) -> Command {
        let clear = Arg::new(CLEAR)
            .long(CLEAR)
            .value_name("FIELD")
            .action(ArgAction::Append)
            .help("A field to empty, such as email. Give it again for each one");
        command.args(schema::card_fields().map(option)).arg(clear)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Card {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut card = Self::default();
        card.update_from_arg_matches(matches)?;
        Ok(card)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        let strings = |id: &str| matches.get_many::<String>(id).map(|all| all.cloned().collect());
        for field in schema::card_fields() {
            let value = match field.kind {
                Kind::Flag => matches.get_one::<bool>(field.name).map(|flag| (*flag).into()),
                _ if is_list(field) => {
                    self.lists.extend(strings(field.name).map(|items| (field, items)));
                    None
                }
                _ => matches.get_one::<String>(field.name).map(|text| text.as_str().into()),
            };
            self.values.extend(value.map(|value| (field.name, value)));
        }
        self.cleared.extend(strings(CLEAR).unwrap_or_default());
        Ok(())
    }
}

impl Card {
    /// Returns the fields that were given, as cells hold them.
    pub(super) fn into_fields(self) -> Result<BTreeMap<String, Value>, CliError> {
        let values = self.values.into_iter().map(|(name, value)| (name.to_owned(), value));
        let mut fields: BTreeMap<String, Value> = values.collect();
        for (field, items) in self.lists {
            let list = match field.kind {
                Kind::Phones => parse_list(&items, parse::phone_number)?,
                Kind::Hours => parse_list(&items, parse::opening_hours)?,
                _ => items.into(),
            };
            fields.insert(field.name.to_owned(), list);
        }
        fields.extend(self.cleared.into_iter().map(|field| (field, Value::Null)));
        Ok(fields)
    }
}

/// The option of a field.
fn option(field: &'static Field) -> Arg {
    let name = option_name(field);
    let option = Arg::new(field.name).help(help(field));
    let option = match field.kind {
        Kind::Flag => option.value_name("YES").value_parser(value_parser!(bool)),
        Kind::Phones => option.value_name("NUMBER"),
        Kind::Hours => option.value_name("DAYS HOURS"),
        Kind::Languages => option.value_name("TAG"),
        Kind::Choice(words) => {
            let words = PossibleValuesParser::new(words.iter().copied());
            option.value_name("RULE").value_parser(words)
        }
        _ => option.value_name(name.replace('-', "_").to_uppercase()),
    };
    let action = if is_list(field) { ArgAction::Append } else { ArgAction::Set };
    option.long(name).action(action)
}

/// The name of the option: the field's, except for those that read better in another form. Lists
/// are given item by item.
fn option_name(field: &Field) -> String {
    match field.name {
        "display_name" => "name".to_owned(),
        "phones" => "phone".to_owned(),
        "working_pattern" => "hours".to_owned(),
        "languages" => "language".to_owned(),
        _ => field.words_key(),
    }
}

fn help(field: &Field) -> String {
    let how = match field.kind {
        Kind::Phones => {
            " Write \"07700 900123\", \"07700 900123:mobile:prefer\" or \"020 7946 \
             0000:duty:ext=12\". Kinds are mobile, landline, duty, oohs, text and whatsapp. Give it \
             again for each number. A number that costs extra, such as 09, needs :cost-confirmed."
        }
        Kind::Hours => {
            " Write \"mon-fri 09:00-17:00\" or, if they end on the next day, \"mon-thu 17:00-08:45 \
             next day\". Give it again for each range."
        }
        Kind::Languages => " Write a tag, such as en or ti. Give it again for each one.",
        _ => "",
    };
    format!("{}{how}", field.help)
}

fn is_list(field: &Field) -> bool {
    matches!(field.kind, Kind::Phones | Kind::Hours | Kind::Languages | Kind::Ids)
}

/// Parses each of the items into a JSON list.
fn parse_list<T: Serialize>(
    items: &[String],
    parse: impl Fn(&str) -> Result<T, CliError>,
) -> Result<Value, CliError> {
    let items = items.iter().map(|item| parse(item)).collect::<Result<Vec<_>, _>>()?;
    serde_json::to_value(items)
        .map_err(|_| CliError::InvalidArgument("this list cannot be written".into()))
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use serde_json::json;

    use super::*;

    #[derive(Parser)]
    struct Set {
        #[command(flatten)]
        card: Card,
    }

    #[test]
    fn card_arguments_become_fields() {
        let set = Set::parse_from([
            "set",
            "--name",
            "Jo Okoro",
            "--phone",
            "07700 900123:mobile:prefer",
            "--phone",
            "020 7946 0000:duty:ext=12",
            "--hours",
            "mon-fri 09:00-17:00",
            "--text-ok",
            "true",
            "--on-closed-days",
            "as_usual",
            "--clear",
            "email",
        ]);
        let fields = set.card.into_fields().unwrap();
        assert_eq!(
            json!(fields),
            json!({
                "display_name": "Jo Okoro",
                "email": null,
                "phones": [
                    {"number": "+447700900123", "kind": "mobile", "prefer": true},
                    {"number": "+442079460000", "kind": "duty", "ext": "12"},
                ],
                "on_closed_days": "as_usual",
                "text_ok": true,
                "working_pattern": [
                    {"days": ["mon", "tue", "wed", "thu", "fri"], "opens": "09:00", "closes": "17:00"}
                ],
            })
        );
        promise_services::cards::CardEdit::new(fields).unwrap();
    }

    #[test]
    fn rule_that_is_not_known_is_refused() {
        assert!(Set::try_parse_from(["set", "--on-closed-days", "sometimes"]).is_err());
    }

    #[test]
    fn every_field_of_a_card_has_an_option() {
        let command = Set::augment_args(Command::new("set"));
        for field in schema::card_fields() {
            let is_option = |arg: &Arg| arg.get_id() == field.name && arg.get_help().is_some();
            assert!(command.get_arguments().any(is_option), "{}", field.name);
        }
    }
}

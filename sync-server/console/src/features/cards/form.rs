//! The form of a card. The schema's descriptors of the card's fields drive it: a new field of the
//! schema gets its control here without a change, and needs only its words (`card-{field}`, and
//! `entry-card-{field}` where those speak to a staff member about themselves).

use std::collections::BTreeMap;

use promise_database::ContactCard;
use promise_edition::email;
use promise_protocol::{
    digits, phone_number,
    schema::{self, Format, Kind},
    values::PhoneNumber,
};
use promise_services::cards::CardEdit;
use serde_json::{Value, json};

use crate::{
    features::cards::CardKind,
    kit::{
        format,
        forms::{
            Choice, Field, FormData, Input, PhoneRow, PhoneRowField, choice, cost_confirmation,
            field_error, hours_questions, language_choices, parse_hours, read_hours,
            selected_languages, too_long_error,
        },
        page::FieldError,
        words,
    },
};

/// The value of one field as its control holds it.
enum Control {
    /// A text, or another value as text.
    Text(String),
    /// One of the boxes of its group.
    Box(bool),
    Phones(Vec<PhoneRow>),
    Hours(String),
    /// A word of the field, or `""`.
    Choice(String),
    Languages(Vec<String>),
}

/// A card as it is typed.
pub(crate) struct CardForm {
    kind: CardKind,
    controls: Vec<(&'static schema::Field, Control)>,
}

/// A part of the form.
#[expect(clippy::large_enum_variant, reason = "a page has a dozen of them")]
pub(crate) enum Item {
    Field(Field),
    Phones(Vec<PhoneRowField>),
}

impl CardForm {
    /// The form of a stored card.
    pub(crate) fn of_card(card: &ContactCard, kind: CardKind) -> Self {
        let control = |field: &'static schema::Field| {
            let value = card.fields.get(field.name);
            let control = match field.kind {
                Kind::Flag => Control::Box(value.and_then(Value::as_bool).unwrap_or_default()),
                Kind::Phones => {
                    let rows = card.phones().into_iter().map(|phone| phone_row(&phone, card));
                    Control::Phones(PhoneRow::pad(rows.collect()))
                }
                Kind::Hours => Control::Hours(format::hours(&format::list(value))),
                Kind::Languages => Control::Languages(format::list(value)),
                Kind::Choice(_) => Control::Choice(text_of(value)),
                _ => Control::Text(text_of(value)),
            };
            (field, control)
        };
        Self { kind, controls: schema::card_fields().map(control).collect() }
    }

    /// Reads what was sent.
    pub(crate) fn read(form: &FormData, kind: CardKind) -> Self {
        let control = |field: &'static schema::Field| {
            let control = match field.kind {
                Kind::Flag => {
                    let boxes = form.all(&box_group(field));
                    Control::Box(boxes.iter().any(|checked| checked == field.name))
                }
                Kind::Phones => Control::Phones(PhoneRow::read_all(form)),
                Kind::Hours => Control::Hours(read_hours(form, field.name)),
                Kind::Languages => Control::Languages(selected_languages(form)),
                Kind::Choice(_) => Control::Choice(form.plain(field.name)),
                _ if field.format == Format::Lines => Control::Text(form.lines(field.name)),
                _ if field.format == Format::Email => Control::Text(form.plain(field.name)),
                _ => Control::Text(form.text(field.name)),
            };
            (field, control)
        };
        Self { kind, controls: schema::card_fields().map(control).collect() }
    }

    /// Parses the form into an edit of the card.
    pub(crate) fn parse(&self) -> Result<CardEdit, Vec<FieldError>> {
        let (mut fields, mut errors) = (BTreeMap::new(), Vec::new());
        for (field, control) in &self.controls {
            match parse(field, control, self.kind) {
                Ok(value) => drop(fields.insert(field.name.to_owned(), value)),
                Err(found) => errors.extend(found),
            }
        }
        let is_empty = |name: &str| fields.get(name).is_none_or(Value::is_null);
        if self.kind == CardKind::Entry
            && errors.is_empty()
            && is_empty("phones")
            && is_empty("email")
        {
            errors.push(unreachable_error());
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        // Every field was checked, so this fails for none.
        let edit = CardEdit::new(fields).map_err(|_| Vec::new())?;
        Ok(edit.with_typed_numbers(self.typed_numbers()))
    }

    /// Returns the numbers whose cost has to be confirmed: those that cost extra and are not among
    /// `stored`.
    pub(crate) fn unconfirmed(&self, stored: &[PhoneNumber]) -> Vec<PhoneNumber> {
        let rows = self.controls.iter().filter_map(|(_, control)| match control {
            Control::Phones(rows) => PhoneRow::parse_all(rows).ok(),
            _ => None,
        });
        let phones: Vec<PhoneNumber> = rows.flatten().collect();
        cost_confirmation::unconfirmed(&phones, stored)
    }

    /// Returns how each number was typed, by the parsed number. An extension has a field of its own
    /// once it is stored, so a number that was typed with one is left out.
    fn typed_numbers(&self) -> BTreeMap<String, String> {
        let rows = self.controls.iter().filter_map(|(_, control)| match control {
            Control::Phones(rows) => Some(rows),
            _ => None,
        });
        let typed = rows.flatten().map(|row| &row.number);
        let plain = |typed: &String| {
            let parsed = phone_number::parse(typed).ok()?;
            let is_plain = parsed.ext.is_none() && !parsed.cost_confirmed;
            is_plain.then(|| (parsed.number, typed.clone()))
        };
        typed.filter_map(plain).collect()
    }

    /// Returns the parts of the form. Boxes of one group are one field.
    pub(super) fn items(self, errors: &[FieldError]) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        let kind = self.kind;
        for (field, control) in self.controls {
            let key = label_key(field, kind);
            let hint_key = kind.key(&format!("{}-hint", base_key(field)));
            let item = match control {
                Control::Box(is_selected) => {
                    let group = box_group(field);
                    let option = Choice { is_selected, ..choice(field.name, words::t(&key), "") };
                    if let Some(Item::Field(Field { name, input: Input::Checks(boxes), .. })) =
                        items.last_mut()
                        && *name == group
                    {
                        boxes.push(option);
                        continue;
                    }
                    let label = kind.key(&format!("card-{group}"));
                    Field::new(&group, &label, Input::Checks(vec![option]))
                }
                Control::Phones(rows) => {
                    items.push(Item::Phones(PhoneRowField::list(rows, errors)));
                    continue;
                }
                Control::Hours(lines) => {
                    let area = Field::area(field.name, &key, &lines).hint(&hint_key);
                    let questions = hours_questions(field.name, &lines, errors);
                    items.push(Item::Field(area.with_error(errors)));
                    items.extend(questions.into_iter().map(Item::Field));
                    continue;
                }
                Control::Languages(selected) => {
                    Field::new(field.name, &key, Input::Checks(language_choices(&selected)))
                }
                Control::Choice(selected) => {
                    let options = choices(field, &selected, kind);
                    Field::new(field.name, &key, Input::Radios(options))
                }
                Control::Text(text) => match field.format {
                    Format::Lines => Field::area(field.name, &key, &text),
                    Format::Email => Field::email(field.name, &key, &text),
                    Format::Line | Format::Name => Field::line(field.name, &key, &text),
                },
            };
            let hint = words::find(&hint_key).unwrap_or_default();
            items.push(Item::Field(Field { hint, ..item }.with_error(errors)));
        }
        items
    }
}

/// Returns the key of a field's label.
pub(crate) fn label_key(field: &schema::Field, kind: CardKind) -> String {
    kind.key(&base_key(field))
}

/// Returns the key of a field's label on a staff member's card, with which its other messages begin.
fn base_key(field: &schema::Field) -> String {
    format!("card-{}", field.words_key())
}

/// Formats the value of a field. An empty value reads as such.
pub(crate) fn shown_value(field: &schema::Field, value: &Value, kind: CardKind) -> String {
    match field.kind {
        Kind::Choice(_) => choice_text(field, value.as_str().unwrap_or_default(), kind),
        of_value => format::value(of_value, value),
    }
}

/// Returns the text of one of the words of a field, or of none of them.
fn choice_text(field: &schema::Field, word: &str, kind: CardKind) -> String {
    let word = if word.is_empty() { "not-said".to_owned() } else { word.replace('_', "-") };
    words::t(&kind.key(&format!("{}-{word}", base_key(field))))
}

/// The options of a field: its words, and none of them.
fn choices(field: &schema::Field, selected: &str, kind: CardKind) -> Vec<Choice> {
    let Kind::Choice(known) = field.kind else { return Vec::new() };
    let option = |word: &str| choice(word, choice_text(field, word, kind), selected);
    known.iter().chain(&[""]).map(|word| option(word)).collect()
}

/// The error of an entry that cannot be reached.
pub(super) fn unreachable_error() -> FieldError {
    field_error("phone-0-number", "entry-unreachable")
}

/// Returns the name of the field that holds the boxes of a flag's group.
fn box_group(field: &schema::Field) -> String {
    field.group.map_or(field.name, |group| group.key).to_owned()
}

fn text_of(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// The row of a stored number. It shows the number as the staff member typed it.
fn phone_row(phone: &PhoneNumber, card: &ContactCard) -> PhoneRow {
    let typed = card.typed_numbers.get(&phone.number).cloned();
    let number = typed.unwrap_or_else(|| phone_number::format(&phone.number));
    PhoneRow::new(phone, number)
}

fn parse(
    field: &schema::Field,
    control: &Control,
    kind: CardKind,
) -> Result<Value, Vec<FieldError>> {
    match control {
        Control::Box(is_selected) => Ok((*is_selected).into()),
        Control::Phones(rows) => Ok(list_or_null(&PhoneRow::parse_all(rows)?)),
        Control::Hours(lines) => Ok(list_or_null(&parse_hours(field.name, lines)?)),
        Control::Languages(tags) => {
            let value = list_or_null(tags);
            let is_valid = value.is_null() || field.kind.check(&value).is_ok();
            let error = || {
                let anchor = format!("{}-0", field.name);
                vec![field_error(&anchor, &format!("{}-wrong", base_key(field)))]
            };
            if is_valid { Ok(value) } else { Err(error()) }
        }
        Control::Choice(word) if word.is_empty() => Ok(Value::Null),
        Control::Choice(word) => {
            let value = Value::from(word.as_str());
            let error = || {
                let anchor = format!("{}-0", field.name);
                vec![field_error(&anchor, &format!("{}-wrong", base_key(field)))]
            };
            if field.kind.check(&value).is_ok() { Ok(value) } else { Err(error()) }
        }
        Control::Text(text) => parse_text(field, text, kind).map_err(|error| vec![error]),
    }
}

fn parse_text(field: &schema::Field, text: &str, kind: CardKind) -> Result<Value, FieldError> {
    let key = base_key(field);
    if text.is_empty() {
        let missing = || field_error(field.name, &format!("{key}-missing"));
        return if field.required { Err(missing()) } else { Ok(Value::Null) };
    }
    if let Some(max) = field.max_chars().filter(|max| text.chars().count() > *max) {
        return Err(too_long_error(field.name, &label_key(field, kind), max));
    }
    let value = match (field.kind, digits::to_ascii(text).parse::<u64>()) {
        (Kind::Number(_), Ok(number)) => number.into(),
        _ => Value::from(text),
    };
    let is_email = field.format != Format::Email || email::is_valid(text);
    if is_email && field.kind.check(&value).is_ok() {
        Ok(value)
    } else {
        Err(field_error(field.name, &format!("{key}-wrong")))
    }
}

fn list_or_null<T: serde::Serialize>(list: &[T]) -> Value {
    if list.is_empty() { Value::Null } else { json!(list) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_a_card_has_its_words() {
        for field in schema::card_fields() {
            let key = base_key(field);
            assert!(words::find(&key).is_some(), "{key}");
            if field.required {
                assert!(words::find(&format!("{key}-missing")).is_some(), "{key}-missing");
            }
            if let Kind::Choice(known) = field.kind {
                let words_of = known.iter().map(|word| word.replace('_', "-"));
                for word in words_of.chain(["not-said".into(), "wrong".into()]) {
                    assert!(words::find(&format!("{key}-{word}")).is_some(), "{key}-{word}");
                }
            }
            if let Some(group) = field.group {
                assert!(words::find(&format!("card-{}", group.key)).is_some(), "{}", group.key);
            }
        }
    }
}

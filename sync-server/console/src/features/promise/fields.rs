//! The fields of the forms about the promise: their controls, and how each is read and validated.

use chrono::NaiveDate;
use promise_edition::{IssueKind, check_length, field_and_language, values};
use promise_protocol::pack::{Basis, Category, PledgeArea, Theme};
use promise_services::publishing::drafts::Fields;
use serde_json::Value;

use crate::{
    features::promise::{conflict::form_id, value},
    kit::{
        forms::{
            Choice, Field, FormData, Input, InvalidDate, choice, date_parts, issue_error,
            parse_date, parts_of_date,
        },
        page::FieldError,
        words,
    },
};

/// The control of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Control {
    /// One line.
    Line,
    /// Several lines, with the height in lines.
    Lines(u8),
    WebAddress,
    /// An age in years.
    Age,
    Date,
    /// One word of the field's vocabulary, or none.
    Radios,
    /// Any words of the field's vocabulary.
    Checks,
}

/// A field of a form.
#[derive(Clone, Debug)]
pub(super) struct FieldSpec {
    /// The field of the record. A text has its language: `title.en`.
    pub(super) name: String,
    pub(super) control: Control,
    is_required: bool,
}

/// A value as a control holds it.
#[derive(Clone, Debug)]
enum Typed {
    Text(String),
    Date([String; 3]),
    Selected(Vec<String>),
}

impl FieldSpec {
    pub(super) fn new(name: &str, control: Control) -> Self {
        Self { name: name.to_owned(), control, is_required: false }
    }

    pub(super) fn required(self) -> Self {
        Self { is_required: true, ..self }
    }

    /// Returns the name of the form's field.
    fn id(&self) -> String {
        form_id(&self.name)
    }

    /// Returns the id of the element to which the error summary links.
    pub(super) fn anchor(&self) -> String {
        match self.control {
            Control::Date => format!("{}-day", self.id()),
            Control::Radios | Control::Checks => format!("{}-0", self.id()),
            _ => self.id(),
        }
    }

    fn label_key(&self) -> String {
        format!("field-{}", field_and_language(&self.name).0.replace('_', "-"))
    }

    fn typed_in_form(&self, form: &FormData) -> Typed {
        let id = self.id();
        match self.control {
            Control::Lines(_) => Typed::Text(form.lines(&id)),
            Control::Date => Typed::Date(date_parts(form, &id)),
            Control::Checks => {
                let selected = form.all(&id).into_iter();
                Typed::Selected(selected.filter(|word| !word.is_empty()).collect())
            }
            _ => Typed::Text(form.text(&id)),
        }
    }

    fn typed_of_record(&self, fields: &Fields) -> Typed {
        let value = fields.get(&self.name).unwrap_or(&Value::Null);
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        };
        match self.control {
            Control::Date => {
                let date: Option<NaiveDate> = text.parse().ok();
                Typed::Date(date.map(parts_of_date).unwrap_or_default())
            }
            Control::Checks => {
                Typed::Selected(serde_json::from_value(value.clone()).unwrap_or_default())
            }
            _ => Typed::Text(text),
        }
    }

    fn field(&self, typed: Typed) -> Field {
        let (name, language) = field_and_language(&self.name);
        let key = self.label_key();
        let (text, input) = match (self.control, typed) {
            (Control::Lines(rows), Typed::Text(text)) => (text, Input::Area(rows)),
            (Control::Age, Typed::Text(text)) => (text, Input::Line("text", "two")),
            (Control::WebAddress, Typed::Text(text)) => (text, Input::Line("url", "wide")),
            (Control::Radios, Typed::Text(text)) => {
                (String::new(), Input::Radios(radios(name, &text)))
            }
            (_, Typed::Date(parts)) => (String::new(), Input::Date(parts)),
            (_, Typed::Selected(selected)) => {
                (String::new(), Input::Checks(checks(name, &selected)))
            }
            (_, Typed::Text(text)) => (text, Input::Line("text", "wide")),
        };
        let hint = match self.control {
            Control::Date => Some(words::t("date-hint")),
            _ => words::find(&format!("{key}-hint")),
        };
        let label = value::label(name, language);
        let language = language.filter(|language| *language != "en").unwrap_or_default();
        // A translation shows the English text instead of a hint.
        let hint = hint.filter(|_| language.is_empty());
        Field {
            label,
            value: text,
            hint: hint.unwrap_or_default(),
            language: language.to_owned(),
            ..Field::new(&self.id(), &key, input)
        }
    }

    /// Parses the field's value for the record.
    fn parse(&self, form: &FormData) -> Result<Value, IssueKind> {
        let (field, _) = field_and_language(&self.name);
        let unknown_word = || IssueKind::UnknownWord { known: vocabulary(field) };
        let text = match self.typed_in_form(form) {
            Typed::Date(parts) => {
                return match parse_date(&parts) {
                    Ok(None) => Ok(Value::Null),
                    Ok(Some(day)) => Ok(day.to_string().into()),
                    Err(InvalidDate) => Err(IssueKind::NotADay),
                };
            }
            Typed::Selected(selected) if selected.is_empty() => return Ok(Value::Null),
            Typed::Selected(selected) => {
                let known = vocabulary(field);
                let are_known = selected.iter().all(|word| known.contains(&word.as_str()));
                return if are_known { Ok(selected.into()) } else { Err(unknown_word()) };
            }
            Typed::Text(text) => text,
        };
        if text.is_empty() {
            return if self.is_required { Err(IssueKind::Missing) } else { Ok(Value::Null) };
        }
        check_length(field, &text)?;
        match self.control {
            Control::Age => values::age(&text).map(Value::from),
            Control::WebAddress => values::web_address(&text).map(Value::from),
            Control::Radios if !vocabulary(field).contains(&text.as_str()) => Err(unknown_word()),
            Control::Radios if field == "outcome" => values::outcome(&text).map(Value::from),
            _ => Ok(text.into()),
        }
    }
}

/// Returns the words that a field may hold.
fn vocabulary(field: &str) -> Vec<&'static str> {
    match field {
        "theme" => Theme::WORDS.to_vec(),
        "basis" => Basis::WORDS.to_vec(),
        "who" => Category::WORDS.to_vec(),
        "area" => PledgeArea::WORDS.to_vec(),
        "outcome" => vec!["1", "2", "3", "4", "5"],
        _ => Vec::new(),
    }
}

/// Returns the name of a word that a field may hold, or `None` for other text.
pub(super) fn word_name(field: &str, word: &str) -> Option<String> {
    let key = || format!("{field}-{}", word.replace('_', "-"));
    vocabulary(field).contains(&word).then(|| words::find(&key()))?
}

fn radios(field: &str, selected: &str) -> Vec<Choice> {
    let none = choice("", words::t("field-not-said"), selected);
    let option =
        |word: &'static str| choice(word, word_name(field, word).unwrap_or_default(), selected);
    [none].into_iter().chain(vocabulary(field).into_iter().map(option)).collect()
}

fn checks(field: &str, selected: &[String]) -> Vec<Choice> {
    let option = |word: &'static str| Choice {
        is_selected: selected.iter().any(|other| other == word),
        ..choice(word, word_name(field, word).unwrap_or_default(), "")
    };
    vocabulary(field).into_iter().map(option).collect()
}

/// Returns a form's fields with a record's values.
pub(super) fn of_record(specs: &[FieldSpec], fields: &Fields) -> Vec<Field> {
    specs.iter().map(|spec| spec.field(spec.typed_of_record(fields))).collect()
}

/// Returns a form's fields as they were sent, with their errors.
pub(super) fn of_form(specs: &[FieldSpec], form: &FormData, errors: &[FieldError]) -> Vec<Field> {
    specs.iter().map(|spec| spec.field(spec.typed_in_form(form)).with_error(errors)).collect()
}

/// Parses a form.
pub(super) fn parse(specs: &[FieldSpec], form: &FormData) -> Result<Fields, Vec<FieldError>> {
    let (mut fields, mut errors) = (Fields::new(), Vec::new());
    for spec in specs {
        match spec.parse(form) {
            Ok(value) => drop(fields.insert(spec.name.clone(), value)),
            Err(kind) => errors.push(issue_error(spec.anchor(), &spec.label_key(), kind)),
        }
    }
    errors.extend(order_errors(&fields));
    if errors.is_empty() { Ok(fields) } else { Err(errors) }
}

/// Validates that ages and days of one form are in order.
fn order_errors(fields: &Fields) -> Vec<FieldError> {
    let age = |name: &str| {
        let age = fields.get(name).and_then(Value::as_u64);
        age.and_then(|age| u8::try_from(age).ok())
    };
    let day = |name: &str| fields.get(name).and_then(Value::as_str)?.parse().ok();
    let ages = values::ages_in_order(age("age_min"), age("age_max")).err();
    let days = values::days_in_order(day("valid_from"), day("valid_to")).err();
    let ages = ages.map(|kind| issue_error("age_max".to_owned(), "field-age-max", kind));
    let days = days.map(|kind| issue_error("valid_to-day".to_owned(), "field-valid-to", kind));
    ages.into_iter().chain(days).collect()
}

/// Returns those fields of a record that a form contains.
pub(super) fn only(specs: &[FieldSpec], fields: &Fields) -> Fields {
    let own = |spec: &FieldSpec| Some((spec.name.clone(), fields.get(&spec.name)?.clone()));
    specs.iter().filter_map(own).collect()
}

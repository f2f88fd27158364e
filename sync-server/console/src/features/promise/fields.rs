//! The fields of the forms about the promise: how each is typed, read and shown again.

use std::collections::BTreeMap;

use promise_edition::{IssueKind, RecordFields, check_length, field_and_language, values};
use promise_protocol::pack::{Basis, Category, PledgeArea, Theme};
use promise_services::publishing::drafts::Fields;
use serde_json::Value;

use crate::{
    features::promise::value,
    kit::{
        forms::{
            Choice, Field, FormData, Input, InvalidDate, choice, date_parts, issue_error,
            parse_date,
        },
        page::FieldError,
        words,
    },
};

/// How a field is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// One line.
    Line,
    /// So many lines.
    Lines(u8),
    /// A web address.
    Address,
    /// An age in years.
    Age,
    /// Day, month and year.
    Day,
    /// One of the words of its field, or none.
    One,
    /// Any of the words of its field.
    Any,
}

/// One field of a form.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    /// The record's field, with its language if it is a text in several: `title.en`.
    pub(super) name: String,
    pub(super) shape: Shape,
    pub(super) is_required: bool,
}

/// What stands in a field.
#[derive(Clone, Debug)]
enum Typed {
    Text(String),
    Parts([String; 3]),
    Many(Vec<String>),
}

impl Spec {
    pub(super) fn new(name: &str, shape: Shape) -> Self {
        Self { name: name.to_owned(), shape, is_required: false }
    }

    pub(super) fn required(self) -> Self {
        Self { is_required: true, ..self }
    }

    /// Its name in the page.
    pub(super) fn id(&self) -> String {
        self.name.replace('.', "-")
    }

    /// Where the error summary leads to.
    pub(super) fn anchor(&self) -> String {
        match self.shape {
            Shape::Day => format!("{}-day", self.id()),
            Shape::One | Shape::Any => format!("{}-0", self.id()),
            _ => self.id(),
        }
    }

    fn label_key(&self) -> String {
        format!("field-{}", field_and_language(&self.name).0.replace('_', "-"))
    }

    fn sent(&self, form: &FormData) -> Typed {
        let id = self.id();
        match self.shape {
            Shape::Lines(_) => Typed::Text(form.lines(&id)),
            Shape::Day => Typed::Parts(date_parts(form, &id)),
            Shape::Any => {
                Typed::Many(form.all(&id).into_iter().filter(|it| !it.is_empty()).collect())
            }
            _ => Typed::Text(form.text(&id)),
        }
    }

    fn held(&self, fields: &Fields) -> Typed {
        let value = fields.get(&self.name).unwrap_or(&Value::Null);
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        };
        match self.shape {
            Shape::Day => {
                let day = text.parse::<chrono::NaiveDate>();
                Typed::Parts(day.map_or_else(
                    |_| <[String; 3]>::default(),
                    |day| ["%-d", "%-m", "%Y"].map(|part| day.format(part).to_string()),
                ))
            }
            Shape::Any => Typed::Many(serde_json::from_value(value.clone()).unwrap_or_default()),
            _ => Typed::Text(text),
        }
    }

    fn field(&self, typed: Typed) -> Field {
        let (name, language) = field_and_language(&self.name);
        let key = self.label_key();
        let (typed, input) = match (self.shape, typed) {
            (Shape::Lines(rows), Typed::Text(text)) => (text, Input::Area(rows)),
            (Shape::Age, Typed::Text(text)) => (text, Input::Line("text", "two")),
            (Shape::Address, Typed::Text(text)) => (text, Input::Line("url", "wide")),
            (Shape::One, Typed::Text(text)) => (String::new(), Input::Radios(one_of(name, &text))),
            (_, Typed::Parts(parts)) => (String::new(), Input::Date(parts)),
            (_, Typed::Many(chosen)) => (String::new(), Input::Checks(any_of(name, &chosen))),
            (_, Typed::Text(text)) => (text, Input::Line("text", "wide")),
        };
        let hint = match self.shape {
            Shape::Day => Some(words::t("date-hint")),
            _ => words::find(&format!("{key}-hint")),
        };
        let field = Field::new(&self.id(), &key, input);
        let label = value::called(name, language);
        let language = language.filter(|language| *language != "en").unwrap_or_default();
        // The English beside a translation says more than a hint.
        let hint = hint.filter(|_| language.is_empty());
        Field {
            label,
            value: typed,
            hint: hint.unwrap_or_default(),
            language: language.to_owned(),
            ..field
        }
    }

    /// Reads the field's value for the record.
    fn read(&self, form: &FormData) -> Result<Value, IssueKind> {
        let (field, _) = field_and_language(&self.name);
        let unknown_word = || IssueKind::UnknownWord { known: choices(field) };
        let typed = match self.sent(form) {
            Typed::Parts(parts) => {
                return match parse_date(&parts) {
                    Ok(None) => Ok(Value::Null),
                    Ok(Some(day)) => Ok(day.to_string().into()),
                    Err(InvalidDate) => Err(IssueKind::NotADay),
                };
            }
            Typed::Many(chosen) if chosen.is_empty() => return Ok(Value::Null),
            Typed::Many(chosen) => {
                let known = choices(field);
                let all = chosen.iter().all(|it| known.contains(&it.as_str()));
                return if all { Ok(chosen.into()) } else { Err(unknown_word()) };
            }
            Typed::Text(text) => text,
        };
        if typed.is_empty() {
            return if self.is_required { Err(IssueKind::Missing) } else { Ok(Value::Null) };
        }
        check_length(field, &typed)?;
        match self.shape {
            Shape::Age => values::age(&typed).map(Value::from),
            Shape::Address => values::web_address(&typed).map(Value::from),
            Shape::One if !choices(field).contains(&typed.as_str()) => Err(unknown_word()),
            Shape::One if field == "outcome" => values::outcome(&typed).map(Value::from),
            _ => Ok(typed.into()),
        }
    }
}

/// The words of a field of which one or several are chosen.
fn choices(field: &str) -> Vec<&'static str> {
    match field {
        "theme" => Theme::WORDS.to_vec(),
        "basis" => Basis::WORDS.to_vec(),
        "who" => Category::WORDS.to_vec(),
        "area" => PledgeArea::WORDS.to_vec(),
        "outcome" => vec!["1", "2", "3", "4", "5"],
        _ => Vec::new(),
    }
}

/// What one of them is called.
pub(super) fn choice_name(field: &str, value: &str) -> Option<String> {
    let key = || format!("{field}-{}", value.replace('_', "-"));
    choices(field).contains(&value).then(|| words::find(&key()))?
}

fn one_of(field: &str, chosen: &str) -> Vec<Choice> {
    let not_said = choice("", words::t("field-not-said"), chosen);
    let named =
        |value: &'static str| choice(value, choice_name(field, value).unwrap_or_default(), chosen);
    [not_said].into_iter().chain(choices(field).into_iter().map(named)).collect()
}

fn any_of(field: &str, chosen: &[String]) -> Vec<Choice> {
    let named = |value: &'static str| Choice {
        is_selected: chosen.iter().any(|it| it == value),
        ..choice(value, choice_name(field, value).unwrap_or_default(), "")
    };
    choices(field).into_iter().map(named).collect()
}

/// A form's fields as a record has them.
pub(super) fn held(specs: &[Spec], fields: &Fields) -> Vec<Field> {
    specs.iter().map(|spec| spec.field(spec.held(fields))).collect()
}

/// A form's fields as they were sent, each with what is wrong.
pub(super) fn sent(specs: &[Spec], form: &FormData, errors: &[FieldError]) -> Vec<Field> {
    specs.iter().map(|spec| spec.field(spec.sent(form)).with_error(errors)).collect()
}

/// What a form says, or all that is wrong with it.
pub(super) fn read(specs: &[Spec], form: &FormData) -> Result<Fields, Vec<FieldError>> {
    let (mut fields, mut errors) = (RecordFields::new(), Vec::new());
    for spec in specs {
        match spec.read(form) {
            Ok(value) => drop(fields.insert(spec.name.clone(), value)),
            Err(kind) => {
                errors.push(issue_error(spec.anchor(), &spec.label_key(), kind));
            }
        }
    }
    errors.extend(out_of_order(&fields));
    if errors.is_empty() { Ok(fields) } else { Err(errors) }
}

/// Ages and days of one form that are in the wrong order.
fn out_of_order(fields: &Fields) -> Vec<FieldError> {
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

/// The fields of a record that a form is about.
pub(super) fn only(specs: &[Spec], fields: &Fields) -> Fields {
    let own = |spec: &Spec| Some((spec.name.clone(), fields.get(&spec.name)?.clone()));
    specs.iter().filter_map(own).collect()
}

/// What was chosen where both changed a field: whether mine stays.
pub(super) fn chosen(specs: &[Spec], form: &FormData) -> BTreeMap<String, bool> {
    let choice = |spec: &Spec| match form.raw(&format!("choose-{}", spec.id())) {
        "mine" => Some((spec.name.clone(), true)),
        "theirs" => Some((spec.name.clone(), false)),
        _ => None,
    };
    specs.iter().filter_map(choice).collect()
}

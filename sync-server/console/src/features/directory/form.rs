//! The form of a line: as it is typed, stored and validated.

use promise_edition::{IssueKind, check_length, values};
use promise_protocol::{
    pack::{ClosedDays, Line},
    phone_number,
    values::PhoneNumber,
};
use promise_services::publishing::drafts::{self, Fields};
use serde_json::{Value, json};

use crate::{
    features::directory::board,
    kit::{
        format,
        forms::{
            Field, FormData, Input, PhoneRow, PhoneRowField, choice, hours_questions, issue_error,
            language_choices, parse_hours, read_hours, selected_languages,
        },
        page::FieldError,
        words,
    },
};

/// The texts of a line: the field of the form, the field of the record, and the key of its label.
const TEXTS: [(&str, &str, &str); 5] = [
    ("display_name", "display_name.en", "line-name"),
    ("role", "role", "line-role"),
    ("organisation", "organisation", "line-organisation"),
    ("email", "email", "field-email"),
    ("about", "about.en", "line-about"),
];

/// Validates one of the texts of a line.
fn validate_text(name: &str, text: &str) -> Result<(), IssueKind> {
    match (name, text) {
        ("display_name" | "role", "") => Err(IssueKind::Missing),
        (_, "") => Ok(()),
        ("email", text) => values::email_address(text).map(drop),
        (name, text) => check_length(name, text),
    }
}

/// A line as it is typed.
#[derive(Default)]
pub(super) struct LineForm {
    texts: [String; 5],
    phones: Vec<PhoneRow>,
    hours: String,
    on_closed_days: String,
    languages: Vec<String>,
}

/// The parts of the form, in order.
pub(super) struct LineFields {
    pub(super) before: Vec<Field>,
    pub(super) phones: Vec<PhoneRowField>,
    pub(super) after: Vec<Field>,
}

impl LineForm {
    /// The form of a new line.
    pub(super) fn empty() -> Self {
        let on_closed_days = ClosedDays::default().as_str().to_owned();
        Self { phones: PhoneRow::empty_rows(), on_closed_days, ..Self::default() }
    }

    /// The form of a line in the draft.
    pub(super) fn of_line(line: &Line) -> Self {
        let fields = drafts::fields_of(line);
        let text = |(_, field, _): (&str, &str, &str)| {
            fields.get(field).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let row = |phone: &PhoneNumber| PhoneRow::new(phone, phone_number::format(&phone.number));
        Self {
            texts: TEXTS.map(text),
            phones: PhoneRow::pad(line.phones.iter().map(row).collect()),
            hours: format::hours(&line.hours),
            on_closed_days: line.on_closed_days.as_str().to_owned(),
            languages: line.languages.clone(),
        }
    }

    /// Reads what was sent.
    pub(super) fn read(form: &FormData) -> Self {
        let text = |(name, ..): (&str, &str, &str)| match name {
            "about" => form.lines(name),
            "email" => form.plain(name),
            name => form.text(name),
        };
        Self {
            texts: TEXTS.map(text),
            phones: PhoneRow::read_all(form),
            hours: read_hours(form, "hours"),
            on_closed_days: form.text("on_closed_days"),
            languages: selected_languages(form),
        }
    }

    /// Returns the parts of the form.
    pub(super) fn fields(&self, errors: &[FieldError]) -> LineFields {
        let text = |index: usize| {
            let (name, _, label) = TEXTS.get(index).copied().unwrap_or_default();
            let value = self.texts.get(index).map(String::as_str).unwrap_or_default();
            let field = match name {
                "about" => Field::area(name, label, value),
                "email" => Field::email(name, label, value),
                _ => Field::line(name, label, value),
            };
            let hint = words::find(&format!("{label}-hint")).unwrap_or_default();
            Field { hint, ..field }.with_error(errors)
        };
        let closed = ClosedDays::ALL
            .map(|days| choice(days.as_str(), board::closed_days(days), &self.on_closed_days));
        let hours = Field::area("hours", "line-hours", &self.hours).hint("line-hours-hint");
        let questions = hours_questions("hours", &self.hours, errors);
        let after = [
            Field::new("on_closed_days", "line-closed", Input::Radios(closed.to_vec()))
                .hint("line-closed-hint"),
            text(4),
            text(3),
            Field::new(
                "languages",
                "line-languages",
                Input::Checks(language_choices(&self.languages)),
            ),
        ];
        LineFields {
            before: (0..3).map(text).collect(),
            phones: PhoneRowField::list(self.phones.clone(), errors),
            after: [hours.with_error(errors)]
                .into_iter()
                .chain(questions)
                .chain(after.map(|field| field.with_error(errors)))
                .collect(),
        }
    }

    /// Parses the fields of the line. A value that means the same as in `stored` stays as it is
    /// there, so that it is not taken for a change.
    pub(super) fn parse(&self, stored: &Fields) -> Result<Fields, Vec<FieldError>> {
        let (mut fields, mut errors) = (Fields::new(), Vec::new());
        for ((name, field, label), text) in TEXTS.iter().zip(&self.texts) {
            if let Err(kind) = validate_text(name, text) {
                let key = if *name == "email" { "card-email" } else { label };
                errors.push(issue_error((*name).to_owned(), key, kind));
            }
            let value = if text.is_empty() { Value::Null } else { text.clone().into() };
            fields.insert((*field).to_owned(), value);
        }
        match self.parse_phones(stored) {
            Ok(phones) => drop(fields.insert("phones".into(), json!(phones))),
            Err(found) => errors.extend(found),
        }
        match self.parse_hours(stored) {
            Ok(hours) => drop(fields.insert("hours".into(), hours)),
            Err(found) => errors.extend(found),
        }
        let is_valid = |tag: &String| values::language_tag(tag).is_ok_and(|known| known == *tag);
        if !self.languages.iter().all(is_valid) {
            let kind = IssueKind::NotALanguage;
            errors.push(issue_error("languages-0".into(), "card-languages", kind));
        }
        let none = self.languages.is_empty();
        fields.insert("languages".into(), if none { Value::Null } else { json!(self.languages) });
        if let Err(error) = self.on_closed_days.parse::<ClosedDays>() {
            errors.push(issue_error("on_closed_days-0".into(), "line-closed", error.into()));
        }
        fields.insert("on_closed_days".into(), self.on_closed_days.clone().into());
        if errors.is_empty() { Ok(fields) } else { Err(errors) }
    }

    fn parse_phones(&self, stored: &Fields) -> Result<Vec<PhoneNumber>, Vec<FieldError>> {
        let stored: Vec<PhoneNumber> = format::list(stored.get("phones"));
        let mut phones = PhoneRow::parse_all(&self.phones)?;
        if phones.is_empty() {
            let missing = IssueKind::Missing;
            return Err(vec![issue_error("phone-0-number".into(), "line-phones", missing)]);
        }
        for phone in &mut phones {
            let is_same = |stored: &&PhoneNumber| {
                PhoneNumber { unknown: phone.unknown.clone(), ..(*stored).clone() } == *phone
            };
            if let Some(same) = stored.iter().find(is_same) {
                *phone = same.clone();
            }
        }
        Ok(phones)
    }

    fn parse_hours(&self, stored: &Fields) -> Result<Value, Vec<FieldError>> {
        let stored = stored.get("hours").filter(|hours| !hours.is_null());
        if let Some(stored) =
            stored.filter(|stored| format::hours(&format::list(Some(stored))) == self.hours)
        {
            return Ok(stored.clone());
        }
        let hours = parse_hours("hours", &self.hours)?;
        Ok(if hours.is_empty() { Value::Null } else { json!(hours) })
    }
}

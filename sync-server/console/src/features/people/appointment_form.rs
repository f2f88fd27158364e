//! The form of an appointment: as it is typed, stored and validated.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, TimeZone, Utc};
use chrono_tz::Europe::London;
use promise_protocol::{digits, schema};
use promise_services::Record;
use serde_json::Value;

use crate::kit::{
    forms::{
        Field, FormData, Input, choice, date_parts, field_error, parse_date, parse_time,
        parts_of_date, too_long_error,
    },
    page::FieldError,
    words,
};

/// The durations that the form offers, in minutes.
const DURATIONS: [&str; 5] = ["30", "45", "60", "90", "120"];

/// The longest duration, in minutes.
const MAX_MINUTES: u64 = 24 * 60;

/// An appointment as it is typed.
#[derive(Default)]
pub(super) struct AppointmentForm {
    title: String,
    date: [String; 3],
    time: String,
    minutes: String,
    place: String,
    details: String,
}

impl AppointmentForm {
    /// Reads what was sent.
    pub(super) fn read(form: &FormData) -> Self {
        Self {
            title: form.text("title"),
            date: date_parts(form, "date"),
            time: form.plain("time"),
            minutes: form.plain("minutes"),
            place: form.text("place"),
            details: form.lines("details"),
        }
    }

    /// The form of a stored appointment.
    pub(super) fn of_record(record: &Record) -> Self {
        let at = DateTime::parse_from_rfc3339(record.text("starts_at")).unwrap_or_default();
        let at = at.with_timezone(&London);
        let minutes = record.fields.get("minutes").and_then(Value::as_u64);
        Self {
            title: record.text("title").to_owned(),
            date: parts_of_date(at.date_naive()),
            time: at.format("%H:%M").to_string(),
            minutes: minutes.map(|minutes| minutes.to_string()).unwrap_or_default(),
            place: record.text("place").to_owned(),
            details: record.text("details").to_owned(),
        }
    }

    /// Returns the fields of the form.
    pub(super) fn fields(&self, errors: &[FieldError]) -> Vec<Field> {
        let mut durations = vec![choice("", words::t("meeting-open"), &self.minutes)];
        durations.extend(DURATIONS.iter().map(|minutes| {
            let text = words::count("minutes", minutes.parse().unwrap_or_default());
            choice(minutes, text, &self.minutes)
        }));
        let time = Field {
            value: self.time.clone(),
            ..Field::new("time", "meeting-time", Input::Line("text", "short"))
        };
        [
            Field::line("title", "meeting-title", &self.title).hint("meeting-title-hint"),
            Field::new("date", "meeting-date", Input::Date(self.date.clone())).hint("date-hint"),
            time.hint("meeting-time-hint"),
            Field::new("minutes", "meeting-minutes", Input::Select(durations)),
            Field::line("place", "meeting-place", &self.place),
            Field::area("details", "meeting-details", &self.details).hint("meeting-details-hint"),
        ]
        .map(|field| field.with_error(errors))
        .to_vec()
    }

    /// Parses the fields of the appointment.
    pub(super) fn parse(&self) -> Result<BTreeMap<String, Value>, Vec<FieldError>> {
        let mut errors = self.text_errors();
        let date = parse_date(&self.date).ok().flatten();
        if date.is_none() {
            errors.push(field_error("date-day", "meeting-date-wrong"));
        }
        let time = parse_time(&self.time);
        if time.is_none() {
            errors.push(field_error("time", "meeting-time-wrong"));
        }
        let starts_at = date
            .zip(time)
            .and_then(|(date, time)| London.from_local_datetime(&date.and_time(time)).earliest());
        match starts_at {
            Some(at) if errors.is_empty() => Ok(self.cells(at.with_timezone(&Utc))),
            // The hour that the clocks skip in March.
            None if errors.is_empty() => Err(vec![field_error("time", "meeting-time-wrong")]),
            _ => Err(errors),
        }
    }

    fn text_errors(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if self.title.is_empty() {
            errors.push(field_error("title", "meeting-title-missing"));
        }
        let texts = [
            ("title", "meeting-title", &self.title),
            ("place", "meeting-place", &self.place),
            ("details", "meeting-details", &self.details),
        ];
        for (name, label, text) in texts {
            let max = schema::field("appointment", name).and_then(schema::Field::max_chars);
            if let Some(max) = max.filter(|max| text.chars().count() > *max) {
                errors.push(too_long_error(name, label, max));
            }
        }
        errors
    }

    fn cells(&self, starts_at: DateTime<Utc>) -> BTreeMap<String, Value> {
        let text = |text: &str| if text.is_empty() { Value::Null } else { text.into() };
        let minutes = digits::to_ascii(&self.minutes).parse::<u64>().ok();
        let minutes = minutes.filter(|minutes| (1..=MAX_MINUTES).contains(minutes));
        BTreeMap::from([
            ("title".into(), text(&self.title)),
            ("starts_at".into(), starts_at.to_rfc3339_opts(SecondsFormat::Secs, true).into()),
            ("minutes".into(), minutes.map_or(Value::Null, Value::from)),
            ("place".into(), text(&self.place)),
            ("details".into(), text(&self.details)),
        ])
    }
}

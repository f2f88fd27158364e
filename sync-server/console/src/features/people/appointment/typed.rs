//! What was typed about an appointment, and what cells hold of it.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, TimeZone, Utc};
use chrono_tz::Europe::London;
use promise_services::Record;
use serde_json::Value;

use crate::kit::{
    forms::{FormData, date_parts, field_error, parse_date, parse_time, too_long_error},
    page::FieldError,
};

/// What was typed.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) title: String,
    pub(super) date: [String; 3],
    pub(super) time: String,
    pub(super) minutes: String,
    pub(super) place: String,
    pub(super) details: String,
}

impl Typed {
    pub(super) fn of(form: &FormData) -> Self {
        Self {
            title: form.text("title"),
            date: date_parts(form, "date"),
            time: form.text("time"),
            minutes: form.text("minutes"),
            place: form.text("place"),
            details: form.lines("details"),
        }
    }

    pub(super) fn of_record(record: &Record) -> Self {
        let at = DateTime::parse_from_rfc3339(record.text("starts_at")).unwrap_or_default();
        let at = at.with_timezone(&London);
        let minutes = record.fields.get("minutes").and_then(Value::as_u64);
        Self {
            title: record.text("title").to_owned(),
            date: ["%-d", "%-m", "%Y"].map(|part| at.format(part).to_string()),
            time: at.format("%H:%M").to_string(),
            minutes: minutes.map(|it| it.to_string()).unwrap_or_default(),
            place: record.text("place").to_owned(),
            details: record.text("details").to_owned(),
        }
    }

    /// The fields as cells hold them, or what is wrong.
    pub(super) fn read(&self) -> Result<BTreeMap<String, Value>, Vec<FieldError>> {
        let mut errors = Vec::new();
        if self.title.is_empty() {
            errors.push(field_error("title", "meeting-title-missing"));
        }
        let limits = [
            ("title", "meeting-title", &self.title, 120),
            ("place", "meeting-place", &self.place, 300),
            ("details", "meeting-details", &self.details, 1000),
        ];
        for (name, label, text, most) in limits {
            if text.chars().count() > most {
                errors.push(too_long_error(name, label, most));
            }
        }
        let date = parse_date(&self.date).ok().flatten();
        if date.is_none() {
            errors.push(field_error("date-day", "meeting-date-wrong"));
        }
        let time = parse_time(&self.time);
        if time.is_none() {
            errors.push(field_error("time", "meeting-time-wrong"));
        }
        let at = date
            .zip(time)
            .and_then(|(date, time)| London.from_local_datetime(&date.and_time(time)).earliest());
        match at {
            Some(at) if errors.is_empty() => Ok(self.fields(at.with_timezone(&Utc))),
            // An hour that the clocks leave out in March.
            None if errors.is_empty() => Err(vec![field_error("time", "meeting-time-wrong")]),
            _ => Err(errors),
        }
    }

    fn fields(&self, at: DateTime<Utc>) -> BTreeMap<String, Value> {
        let text = |text: &str| if text.is_empty() { Value::Null } else { text.into() };
        let minutes = self.minutes.parse::<u64>().ok().filter(|it| (1..=24 * 60).contains(it));
        BTreeMap::from([
            ("title".into(), text(&self.title)),
            ("starts_at".into(), at.to_rfc3339_opts(SecondsFormat::Secs, true).into()),
            ("minutes".into(), minutes.map_or(Value::Null, Value::from)),
            ("place".into(), text(&self.place)),
            ("details".into(), text(&self.details)),
        ])
    }
}

//! Appointments with the young person, and whether they come.

use chrono::{DateTime, Utc};
use promise_protocol::{AppointmentId, ContactId, vocabulary::AppointmentAnswer};
use serde_json::{Map, Value};

use super::{Collection, Fields, Record, Topic};
use crate::store::{StoreError, Tx};

/// The collection of appointments.
pub(crate) const APPOINTMENT: &str = "appointment";

/// The fields that staff write.
const STAFF_FIELDS: [&str; 6] =
    ["title", "starts_at", "minutes", "place", "with_contact", "details"];

/// An appointment.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Appointment {
    /// The appointment's id.
    pub id: AppointmentId,
    /// What it is.
    pub title: String,
    /// When it starts.
    pub starts_at: Option<DateTime<Utc>>,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// Where it is.
    pub place: Option<String>,
    /// The contact it is with.
    pub with_contact: Option<ContactId>,
    /// What else to know.
    pub details: Option<String>,
    /// Whether the young person comes; `None` until they answer.
    pub answer: Option<AppointmentAnswer>,
    /// What they wrote with their answer.
    pub answer_note: Option<String>,
}

impl Appointment {
    pub(crate) fn from_record(record: &Record) -> Self {
        Self {
            id: AppointmentId::new(record.id.clone()),
            title: record.text_or_empty("title"),
            starts_at: record.get("starts_at"),
            minutes: record.get("minutes"),
            place: record.text("place"),
            with_contact: record.get("with_contact"),
            details: record.text("details"),
            answer: record.get("answer"),
            answer_note: record.text("answer_note"),
        }
    }

    /// Reads an appointment from [`staff_fields`] that were kept of it.
    pub(crate) fn from_fields(id: &str, fields: Map<String, Value>) -> Self {
        let (id, fields) = (id.to_owned(), fields.into_iter().collect());
        Self::from_record(&Record { id, fields, ..Record::default() })
    }
}

/// Returns what staff wrote of an appointment, without what the young person answered.
pub(crate) fn staff_fields(record: &Record) -> Map<String, Value> {
    let fields = STAFF_FIELDS.iter().map(|name| (*name, record.fields.get(*name)));
    fields.filter_map(|(name, value)| Some((name.to_owned(), value?.clone()))).collect()
}

/// The fields of an answer. A note of `None` stays as it is.
pub(crate) fn answer(answer: AppointmentAnswer, note: Option<String>) -> Fields {
    Fields::default().value("answer", Some(answer)).text("answer_note", note)
}

/// Lists the appointments, soonest first.
pub(crate) fn list(tx: &mut dyn Tx) -> Result<Vec<Appointment>, StoreError> {
    let records = Record::list(tx, APPOINTMENT)?;
    let mut appointments: Vec<Appointment> = records.iter().map(Appointment::from_record).collect();
    appointments.sort_by(|a, b| a.starts_at.cmp(&b.starts_at).then_with(|| a.id.cmp(&b.id)));
    Ok(appointments)
}

/// Appointments with the young person.
pub(crate) struct AppointmentCollection;

impl Collection for AppointmentCollection {
    fn name(&self) -> &'static str {
        APPOINTMENT
    }

    fn topic(&self) -> Topic {
        Topic::Appointments
    }
}

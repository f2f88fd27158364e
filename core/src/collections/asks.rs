//! Asks and appointments: what goes between the young person and their adviser.

use chrono::{DateTime, Utc};

use crate::{
    records::Record,
    store::{StoreError, Tx},
};

/// The collection of asks.
pub const ASK: &str = "ask";
/// The collection of appointments.
pub const APPOINTMENT: &str = "appointment";

/// Something the young person asked their adviser.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Ask {
    /// The ask's name.
    pub id: String,
    /// What they asked.
    pub text: String,
    /// The pledge it is about.
    pub about_pledge: Option<String>,
    /// The contact it is about.
    pub about_contact: Option<String>,
    /// The opportunity it is about.
    pub about_opportunity: Option<String>,
    /// The private note they chose to show with it, as it was then.
    pub shown: Option<String>,
    /// When they asked.
    pub asked_at: Option<DateTime<Utc>>,
    /// What became of it: `seen`, `doing`, `done` or `cannot`.
    pub status: Option<String>,
    /// The adviser's answer.
    pub reply: Option<String>,
    /// Who answered.
    pub replied_by: Option<String>,
    /// When they answered.
    pub replied_at: Option<DateTime<Utc>>,
}

/// A meeting.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Appointment {
    /// The appointment's name.
    pub id: String,
    /// What it is.
    pub title: String,
    /// When it starts.
    pub starts_at: Option<DateTime<Utc>>,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// Where it is.
    pub place: Option<String>,
    /// The contact it is with.
    pub with_contact: Option<String>,
    /// What else to know.
    pub details: Option<String>,
    /// Whether the young person comes: `coming`, `not_coming` or `another_time`.
    pub answer: Option<String>,
    /// What they say about it.
    pub answer_note: Option<String>,
}

/// Every ask that was not deleted, newest first.
pub fn asks(tx: &mut dyn Tx) -> Result<Vec<Ask>, StoreError> {
    let mut asks: Vec<Ask> = alive(tx, ASK)?.iter().map(ask).collect();
    asks.sort_by(|a, b| b.asked_at.cmp(&a.asked_at).then_with(|| a.id.cmp(&b.id)));
    Ok(asks)
}

/// Every appointment that was not deleted, soonest first.
pub fn appointments(tx: &mut dyn Tx) -> Result<Vec<Appointment>, StoreError> {
    let mut appointments: Vec<Appointment> =
        alive(tx, APPOINTMENT)?.iter().map(appointment).collect();
    appointments.sort_by(|a, b| a.starts_at.cmp(&b.starts_at).then_with(|| a.id.cmp(&b.id)));
    Ok(appointments)
}

fn alive(tx: &mut dyn Tx, collection: &str) -> Result<Vec<Record>, StoreError> {
    let mut records = Record::gather(tx.current(collection)?);
    records.retain(|record| !record.is_deleted());
    Ok(records)
}

fn ask(record: &Record) -> Ask {
    Ask {
        id: record.id.clone(),
        text: record.text("text"),
        about_pledge: record.maybe_text("about_pledge"),
        about_contact: record.maybe_text("about_contact"),
        about_opportunity: record.maybe_text("about_opportunity"),
        shown: record.maybe_text("shown"),
        asked_at: record.time("asked_at"),
        status: record.maybe_text("status"),
        reply: record.maybe_text("reply"),
        replied_by: record.maybe_text("replied_by"),
        replied_at: record.time("replied_at"),
    }
}

fn appointment(record: &Record) -> Appointment {
    Appointment {
        id: record.id.clone(),
        title: record.text("title"),
        starts_at: record.time("starts_at"),
        minutes: record.typed("minutes"),
        place: record.maybe_text("place"),
        with_contact: record.maybe_text("with_contact"),
        details: record.maybe_text("details"),
        answer: record.maybe_text("answer"),
        answer_note: record.maybe_text("answer_note"),
    }
}

//! Appointments for a calendar: iCalendar (RFC 5545).
//!
//! An appointment is the same event in each file, by its `UID`, and one that was changed or cancelled has a greater
//! `SEQUENCE`: a calendar that reads a newer file replaces what it has. For a cancelled appointment the file must
//! still say when it would have been, which the council's server no longer does. So the phone remembers what it
//! wrote.
//!
//! Times are in UTC (form 2 of section 3.3.5) and not in London time with a `VTIMEZONE`: an appointment is one
//! moment, which the council fixed, and does not repeat. In UTC the hour that the clocks show twice in October
//! cannot be misread, the one that they skip in March cannot be written, and a calendar shows the moment in the
//! time of the place where the person is. A table of summer times would only help events that repeat.

mod events;
#[cfg(test)]
mod tests;
mod write;

use chrono::{DateTime, Utc};

pub(crate) use events::{gather, remember};
pub(crate) use write::calendar;

/// An appointment as an event of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CalendarEvent {
    /// Its id. It stays the same as long as the appointment does.
    pub uid: String,
    /// Greater than that of the event in any earlier file that differs.
    pub sequence: u32,
    /// When staff last changed it.
    pub changed_at: DateTime<Utc>,
    /// What it is.
    pub title: String,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// Where it is.
    pub place: Option<String>,
    /// What else to know.
    pub details: Option<String>,
    /// Whether it was cancelled.
    pub is_cancelled: bool,
}

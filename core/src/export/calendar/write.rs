//! Writes a calendar file.

use chrono::TimeDelta;
use icalendar::{Calendar, Class, Component, Event, EventLike, EventStatus};

use super::CalendarEvent;
use crate::export::content_line::{folded, plain};

/// The title of an appointment without one: an event must have a `SUMMARY` to be seen.
const NO_TITLE: &str = "Appointment";

/// Writes the events as a calendar. They are private: a calendar that is shared shows others that the person is
/// busy, and no more.
pub(crate) fn calendar(events: &[CalendarEvent]) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//Pocket Promise//EN"));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    for event in events {
        calendar.push(write(event));
    }
    refolded(&calendar.to_string())
}

fn write(event: &CalendarEvent) -> Event {
    let title = plain(&event.title);
    let status = if event.is_cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed };
    let mut written = Event::new();
    written
        .uid(&event.uid)
        .sequence(event.sequence)
        .timestamp(event.changed_at)
        .last_modified(event.changed_at)
        .summary(if title.trim().is_empty() { NO_TITLE } else { &title })
        .starts(event.starts_at)
        .class(Class::Private)
        .status(status);
    // Without an end, an event ends when it starts (RFC 5545, section 3.6.1).
    let length = event.minutes.map(|minutes| TimeDelta::minutes(i64::from(minutes)));
    if let Some(end) = length.and_then(|length| event.starts_at.checked_add_signed(length)) {
        written.ends(end);
    }
    if let Some(place) = &event.place {
        written.location(&plain(place));
    }
    if let Some(details) = &event.details {
        written.description(&plain(details));
    }
    written
}

/// Folds the lines again. The library allows a continued line 75 octets beside the space that it begins with, which
/// is one too many (RFC 5545, section 3.1).
fn refolded(calendar: &str) -> String {
    calendar.replace("\r\n ", "").split_terminator("\r\n").map(folded).collect()
}

//! Appointments.

use promise_core::Appointment;
use promise_protocol::vocabulary::AppointmentAnswer;

use super::people;
use crate::{Outcome, format, session::Session};

/// Every appointment from today on, soonest first.
pub(crate) fn all(session: &mut Session<'_>) -> Outcome {
    let mut meetings = session.phone.appointments().list()?;
    let today = format::today(session.now);
    meetings
        .retain(|meeting| meeting.starts_at.is_none_or(|starts| format::today(starts) >= today));
    session.screen.heading("Your meetings");
    if meetings.is_empty() {
        session.screen.text("You have no meetings coming up.");
    }
    for meeting in &meetings {
        print(session, meeting);
    }
    session.footer()
}

/// One appointment.
pub(crate) fn one(session: &mut Session<'_>, id: &str) -> Outcome {
    let meetings = session.phone.appointments().list()?;
    meetings.iter().filter(|meeting| meeting.id == *id).for_each(|meeting| print(session, meeting));
    session.footer()
}

fn print(session: &mut Session<'_>, meeting: &Appointment) {
    session.screen.title(&meeting.title, session.index.short(meeting.id.as_str()));
    let starts = meeting.starts_at.map(|starts| format::date_and_time(starts, session.now));
    let minutes = meeting.minutes.map(|minutes| format!(", {}", format::count(minutes, "minute")));
    session.screen.under(&format!("{}{}", starts.unwrap_or_default(), minutes.unwrap_or_default()));
    let with = meeting.with_contact.as_ref().map(|id| people::name(session, id.as_str()));
    session.screen.fact("With", &with.unwrap_or_default());
    session.screen.fact("Where", meeting.place.as_deref().unwrap_or_default());
    session.screen.under(meeting.details.as_deref().unwrap_or_default());
    let answer = match meeting.answer {
        Some(AppointmentAnswer::Coming) => "you are coming",
        Some(AppointmentAnswer::NotComing) => "you are not coming",
        Some(AppointmentAnswer::AnotherTime) => "you asked for another time",
        None => "",
    };
    session.screen.fact("You said", answer);
    session.screen.fact("Your note", meeting.answer_note.as_deref().unwrap_or_default());
}

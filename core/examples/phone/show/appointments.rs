//! Meetings.

use promise_core::asks::Appointment;

use super::people;
use crate::{Outcome, doing::Desk, words};

/// Every meeting, soonest first; those that are over are left out.
pub(crate) fn all(desk: &mut Desk<'_>) -> Outcome {
    let mut meetings = desk.phone.appointments()?;
    let today = words::today(desk.now);
    meetings.retain(|meeting| meeting.starts_at.is_none_or(|starts| words::today(starts) >= today));
    desk.screen.heading("Your meetings");
    if meetings.is_empty() {
        desk.screen.text("You have no meetings coming up.");
    }
    for meeting in &meetings {
        draw(desk, meeting);
    }
    desk.footer()
}

/// One meeting.
pub(crate) fn one(desk: &mut Desk<'_>, id: &str) -> Outcome {
    let meetings = desk.phone.appointments()?;
    meetings.iter().filter(|meeting| meeting.id == id).for_each(|meeting| draw(desk, meeting));
    desk.footer()
}

fn draw(desk: &mut Desk<'_>, meeting: &Appointment) {
    desk.screen.title(&meeting.title, desk.names.short(&meeting.id));
    let starts = meeting.starts_at.map(|starts| words::moment(starts, desk.now));
    let minutes = meeting.minutes.map(|minutes| format!(", {}", words::count(minutes, "minute")));
    desk.screen.under(&format!("{}{}", starts.unwrap_or_default(), minutes.unwrap_or_default()));
    let with = meeting.with_contact.as_deref().map(|id| people::name(desk, id));
    desk.screen.fact("With", &with.unwrap_or_default());
    desk.screen.fact("Where", meeting.place.as_deref().unwrap_or_default());
    desk.screen.under(meeting.details.as_deref().unwrap_or_default());
    let answer = match meeting.answer.as_deref() {
        Some("coming") => "you are coming",
        Some("not_coming") => "you are not coming",
        Some("another_time") => "you asked for another time",
        _ => "",
    };
    desk.screen.fact("You said", answer);
    desk.screen.fact("Your note", meeting.answer_note.as_deref().unwrap_or_default());
}

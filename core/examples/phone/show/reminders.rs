//! When the phone reminds the person.

use chrono::TimeDelta;
use promise_core::ReminderAbout;

use crate::{Outcome, format, session::Session};

/// How far to look ahead.
const AHEAD: TimeDelta = TimeDelta::days(30);

/// The reminders of the next 30 days.
pub(crate) fn all(session: &mut Session<'_>) -> Outcome {
    let reminders = session.phone.reminders(session.now, session.now + AHEAD)?;
    session.screen.heading("Your reminders");
    if reminders.is_empty() {
        session.screen.text("There is nothing to remind you of in the next 30 days.");
    }
    for reminder in &reminders {
        session.screen.title(&format::date_and_time(reminder.at, session.now), "");
        let (what, id) = match &reminder.about {
            Some(ReminderAbout::Appointment { id }) => ("Your meeting", id.as_str()),
            Some(ReminderAbout::Closing { id }) => ("It closes soon", id.as_str()),
            Some(ReminderAbout::ChosenDay { id }) => ("You chose this day", id.as_str()),
            None => (reminder.text.as_str(), ""),
        };
        let title = session.index.title(id).unwrap_or_default().to_owned();
        session.screen.under(&format!("{what} {title}"));
    }
    session.footer()
}

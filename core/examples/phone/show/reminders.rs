//! When the phone reminds the person.

use chrono::TimeDelta;
use promise_core::ReminderAbout;

use super::english;
use crate::{Outcome, format, session::Session};

/// How far to look ahead.
const AHEAD: TimeDelta = TimeDelta::days(30);

/// The reminders of the next 30 days.
pub(crate) fn all(session: &mut Session<'_>) -> Outcome {
    let reminders = session.phone.reminders(session.now, session.now + AHEAD)?;
    let timescales = session.phone.timescales()?;
    session.screen.heading("Your reminders");
    if reminders.is_empty() {
        session.screen.text("There is nothing to remind you of in the next 30 days.");
    }
    for reminder in &reminders {
        session.screen.title(&format::date_and_time(reminder.at, session.now), "");
        let title = |id: &str| session.index.title(id).unwrap_or_default();
        let (what, title) = match &reminder.about {
            Some(ReminderAbout::Appointment { id }) => ("Your meeting", title(id.as_str())),
            Some(ReminderAbout::Closing { id }) => ("It closes soon", title(id.as_str())),
            Some(ReminderAbout::ChosenDay { id }) => ("You chose this day", title(id.as_str())),
            Some(ReminderAbout::Timescale { id }) => {
                let found = timescales.iter().find(|status| status.timescale.id == *id);
                let title = found.map_or("", |status| english(&status.timescale.display_name));
                ("Planned for the next day:", title)
            }
            None => (reminder.text.as_str(), ""),
        };
        let words = format!("{what} {title}");
        session.screen.under(&words);
    }
    session.footer()
}

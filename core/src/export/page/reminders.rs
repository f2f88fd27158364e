//! When the phone reminds the person, and of what.

use maud::{Markup, html};

use super::{
    formatter::Formatter,
    values::{Row, isolated},
};
use crate::{
    brain::{PlannedReminder, ReminderAbout},
    export::ExportData,
};

pub(super) fn reminders(formatter: &Formatter<'_>, data: &ExportData) -> Option<Markup> {
    let rows = data.reminders.iter().filter_map(|reminder| row(formatter, data, reminder));
    let rows: Vec<Row<'_>> = rows.collect();
    (!rows.is_empty()).then(|| formatter.table("reminders", rows))
}

/// What it is about, and when. `None` if the page must not tell what it is about.
fn row<'a>(
    formatter: &Formatter<'a>,
    data: &ExportData,
    reminder: &PlannedReminder,
) -> Option<Row<'a>> {
    let labels = formatter.labels;
    let saved = |id: &str| formatter.english(saved_title(data, id));
    let (label, title) = match reminder.about.as_ref()? {
        ReminderAbout::Appointment { id } => {
            let found = data.appointments.iter().find(|it| it.id == *id);
            (&labels.of_meeting, formatter.english(found.map(|it| it.title.as_str())))
        }
        ReminderAbout::Closing { id } => (&labels.of_closing, saved(id.as_str())),
        ReminderAbout::ChosenDay { id } => (&labels.of_chosen_day, saved(id.as_str())),
        ReminderAbout::Timescale { id } => {
            let found = data.timescales.iter().find(|it| it.timescale.id == *id);
            let title = found.and_then(|it| formatter.localised(&it.timescale.display_name));
            (&labels.of_timescale, title)
        }
    };
    let title = title.unwrap_or_default();
    let when = formatter.date_and_time(reminder.at);
    Some((label.as_str(), Some(html! { p { bdi { (isolated(&when)) } } p { (title) } })))
}

fn saved_title<'a>(data: &'a ExportData, id: &str) -> Option<&'a str> {
    let found = data.saved.iter().find(|listed| listed.opportunity.id == id)?;
    Some(found.opportunity.title.as_str())
}

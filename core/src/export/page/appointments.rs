//! Appointments.

use maud::{Markup, html};

use super::{
    fields::contact_name,
    formatter::Formatter,
    values::{name, plain},
};
use crate::{collections::appointments::Appointment, export::ExportData};

pub(super) fn appointments(formatter: &Formatter<'_>, data: &ExportData) -> Option<Markup> {
    let appointments = &data.appointments;
    (!appointments.is_empty()).then(|| {
        html! { @for (index, appointment) in appointments.iter().enumerate() {
            (article(formatter, data, appointment, &format!("meeting-{index}")))
        } }
    })
}

fn article(
    formatter: &Formatter<'_>,
    data: &ExportData,
    appointment: &Appointment,
    id: &str,
) -> Markup {
    let labels = formatter.labels;
    let minutes = appointment.minutes.map(|n| labels.minutes.replace("{number}", &n.to_string()));
    let contact = appointment.with_contact.as_ref().and_then(|id| contact_name(data, id.as_str()));
    let answer = appointment.answer.map(|answer| labels.appointment_answer(answer).to_owned());
    let rows = [
        (&*labels.when, plain(appointment.starts_at.map(|at| formatter.date_and_time(at)))),
        (&labels.how_long, plain(minutes)),
        (&labels.place, formatter.english(appointment.place.as_deref())),
        (&labels.with, name(contact)),
        (&labels.details, formatter.english(appointment.details.as_deref())),
        (&labels.you_said, plain(answer)),
    ];
    html! {
        article {
            h3 id=(id) { (formatter.english(Some(&appointment.title)).unwrap_or_default()) }
            (formatter.table(id, rows))
            (formatter.note(appointment.answer_note.as_deref()))
        }
    }
}

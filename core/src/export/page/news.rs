//! What is new for the person, in short. The other parts have the details.

use maud::{Markup, html};

use super::{
    fields::contact_name,
    formatter::Formatter,
    values::{Row, isolated, name},
};
use crate::{
    brain::{DayChange, OpportunityChange},
    collections::{
        news::{AppointmentNews, AppointmentNewsKind, PledgeNewsKind, TimescaleNews},
        number_changes::{NumberChange, NumberOwner},
    },
    export::{ExportData, Labels},
};

pub(super) fn news(formatter: &Formatter<'_>, data: &ExportData) -> Option<Markup> {
    let (labels, news) = (formatter.labels, &data.news);
    let mut rows: Vec<Row<'_>> = Vec::new();
    for change in &news.numbers {
        rows.push((&labels.new_number, numbers(formatter, data, change)));
    }
    for answer in &news.answers {
        rows.push((&labels.new_answer, name(Some(&answer.ask.text))));
    }
    for news in &news.appointments {
        let label = appointment_label(labels, news.what);
        rows.push((label, Some(appointment(formatter, news))));
    }
    for TimescaleNews { timescale, planned, .. } in &news.timescales {
        let name = formatter.localised(&timescale.display_name).unwrap_or_default();
        let when = planned.now.map(|day| formatter.date(day));
        let value = html! {
            p { (name) }
            @if let Some(when) = when { p { bdi { (isolated(&when)) } } }
        };
        rows.push((timescale_label(labels, *planned), Some(value)));
    }
    for news in &news.pledges {
        let label = pledge_label(labels, news.what);
        rows.push((label, formatter.localised(&news.pledge.title)));
    }
    for news in &news.opportunities {
        let label = opportunity_label(labels, &news.change);
        rows.push((label, formatter.english(Some(&news.listed.opportunity.title))));
    }
    (!rows.is_empty()).then(|| formatter.table("news", rows))
}

/// Whose numbers they are, and the new ones.
fn numbers(formatter: &Formatter<'_>, data: &ExportData, change: &NumberChange) -> Option<Markup> {
    let owner = match &change.owner {
        NumberOwner::Contact { id } => name(contact_name(data, id.as_str())),
        NumberOwner::Line { id } => {
            let line = data.lines.iter().find(|line| line.id == *id)?;
            formatter.localised(&line.display_name)
        }
    };
    Some(html! {
        @if let Some(owner) = owner { p { (owner) } }
        @for phone in &change.new { p { (formatter.phone_number(phone)) } }
    })
}

/// What an appointment is, and when.
fn appointment(formatter: &Formatter<'_>, news: &AppointmentNews) -> Markup {
    let when = news.appointment.starts_at.map(|at| formatter.date_and_time(at));
    html! {
        p { (formatter.english(Some(&news.appointment.title)).unwrap_or_default()) }
        @if let Some(when) = when { p { bdi { (isolated(&when)) } } }
    }
}

fn appointment_label(labels: &Labels, what: AppointmentNewsKind) -> &str {
    match what {
        AppointmentNewsKind::Added => &labels.new_meeting,
        AppointmentNewsKind::Moved => &labels.moved_meeting,
        AppointmentNewsKind::Changed => &labels.changed_meeting,
        AppointmentNewsKind::Cancelled => &labels.cancelled_meeting,
    }
}

fn timescale_label<'a>(labels: &'a Labels, planned: DayChange) -> &'a str {
    match (planned.before, planned.now) {
        (None, _) => &labels.planned_timescale,
        (Some(_), Some(_)) => &labels.moved_timescale,
        (Some(_), None) => &labels.unplanned_timescale,
    }
}

fn pledge_label(labels: &Labels, what: PledgeNewsKind) -> &str {
    match what {
        PledgeNewsKind::Added => &labels.new_pledge,
        PledgeNewsKind::Changed => &labels.changed_pledge,
        PledgeNewsKind::Gone => &labels.gone_pledge,
    }
}

fn opportunity_label<'a>(labels: &'a Labels, change: &OpportunityChange) -> &'a str {
    match (change.has_closed, change.has_reopened) {
        (true, _) => &labels.is_over,
        (false, true) => &labels.reopened,
        (false, false) => &labels.changed_opportunity,
    }
}

//! What is new for the person, in short, beside what it was before. The other parts have the details.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::{
    fields::contact_name,
    formatter::Formatter,
    values::{Row, name, plain},
};
use crate::{
    brain::{DayChange, OpportunityChange},
    collections::{
        news::{
            AnswerNews, AppointmentNews, AppointmentNewsKind, OpportunityNews, PledgeNewsKind,
            TimescaleNews,
        },
        number_changes::{NumberChange, NumberOwner},
    },
    export::{ExportData, Labels},
};

pub(super) fn news(formatter: &Formatter<'_>, data: &ExportData) -> Option<Markup> {
    let (labels, news) = (formatter.labels, &data.news);
    let mut rows: Vec<Row<'_>> = Vec::new();
    for change in &news.numbers {
        let label = if change.new.is_empty() { &labels.gone_number } else { &labels.new_number };
        rows.push((label, numbers(formatter, data, change)));
    }
    for news in &news.answers {
        rows.push((&labels.new_answer, Some(answer(formatter, news))));
    }
    for news in &news.appointments {
        let label = appointment_label(labels, news.what);
        rows.push((label, Some(appointment(formatter, news))));
    }
    for TimescaleNews { timescale, planned, .. } in &news.timescales {
        let name = formatter.localised(&timescale.display_name).unwrap_or_default();
        let value = html! { p { (name) } (days(formatter, *planned)) };
        rows.push((timescale_label(labels, *planned), Some(value)));
    }
    for news in &news.pledges {
        let label = pledge_label(labels, news.what);
        rows.push((label, formatter.localised(&news.pledge.title)));
    }
    for news in &news.opportunities {
        let label = opportunity_label(labels, &news.change);
        rows.push((label, Some(opportunity(formatter, news))));
    }
    (!rows.is_empty()).then(|| formatter.table("news", rows))
}

/// Whose numbers they are, the new ones, and those that are not right any more.
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
        @for phone in &change.replaced { (before(formatter, Some(formatter.replaced_number(phone)))) }
    })
}

/// What the person asked, and the answer that they saw before.
fn answer(formatter: &Formatter<'_>, news: &AnswerNews) -> Markup {
    html! {
        p { (name(Some(&news.ask.text)).unwrap_or_default()) }
        (before(formatter, name(news.reply_before.as_deref())))
    }
}

/// What an appointment is, and when.
fn appointment(formatter: &Formatter<'_>, news: &AppointmentNews) -> Markup {
    let when = news.appointment.starts_at.map(|at| formatter.date_and_time(at));
    let was = news.started_before.map(|at| formatter.date_and_time(at));
    html! {
        p { (formatter.english(Some(&news.appointment.title)).unwrap_or_default()) }
        @if let Some(when) = plain(when) { p { (when) } }
        (before(formatter, plain(was)))
    }
}

/// What an opportunity is, and its closing days if they differ.
fn opportunity(formatter: &Formatter<'_>, news: &OpportunityNews) -> Markup {
    html! {
        p { (formatter.english(Some(&news.listed.opportunity.title)).unwrap_or_default()) }
        @if let Some(closing) = news.change.closing_day {
            p.quiet { (formatter.label(&formatter.labels.closes)) }
            (days(formatter, closing))
        }
    }
}

/// A day, and the one before.
fn days(formatter: &Formatter<'_>, change: DayChange) -> Markup {
    let date = |day: Option<NaiveDate>| plain(day.map(|day| formatter.date(day)));
    html! {
        @if let Some(now) = date(change.now) { p { (now) } }
        (before(formatter, date(change.before)))
    }
}

/// What was there before.
fn before(formatter: &Formatter<'_>, what: Option<Markup>) -> Markup {
    html! {
        @if let Some(what) = what {
            p.quiet { (formatter.label(&formatter.labels.before)) ": " (what) }
        }
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

fn timescale_label(labels: &Labels, planned: DayChange) -> &str {
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

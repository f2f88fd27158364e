//! Asks, and the adviser's answers.

use maud::{Markup, html};
use promise_protocol::text::isolate_whole;

use super::{
    fields::contact_name,
    formatter::Formatter,
    values::{isolated, name, plain},
};
use crate::{collections::asks::Ask, export::ExportData};

pub(super) fn asks(formatter: &Formatter<'_>, data: &ExportData) -> Option<Markup> {
    let asks = &data.asks;
    (!asks.is_empty()).then(|| {
        html! { @for (index, ask) in asks.iter().enumerate() {
            (article(formatter, data, ask, &format!("ask-{index}")))
        } }
    })
}

fn article(formatter: &Formatter<'_>, data: &ExportData, ask: &Ask, id: &str) -> Markup {
    let labels = formatter.labels;
    let status = match &ask.status {
        Some(status) => Some(labels.ask_status(status)),
        None => ask.reply.is_none().then(|| labels.is_waiting.clone()),
    };
    let shared_note =
        ask.shared_note.as_deref().map(|note| html! { p dir="auto" { (isolated(note)) } });
    let rows = [
        (&*labels.asked, plain(ask.asked_at.map(|at| formatter.date_and_time(at)))),
        (&labels.about, subject(formatter, data, ask)),
        (&labels.shown, shared_note),
        (&labels.state, plain(status)),
        (&labels.answer, reply(formatter, ask)),
    ];
    html! { article { h3 id=(id) { bdi { (isolated(&ask.text)) } } (formatter.table(id, rows)) } }
}

fn reply(formatter: &Formatter<'_>, ask: &Ask) -> Option<Markup> {
    let reply = ask.reply.as_deref().filter(|reply| !reply.is_empty())?;
    let by = ask.replied_by.as_deref().unwrap_or_default();
    let by = match ask.replied_at {
        Some(at) => {
            let date = formatter.date_and_time(at);
            let answered = formatter.labels.answered_by.replace("{name}", &isolate_whole(by));
            answered.replace("{date}", &date)
        }
        None => by.to_owned(),
    };
    Some(html! {
        p dir="auto" { (isolated(reply)) }
        @if !by.is_empty() { p.quiet { bdi { (isolated(&by)) } } }
    })
}

/// The heading of what an ask is about.
fn subject(formatter: &Formatter<'_>, data: &ExportData, ask: &Ask) -> Option<Markup> {
    let contact = || name(contact_name(data, ask.about_contact.as_ref()?.as_str()));
    let pledge = || {
        let id = ask.about_pledge.as_ref()?.as_str();
        let chapters = data.promise.iter().flat_map(|promise| &promise.chapters);
        let mut pledges = chapters.flat_map(|chapter| &chapter.pledges);
        formatter.localised(&pledges.find(|marked| marked.pledge.id == id)?.pledge.title)
    };
    let opportunity = || {
        let id = ask.about_opportunity.as_ref()?.as_str();
        let listed = data.saved.iter().find(|listed| listed.opportunity.id == id)?;
        formatter.english(Some(&listed.opportunity.title))
    };
    contact().or_else(pledge).or_else(opportunity)
}

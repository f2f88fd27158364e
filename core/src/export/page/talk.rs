//! What goes between the person and their adviser: asks and meetings.

use maud::{Markup, html};

use super::{
    people::called,
    said::{name, plain},
    words::Words,
};
use crate::{
    asks::{Appointment, Ask},
    export::Everything,
};

pub(super) fn asks(words: &Words<'_>, everything: &Everything) -> Option<Markup> {
    let asks = &everything.asks;
    (!asks.is_empty()).then(|| {
        html! { @for (number, ask) in asks.iter().enumerate() {
            (one_ask(words, everything, ask, &format!("ask-{number}")))
        } }
    })
}

pub(super) fn meetings(words: &Words<'_>, everything: &Everything) -> Option<Markup> {
    let meetings = &everything.appointments;
    (!meetings.is_empty()).then(|| {
        html! { @for (number, meeting) in meetings.iter().enumerate() {
            (one_meeting(words, everything, meeting, &format!("meeting-{number}")))
        } }
    })
}

fn one_ask(words: &Words<'_>, everything: &Everything, ask: &Ask, id: &str) -> Markup {
    let labels = words.labels;
    let state = ask.status.as_deref().map(|status| labels.choice(status));
    let waiting = || if ask.reply.is_none() { labels.is_waiting.clone() } else { String::new() };
    let by = ask.replied_by.as_deref().unwrap_or_default();
    let by = match ask.replied_at {
        Some(at) => labels.answered_by.replace("{name}", by).replace("{date}", &words.moment(at)),
        None => by.to_owned(),
    };
    let reply = ask.reply.as_deref().filter(|reply| !reply.is_empty()).map(|reply| {
        html! {
            p dir="auto" { (reply) }
            @if !by.is_empty() { p.quiet { bdi { (by) } } }
        }
    });
    let shown = ask.shown.as_deref().map(|shown| html! { p dir="auto" { (shown) } });
    let rows = [
        (&*labels.asked, plain(ask.asked_at.map(|at| words.moment(at)))),
        (&labels.about, about(words, everything, ask)),
        (&labels.shown, shown),
        (&labels.state, plain(Some(state.unwrap_or_else(waiting)))),
        (&labels.answer, reply),
    ];
    html! { article { h3 id=(id) { bdi { (ask.text) } } (words.facts(id, rows)) } }
}

/// What an ask is about, by its heading.
fn about(words: &Words<'_>, everything: &Everything, ask: &Ask) -> Option<Markup> {
    let contact = ask.about_contact.as_deref().map(|id| called(everything, id));
    let pledge = || {
        let id = ask.about_pledge.as_deref()?;
        let chapters = everything.promise.iter().flat_map(|promise| &promise.chapters);
        let mut pledges = chapters.flat_map(|chapter| &chapter.pledges);
        words.localised(&pledges.find(|marked| marked.pledge.id == id)?.pledge.title)
    };
    let opportunity = || {
        let id = ask.about_opportunity.as_deref()?;
        let found = everything.saved.iter().find(|listed| listed.opportunity.id == id)?;
        words.english(Some(&found.opportunity.title))
    };
    name(contact.as_deref()).or_else(pledge).or_else(opportunity)
}

fn one_meeting(
    words: &Words<'_>,
    everything: &Everything,
    meeting: &Appointment,
    id: &str,
) -> Markup {
    let labels = words.labels;
    let minutes = meeting.minutes.map(|n| labels.minutes.replace("{number}", &n.to_string()));
    let with = meeting.with_contact.as_deref().map(|id| called(everything, id));
    let rows = [
        (&*labels.when, plain(meeting.starts_at.map(|at| words.moment(at)))),
        (&labels.how_long, plain(minutes)),
        (&labels.place, words.english(meeting.place.as_deref())),
        (&labels.with, name(with.as_deref())),
        (&labels.details, words.english(meeting.details.as_deref())),
        (&labels.you_said, plain(meeting.answer.as_deref().map(|answer| labels.choice(answer)))),
    ];
    html! {
        article {
            h3 id=(id) { (words.english(Some(&meeting.title)).unwrap_or_default()) }
            (words.facts(id, rows))
            (words.note(meeting.answer_note.as_deref()))
        }
    }
}

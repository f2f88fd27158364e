//! People: those the council gives, and the person's own.

use maud::{Markup, html};
use promise_protocol::values::{Leave, PhoneNumber};

use super::{
    said::{Fact, email, name, plain},
    words::Words,
};
use crate::{contacts::Contact, export::Everything, own_contacts::OwnContact};

pub(super) fn given(words: &Words<'_>, everything: &Everything) -> Option<Markup> {
    let contacts = &everything.contacts;
    (!contacts.is_empty()).then(|| {
        html! { @for (number, contact) in contacts.iter().enumerate() {
            (one(words, everything, contact, &format!("people-{number}")))
        } }
    })
}

pub(super) fn own(words: &Words<'_>, everything: &Everything) -> Option<Markup> {
    let contacts = &everything.own_contacts;
    (!contacts.is_empty()).then(|| {
        html! { @for (number, contact) in contacts.iter().enumerate() {
            (one_own(words, contact, &format!("own-{number}")))
        } }
    })
}

fn one(words: &Words<'_>, everything: &Everything, contact: &Contact, id: &str) -> Markup {
    let labels = words.labels;
    let reads = [(contact.text_ok, &labels.texts), (contact.whatsapp_ok, &"WhatsApp".to_owned())]
        .iter()
        .filter_map(|(reads, what)| reads.then_some(what.as_str()))
        .collect::<Vec<_>>()
        .join(", ");
    let hours = contact.working_pattern.iter().map(|opening| words.hours(opening));
    let next = contact.replaced_by.as_deref().map(|id| called(everything, id));
    let rows = [
        (&*labels.nickname, name(contact.nickname.as_deref())),
        (&labels.role, words.english(Some(&contact.role))),
        (&labels.pronouns, words.english(contact.pronouns.as_deref())),
        (&labels.organisation, name(contact.organisation.as_deref())),
        (&labels.team, name(contact.team.as_deref())),
        (&labels.phone, phones(words, &contact.phones)),
        (&labels.email, email(contact.email.as_deref())),
        (&labels.reads, plain(Some(reads))),
        (&labels.voicemail, words.english(contact.voicemail_note.as_deref())),
        (&labels.speaks, plain(Some(words.spoken(&contact.languages)))),
        (&labels.hours, lines(hours)),
        (&labels.away, lines(contact.leave.iter().map(|leave| away(words, everything, leave)))),
        (&labels.helps_with, words.english(contact.about.as_deref())),
        (&labels.contact_from, plain(contact.valid_from.map(|day| words.date(day)))),
        (&labels.contact_until, plain(contact.valid_to.map(|day| words.date(day)))),
        (&labels.after_that, name(next.as_deref())),
        (&labels.updated, plain(contact.changed_at.map(|at| words.moment(at)))),
    ];
    person(
        words,
        id,
        &contact.display_name,
        (contact.pinned, contact.hidden),
        rows,
        contact.note.as_deref(),
    )
}

fn one_own(words: &Words<'_>, contact: &OwnContact, id: &str) -> Markup {
    let labels = words.labels;
    let rows = [
        (&*labels.role, name(contact.role.as_deref())),
        (&labels.organisation, name(contact.organisation.as_deref())),
        (&labels.phone, phones(words, &contact.phones)),
        (&labels.email, email(contact.email.as_deref())),
    ];
    person(
        words,
        id,
        &contact.display_name,
        (contact.pinned, contact.hidden),
        rows,
        contact.note.as_deref(),
    )
}

fn person<'a>(
    words: &Words<'_>,
    id: &str,
    called: &str,
    (pinned, hidden): (bool, bool),
    rows: impl IntoIterator<Item = Fact<'a>>,
    note: Option<&str>,
) -> Markup {
    html! {
        article {
            h3 id=(id) { bdi { (called) } }
            @if pinned { p.mark { (words.label(&words.labels.pinned)) } }
            @if hidden { p.mark { (words.label(&words.labels.hidden)) } }
            (words.facts(id, rows))
            (words.note(note))
        }
    }
}

fn phones(words: &Words<'_>, phones: &[PhoneNumber]) -> Option<Markup> {
    (!phones.is_empty()).then(|| html! { @for phone in phones { p { (words.phone(phone)) } } })
}

fn lines(lines: impl Iterator<Item = String>) -> Option<Markup> {
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then(|| html! { @for line in lines { p { bdi { (line) } } } })
}

fn away(words: &Words<'_>, everything: &Everything, leave: &Leave) -> String {
    let days = words.range(&words.date(leave.from), &words.date(leave.to));
    let cover = leave.cover.as_deref().map(|id| called(everything, id));
    let cover = cover.filter(|cover| !cover.is_empty());
    match cover {
        Some(cover) => format!("{days}. {}", words.labels.cover.replace("{name}", &cover)),
        None => days,
    }
}

/// What a contact is called; nothing if they are not here.
pub(super) fn called(everything: &Everything, id: &str) -> String {
    let found = everything.contacts.iter().find(|contact| contact.id == id);
    found.map(|contact| contact.display_name.clone()).unwrap_or_default()
}

//! Contacts, and lines that anyone can ring.

use chrono::NaiveDate;
use promise_core::{Contact, NumberChange, NumberOwner, OwnContact};
use promise_protocol::{pack::Line, values::PhoneNumber};

use super::english;
use crate::{Outcome, format, hours, numbers, session::Session};

/// Stands beside a discreet contact.
const DISCREET: &str = "Does not show while this phone is locked.";

/// Contacts of the council, then the person's own, then the lines of the directory.
pub(crate) fn all(session: &mut Session<'_>) -> Outcome {
    let contacts = session.phone.contacts().list()?;
    session.screen.heading("Your people");
    if contacts.is_empty() {
        session.screen.text("Nobody is here yet. Your council adds them; type sync to get them.");
    }
    let changes = session.phone.number_changes()?;
    for contact in &contacts {
        summary(session, contact, &changes);
    }
    let own = session.phone.own_contacts().list()?;
    if !own.is_empty() {
        session.screen.gap();
        session.screen.heading("People you added");
        for contact in &own {
            own_contact(session, contact);
        }
    }
    let lines = session.phone.promise().directory()?.lines.0;
    if !lines.is_empty() {
        session.screen.gap();
        session.screen.heading("Who can I ring?");
        for line in &lines {
            directory_line(session, line, &changes);
        }
    }
    session.footer()
}

/// One contact.
pub(crate) fn one(session: &mut Session<'_>, id: &str) -> Outcome {
    let contacts = session.phone.contacts().list()?;
    if let Some(contact) = contacts.iter().find(|contact| contact.id == *id) {
        let changes = session.phone.number_changes()?;
        summary(session, contact, &changes);
        details(session, contact);
    }
    session.footer()
}

/// One own contact.
pub(crate) fn one_own(session: &mut Session<'_>, id: &str) -> Outcome {
    let contacts = session.phone.own_contacts().list()?;
    if let Some(contact) = contacts.iter().find(|contact| contact.id == *id) {
        own_contact(session, contact);
    }
    session.footer()
}

/// One line.
pub(crate) fn one_line(session: &mut Session<'_>, id: &str) -> Outcome {
    let directory = session.phone.promise().directory()?;
    if let Some(line) = directory.lines.0.iter().find(|line| line.id == id) {
        let changes = session.phone.number_changes()?;
        directory_line(session, line, &changes);
    }
    session.footer()
}

fn summary(session: &mut Session<'_>, contact: &Contact, changes: &[NumberChange]) {
    let today = format::today(session.now);
    let pin = if contact.pinned { "★ " } else { "" };
    let name = match &contact.nickname {
        Some(nickname) => format!("{pin}{nickname} ({})", contact.display_name),
        None => format!("{pin}{}", contact.display_name),
    };
    session.screen.title(&name, session.index.short(contact.id.as_str()));
    let facts = [Some(&contact.role), contact.pronouns.as_ref(), contact.organisation.as_ref()];
    let facts: Vec<&str> =
        facts.into_iter().flatten().map(String::as_str).filter(|text| !text.is_empty()).collect();
    session.screen.under(&facts.join(" · "));
    let away = contact.leave.iter().find(|leave| leave.includes(today));
    if let Some(leave) = away {
        session.screen.under(&format!(
            "Away until {}.{}",
            format::date(leave.to, today),
            cover(session, contact, today)
        ));
    }
    if !contact.is_valid_on(today) {
        session.screen.under("Not your contact at the moment.");
    }
    if let Some(note) = &contact.end_note {
        session.screen.under(note);
    }
    let owner = NumberOwner::Contact { id: contact.id.clone() };
    council_numbers(session, &contact.phones, change_of(changes, &owner));
    session.screen.fact("Write", contact.email.as_deref().unwrap_or_default());
    session.screen.fact("Hours", &hours::format(&contact.working_pattern));
    let rule = contact.on_closed_days.map(hours::closed_days).unwrap_or_default();
    session.screen.fact("On closed days", rule);
    if let Some(checked) = contact.verified_on {
        session.screen.under(&format!("Checked on {}", format::full_date(checked)));
    }
    if let Some(changed) = contact.changed_at {
        let day = format::date(format::today(changed), today);
        session.screen.under(&format!("Updated by your council {day}"));
    }
}

fn details(session: &mut Session<'_>, contact: &Contact) {
    let today = format::today(session.now);
    session.screen.fact("About", contact.about.as_deref().unwrap_or_default());
    session.screen.fact("Team", contact.team.as_deref().unwrap_or_default());
    session.screen.fact("Speaks", &contact.languages.join(", "));
    let ways = [(contact.text_ok, "texts"), (contact.whatsapp_ok, "WhatsApp")];
    let ways: Vec<&str> = ways.into_iter().filter_map(|(ok, way)| ok.then_some(way)).collect();
    session.screen.fact("Reads", &ways.join(" and "));
    session.screen.fact("Voicemail", contact.voicemail_note.as_deref().unwrap_or_default());
    for away in contact.cover_days.iter().filter(|away| away.from > today) {
        let days =
            format!("{} to {}", format::date(away.from, today), format::date(away.to, today));
        let cover = cover(session, contact, away.from);
        session.screen.fact("Away", &format!("{days}.{cover}"));
    }
    let last = contact.valid_to.map(|day| format::date(day, today)).unwrap_or_default();
    session.screen.fact("Your contact until", &last);
    session.screen.fact(
        "After that",
        &contact.replaced_by.as_ref().map(|id| name(session, id.as_str())).unwrap_or_default(),
    );
    session.screen.fact("Your note", contact.note.as_deref().unwrap_or_default());
    if contact.discreet {
        session.screen.under(DISCREET);
    }
}

fn own_contact(session: &mut Session<'_>, contact: &OwnContact) {
    let pin = if contact.pinned { "★ " } else { "" };
    session
        .screen
        .title(&format!("{pin}{}", contact.display_name), session.index.short(contact.id.as_str()));
    let facts = [contact.role.as_deref(), contact.organisation.as_deref()];
    session.screen.under(&facts.into_iter().flatten().collect::<Vec<_>>().join(" · "));
    contact
        .phones
        .iter()
        .for_each(|phone| session.screen.fact(numbers::verb(phone), &numbers::format_phone(phone)));
    session.screen.fact("Write", contact.email.as_deref().unwrap_or_default());
    session.screen.fact("Your note", contact.note.as_deref().unwrap_or_default());
    if contact.discreet {
        session.screen.under(DISCREET);
    }
}

/// Who is at work in place of a contact on a day of their leave.
fn cover(session: &Session<'_>, contact: &Contact, day: NaiveDate) -> String {
    let mut days = contact.cover_days.iter().filter(|days| days.from <= day && day <= days.to);
    match days.find_map(|days| days.cover.as_ref()) {
        Some(id) => format!(" Ring {} instead.", name(session, id)),
        None => " Ring the duty line instead.".into(),
    }
}

/// The name of a contact, or the text for an unknown one if the contact is not on this phone.
pub(super) fn name(session: &Session<'_>, id: &str) -> String {
    let contacts = session.phone.contacts().list().unwrap_or_default();
    let found = contacts.into_iter().find(|contact| contact.id == *id);
    found.map_or_else(
        || "somebody else".into(),
        |contact| contact.nickname.unwrap_or(contact.display_name),
    )
}

fn directory_line(session: &mut Session<'_>, line: &Line, changes: &[NumberChange]) {
    session.screen.title(english(&line.display_name), session.index.short(&line.id));
    session.screen.under(english(&line.about));
    let owner = NumberOwner::Line { id: line.id.clone() };
    council_numbers(session, &line.phones, change_of(changes, &owner));
    session.screen.fact("Write", line.email.as_deref().unwrap_or_default());
    session.screen.fact("Hours", &hours::format(&line.hours));
}

fn change_of<'a>(changes: &'a [NumberChange], owner: &NumberOwner) -> Option<&'a NumberChange> {
    changes.iter().find(|change| change.owner == *owner)
}

/// Numbers that the council gives: a changed one as new, with the ones before it, until the person has
/// seen it.
fn council_numbers(
    session: &mut Session<'_>,
    phones: &[PhoneNumber],
    change: Option<&NumberChange>,
) {
    let new = change.map_or(&[][..], |change| change.new.as_slice());
    for phone in phones {
        let mark = if new.contains(phone) { " · new number" } else { "" };
        let number = format!("{}{mark}", numbers::format_phone(phone));
        session.screen.fact(numbers::verb(phone), &number);
    }
    for replaced in change.into_iter().flat_map(|change| &change.replaced) {
        session
            .screen
            .fact("Not now", &format!("{} (old number)", numbers::format_phone(replaced)));
    }
}

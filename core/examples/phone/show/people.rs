//! The people who help, and lines anyone can ring.

use promise_core::{contacts::Contact, own_contacts::OwnContact};
use promise_protocol::{pack::Line, values::Leave};

use super::english;
use crate::{Outcome, doing::Desk, hours, numbers, words};

/// Everybody: first those the council gives, then those the person added, then the directory's
/// lines.
pub(crate) fn all(desk: &mut Desk<'_>) -> Outcome {
    let contacts = desk.phone.contacts()?;
    desk.screen.heading("Your people");
    if contacts.is_empty() {
        desk.screen.text("Nobody is here yet. Your council adds them; type sync to get them.");
    }
    for contact in &contacts {
        short(desk, contact);
    }
    let own = desk.phone.own_contacts()?;
    if !own.is_empty() {
        desk.screen.gap();
        desk.screen.heading("People you added");
        for contact in &own {
            draw_own(desk, contact);
        }
    }
    let lines = desk.phone.directory()?.lines.0;
    if !lines.is_empty() {
        desk.screen.gap();
        desk.screen.heading("Who can I ring?");
        for line in &lines {
            draw_line(desk, line);
        }
    }
    desk.footer()
}

/// One person.
pub(crate) fn one(desk: &mut Desk<'_>, id: &str) -> Outcome {
    let contacts = desk.phone.contacts()?;
    if let Some(contact) = contacts.iter().find(|contact| contact.id == id) {
        short(desk, contact);
        rest(desk, contact);
    }
    desk.footer()
}

/// One person whom the young person added.
pub(crate) fn one_own(desk: &mut Desk<'_>, id: &str) -> Outcome {
    let contacts = desk.phone.own_contacts()?;
    if let Some(contact) = contacts.iter().find(|contact| contact.id == id) {
        draw_own(desk, contact);
    }
    desk.footer()
}

/// One line.
pub(crate) fn one_line(desk: &mut Desk<'_>, id: &str) -> Outcome {
    let directory = desk.phone.directory()?;
    if let Some(line) = directory.lines.0.iter().find(|line| line.id == id) {
        draw_line(desk, line);
    }
    desk.footer()
}

fn short(desk: &mut Desk<'_>, contact: &Contact) {
    let today = words::today(desk.now);
    let pin = if contact.pinned { "★ " } else { "" };
    let name = match &contact.nickname {
        Some(nickname) => format!("{pin}{nickname} ({})", contact.display_name),
        None => format!("{pin}{}", contact.display_name),
    };
    desk.screen.title(&name, desk.names.short(&contact.id));
    let said = [Some(&contact.role), contact.pronouns.as_ref(), contact.organisation.as_ref()];
    let said: Vec<&str> =
        said.into_iter().flatten().map(String::as_str).filter(|text| !text.is_empty()).collect();
    desk.screen.under(&said.join(" · "));
    let away = contact.leave.iter().find(|leave| leave.from <= today && today <= leave.to);
    if let Some(leave) = away {
        desk.screen.under(&format!(
            "Away until {}.{}",
            words::day(leave.to, today),
            cover(desk, leave)
        ));
    }
    if !contact.is_valid_on(today) {
        desk.screen.under("Not your contact at the moment.");
    }
    contact.phones.iter().for_each(|phone| desk.screen.fact("Ring", &numbers::phone(phone)));
    desk.screen.fact("Write", contact.email.as_deref().unwrap_or_default());
    desk.screen.fact("Hours", &hours::hours(&contact.working_pattern));
    if let Some(changed) = contact.changed_at {
        let day = words::day(words::today(changed), today);
        desk.screen.under(&format!("Updated by your council {day}"));
    }
}

fn rest(desk: &mut Desk<'_>, contact: &Contact) {
    let today = words::today(desk.now);
    desk.screen.fact("About", contact.about.as_deref().unwrap_or_default());
    desk.screen.fact("Team", contact.team.as_deref().unwrap_or_default());
    desk.screen.fact("Speaks", &contact.languages.join(", "));
    let ways = [(contact.text_ok, "texts"), (contact.whatsapp_ok, "WhatsApp")];
    let ways: Vec<&str> = ways.into_iter().filter_map(|(ok, way)| ok.then_some(way)).collect();
    desk.screen.fact("Reads", &ways.join(" and "));
    desk.screen.fact("Voicemail", contact.voicemail_note.as_deref().unwrap_or_default());
    for leave in contact.leave.iter().filter(|leave| leave.from > today) {
        let days = format!("{} to {}", words::day(leave.from, today), words::day(leave.to, today));
        desk.screen.fact("Away", &format!("{days}.{}", cover(desk, leave)));
    }
    let last = contact.valid_to.map(|day| words::day(day, today)).unwrap_or_default();
    desk.screen.fact("Your contact until", &last);
    desk.screen.fact(
        "After that",
        &contact.replaced_by.as_deref().map(|id| name(desk, id)).unwrap_or_default(),
    );
    desk.screen.fact("Your note", contact.note.as_deref().unwrap_or_default());
}

fn draw_own(desk: &mut Desk<'_>, contact: &OwnContact) {
    let pin = if contact.pinned { "★ " } else { "" };
    desk.screen.title(&format!("{pin}{}", contact.display_name), desk.names.short(&contact.id));
    let said = [contact.role.as_deref(), contact.organisation.as_deref()];
    desk.screen.under(&said.into_iter().flatten().collect::<Vec<_>>().join(" · "));
    contact.phones.iter().for_each(|phone| desk.screen.fact("Ring", &numbers::phone(phone)));
    desk.screen.fact("Write", contact.email.as_deref().unwrap_or_default());
    desk.screen.fact("Your note", contact.note.as_deref().unwrap_or_default());
}

fn cover(desk: &Desk<'_>, leave: &Leave) -> String {
    leave.cover.as_ref().map(|id| format!(" Ring {} instead.", name(desk, id))).unwrap_or_default()
}

/// What a contact is called; their name on the phone if they are not here.
pub(super) fn name(desk: &Desk<'_>, id: &str) -> String {
    let contacts = desk.phone.contacts().unwrap_or_default();
    let found = contacts.into_iter().find(|contact| contact.id == id);
    found.map_or_else(
        || "somebody else".into(),
        |contact| contact.nickname.unwrap_or(contact.display_name),
    )
}

fn draw_line(desk: &mut Desk<'_>, line: &Line) {
    desk.screen.title(english(&line.display_name), desk.names.short(&line.id));
    desk.screen.under(english(&line.about));
    line.phones.iter().for_each(|phone| desk.screen.fact("Ring", &numbers::phone(phone)));
    desk.screen.fact("Write", line.email.as_deref().unwrap_or_default());
    desk.screen.fact("Hours", &hours::hours(&line.hours));
}

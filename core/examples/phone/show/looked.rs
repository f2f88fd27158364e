//! Who at the council looked, and what they changed.

use promise_core::{access::AccessEntry, export::Labels};

use crate::{Outcome, doing::Desk, words};

/// Everybody, the newest day first.
pub(crate) fn all(desk: &mut Desk<'_>) -> Outcome {
    let log = desk.phone.access_log()?;
    desk.screen.heading("Who looked at what your council holds about you");
    if log.is_empty() {
        desk.screen.text("Nobody yet, as far as this phone was told.");
    }
    for entry in &log {
        draw(desk, entry);
    }
    desk.screen.gap();
    desk.screen.quiet("This says who looked. What only you can read, nobody could look at.");
    desk.footer()
}

/// In the words of the page that can be taken along.
fn draw(desk: &mut Desk<'_>, entry: &AccessEntry) {
    let labels = Labels::default();
    let role = labels.role(&entry.role);
    let who = entry.by.as_ref().map_or(role.clone(), |name| format!("{name}, {role}"));
    desk.screen.title(&who, "");
    let times = match entry.looked {
        0 => None,
        1 => Some("looked".to_owned()),
        number => Some(format!("looked {}", words::count(number, "time"))),
    };
    let did = entry.did.iter().map(|act| labels.act(act).to_lowercase());
    let did: Vec<String> = times.into_iter().chain(did).collect();
    let day = words::day(entry.day, words::today(desk.now));
    desk.screen.under(&format!("{day} · {}", did.join(", ")));
}

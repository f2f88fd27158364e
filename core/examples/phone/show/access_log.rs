//! The access log.

use promise_core::{AccessEntry, export::Labels};

use crate::{Outcome, format, session::Session};

/// Every entry, the newest day first.
pub(crate) fn all(session: &mut Session<'_>) -> Outcome {
    let log = session.phone.access_log()?;
    session.screen.heading("Who looked at what your council holds about you");
    if log.is_empty() {
        session.screen.text("Nobody yet, as far as this phone was told.");
    }
    for entry in &log {
        print(session, entry);
    }
    session.screen.gap();
    session.screen.quiet("This says who looked. What only you can read, nobody could look at.");
    session.footer()
}

/// With the labels of the exported page.
fn print(session: &mut Session<'_>, entry: &AccessEntry) {
    let labels = Labels::default();
    let role = labels.access_role(&entry.role);
    let who = entry.by.as_ref().map_or(role.clone(), |name| format!("{name}, {role}"));
    session.screen.title(&who, "");
    let times = match entry.looked {
        0 => None,
        1 => Some("looked".to_owned()),
        number => Some(format!("looked {}", format::count(number, "time"))),
    };
    let did = entry.did.iter().map(|action| labels.staff_action(action).to_lowercase());
    let did: Vec<String> = times.into_iter().chain(did).collect();
    let day = format::date(entry.day, format::today(session.now));
    session.screen.under(&format!("{day} · {}", did.join(", ")));
}

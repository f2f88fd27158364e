//! What the young person asked, and the answers.

use promise_core::asks::Ask;

use super::people;
use crate::{Outcome, doing::Desk, words};

/// Every ask, newest first.
pub(crate) fn all(desk: &mut Desk<'_>) -> Outcome {
    let asks = desk.phone.asks()?;
    desk.screen.heading("What you asked");
    if asks.is_empty() {
        desk.screen.text("Nothing yet. To ask your adviser something, type ask and your words.");
    }
    for ask in &asks {
        draw(desk, ask);
    }
    desk.footer()
}

/// One ask.
pub(crate) fn one(desk: &mut Desk<'_>, id: &str) -> Outcome {
    let asks = desk.phone.asks()?;
    asks.iter().filter(|ask| ask.id == id).for_each(|ask| draw(desk, ask));
    desk.footer()
}

fn draw(desk: &mut Desk<'_>, ask: &Ask) {
    desk.screen.title(&ask.text, desk.names.short(&ask.id));
    let asked = ask.asked_at.map(|asked| format!("Asked {}", words::ago(asked, desk.now)));
    let status = match ask.status.as_deref() {
        Some("seen") => "Your adviser has seen it",
        Some("doing") => "Your adviser is on it",
        Some("done") => "Done",
        Some("cannot") => "Your adviser cannot do it",
        _ => "No answer yet",
    };
    desk.screen.under(&format!("{} · {status}", asked.unwrap_or_default()));
    let about = ask.about_contact.as_deref().map(|id| people::name(desk, id));
    let other = ask.about_pledge.as_ref().or(ask.about_opportunity.as_ref());
    let about = about.or_else(|| other.map(|id| desk.names.title(id).unwrap_or(id).to_owned()));
    desk.screen.fact("About", &about.unwrap_or_default());
    desk.screen.fact("You showed your note", ask.shown.as_deref().unwrap_or_default());
    if let Some(reply) = &ask.reply {
        desk.screen.fact(ask.replied_by.as_deref().unwrap_or("Your adviser"), reply);
    }
}

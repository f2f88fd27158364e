//! Asks, and the answers.

use promise_core::Ask;
use promise_protocol::vocabulary::AskStatus;

use super::people;
use crate::{Outcome, format, session::Session};

/// Every ask, newest first.
pub(crate) fn all(session: &mut Session<'_>) -> Outcome {
    let asks = session.phone.asks().list()?;
    session.screen.heading("What you asked");
    if asks.is_empty() {
        session.screen.text("Nothing yet. To ask your adviser something, type ask and your words.");
    }
    for ask in &asks {
        print(session, ask);
    }
    session.footer()
}

/// One ask.
pub(crate) fn one(session: &mut Session<'_>, id: &str) -> Outcome {
    let asks = session.phone.asks().list()?;
    asks.iter().filter(|ask| ask.id == *id).for_each(|ask| print(session, ask));
    session.footer()
}

fn print(session: &mut Session<'_>, ask: &Ask) {
    session.screen.title(&ask.text, session.index.short(ask.id.as_str()));
    let asked = ask.asked_at.map(|asked| format!("Asked {}", format::ago(asked, session.now)));
    let status = match ask.status {
        Some(AskStatus::Seen) => "Your adviser has seen it",
        Some(AskStatus::Doing) => "Your adviser is on it",
        Some(AskStatus::Done) => "Done",
        Some(AskStatus::Cannot) => "Your adviser cannot do it",
        Some(AskStatus::Other(_)) | None => "No answer yet",
    };
    session.screen.under(&format!("{} · {status}", asked.unwrap_or_default()));
    let about = ask.about_contact.as_ref().map(|id| people::name(session, id.as_str()));
    let pledge = ask.about_pledge.as_ref().map(promise_protocol::PledgeId::as_str);
    let other = pledge
        .or_else(|| ask.about_opportunity.as_ref().map(promise_protocol::OpportunityId::as_str));
    let about = about.or_else(|| other.map(|id| session.index.title(id).unwrap_or(id).to_owned()));
    session.screen.fact("About", &about.unwrap_or_default());
    session.screen.fact("You showed your note", ask.shared_note.as_deref().unwrap_or_default());
    if let Some(reply) = &ask.reply {
        session.screen.fact(ask.replied_by.as_deref().unwrap_or("Your adviser"), reply);
    }
}

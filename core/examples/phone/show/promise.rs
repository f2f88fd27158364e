//! The promise.

use promise_core::{Chapter, MarkedPledge, PromiseByChapter, PromiseError};
use promise_protocol::{digits, pack::Basis, search::Query};

use super::english;
use crate::{Outcome, format, session::Session};

/// The whole promise as a list, or one part of it in full.
pub(crate) fn all(session: &mut Session<'_>, section: Option<&str>) -> Outcome {
    let promise = promise(session)?;
    match section {
        Some(typed) => {
            let chapter = chapter(&promise, typed)
                .ok_or_else(|| format!("There is no part called \"{typed}\"."))?;
            session.screen.heading(english(&chapter.section.title));
            session.screen.text(english(&chapter.section.intro));
            chapter.pledges.iter().for_each(|marked| pledge(session, marked));
        }
        None => overview(session, &promise),
    }
    session.footer()
}

/// One pledge.
pub(crate) fn one(session: &mut Session<'_>, id: &str) -> Outcome {
    let promise = promise(session)?;
    let mut pledges = promise.chapters.iter().flat_map(|chapter| &chapter.pledges);
    if let Some(marked) = pledges.find(|marked| marked.pledge.id == id) {
        pledge(session, marked);
        rights(session, marked);
    }
    session.footer()
}

fn promise(session: &Session<'_>) -> Result<PromiseByChapter, Box<dyn std::error::Error>> {
    session.phone.council()?.ok_or(PromiseError::NotPaired)?;
    let promise = session.phone.promise().read()?;
    Ok(promise.ok_or("Your council's promise is not on this phone yet. Type: sync")?)
}

fn overview(session: &mut Session<'_>, promise: &PromiseByChapter) {
    session.screen.heading(&format!("{}: {}", promise.council.name, english(&promise.title)));
    session.screen.text(english(&promise.intro));
    for (chapter, number) in promise.chapters.iter().zip(1..) {
        session
            .screen
            .title(&format!("{number}. {}", english(&chapter.section.title)), &chapter.section.id);
        for marked in &chapter.pledges {
            let mark =
                marked.mark.as_ref().map(|mark| format!(" ({})", format::word(mark.as_str())));
            let title = english(&marked.pledge.title);
            session.screen.under(&format!("• {title}{}", mark.unwrap_or_default()));
        }
    }
    session.screen.gap();
    session.screen.text("To read a part, type promise and its number.");
}

/// By its number, its name, or the starts of words of its title, in any spelling.
fn chapter<'a>(promise: &'a PromiseByChapter, typed: &str) -> Option<&'a Chapter> {
    let words = Query::of_prefixes(typed);
    let number = digits::to_ascii(typed).parse::<usize>().ok();
    let by_number = number.and_then(|number| number.checked_sub(1));
    let mut chapters = promise.chapters.iter();
    by_number.and_then(|index| promise.chapters.get(index)).or_else(|| {
        chapters.find(|chapter| {
            chapter.section.id == typed.to_lowercase()
                || words.is_found_in(english(&chapter.section.title))
        })
    })
}

fn pledge(session: &mut Session<'_>, marked: &MarkedPledge) {
    let pledge = &marked.pledge;
    session.screen.title(english(&pledge.title), session.index.short(&pledge.id));
    session.screen.under(english(&pledge.text));
    if let Some(picture) = &pledge.picture {
        session.screen.fact("Picture", english(&picture.alt));
    }
    session.screen.fact("What you get", pledge.amount.as_deref().unwrap_or_default());
    session.screen.fact("How to get it", english(&pledge.how_to_get));
    session.screen.fact("Ask", pledge.ask_role.as_deref().unwrap_or_default());
    session.screen.fact("Show", pledge.evidence.as_deref().unwrap_or_default());
    session
        .screen
        .fact("You", &marked.mark.map(|mark| format::word(mark.as_str())).unwrap_or_default());
    session.screen.fact("Your note", marked.note.as_deref().unwrap_or_default());
}

/// Why the person can claim it.
fn rights(session: &mut Session<'_>, marked: &MarkedPledge) {
    let pledge = &marked.pledge;
    let basis = match pledge.basis {
        Some(Basis::Statutory) => "The law says your council must do this.",
        Some(Basis::Guidance) => "The government says your council should do this.",
        Some(Basis::Discretionary) => "Your council chose to do this.",
        None => "",
    };
    session.screen.fact("Why", basis);
    session.screen.fact("Law", pledge.legal_ref.as_deref().unwrap_or_default());
    let age = match (pledge.age_min, pledge.age_max) {
        (Some(from), Some(to)) => format!("from {from} until you turn {to}"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(to)) => format!("until you turn {to}"),
        (None, None) => String::new(),
    };
    session.screen.fact("Age", &age);
    let today = format::today(session.now);
    let checked = pledge.checked_on.map(|day| format::date(day, today)).unwrap_or_default();
    session.screen.fact("Checked", &checked);
    session.screen.fact("More", pledge.source_url.as_deref().unwrap_or_default());
}

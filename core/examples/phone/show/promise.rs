//! The promise.

use promise_core::{
    PromiseError,
    promise::{Chapter, MarkedPledge, PromiseByChapter},
};
use promise_protocol::pack::Basis;

use super::english;
use crate::{Outcome, doing::Desk, words};

/// The whole promise as a list, or one part of it in full.
pub(crate) fn all(desk: &mut Desk<'_>, section: Option<&str>) -> Outcome {
    let promise = promise(desk)?;
    match section {
        Some(typed) => {
            let chapter = chapter(&promise, typed)
                .ok_or_else(|| format!("There is no part called \"{typed}\"."))?;
            desk.screen.heading(english(&chapter.section.title));
            desk.screen.text(english(&chapter.section.intro));
            chapter.pledges.iter().for_each(|marked| pledge(desk, marked));
        }
        None => overview(desk, &promise),
    }
    desk.footer()
}

/// One pledge.
pub(crate) fn one(desk: &mut Desk<'_>, id: &str) -> Outcome {
    let promise = promise(desk)?;
    let mut pledges = promise.chapters.iter().flat_map(|chapter| &chapter.pledges);
    if let Some(marked) = pledges.find(|marked| marked.pledge.id == id) {
        pledge(desk, marked);
        rights(desk, marked);
    }
    desk.footer()
}

fn promise(desk: &Desk<'_>) -> Result<PromiseByChapter, Box<dyn std::error::Error>> {
    desk.phone.council()?.ok_or(PromiseError::NotPaired)?;
    let promise = desk.phone.promise()?;
    Ok(promise.ok_or("Your council's promise is not on this phone yet. Type: sync")?)
}

fn overview(desk: &mut Desk<'_>, promise: &PromiseByChapter) {
    desk.screen.heading(&format!("{}: {}", promise.council.name, english(&promise.title)));
    desk.screen.text(english(&promise.intro));
    for (chapter, number) in promise.chapters.iter().zip(1..) {
        desk.screen
            .title(&format!("{number}. {}", english(&chapter.section.title)), &chapter.section.id);
        for marked in &chapter.pledges {
            let mark = marked.mark.as_ref().map(|mark| format!(" ({})", words::plain(mark)));
            let title = english(&marked.pledge.title);
            desk.screen.under(&format!("• {title}{}", mark.unwrap_or_default()));
        }
    }
    desk.screen.gap();
    desk.screen.text("To read a part, type promise and its number.");
}

/// By its number, its name, or the start of its title.
fn chapter<'a>(promise: &'a PromiseByChapter, typed: &str) -> Option<&'a Chapter> {
    let typed = typed.to_lowercase();
    let by_number = typed.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let mut chapters = promise.chapters.iter();
    by_number.and_then(|index| promise.chapters.get(index)).or_else(|| {
        chapters.find(|chapter| {
            chapter.section.id == typed
                || english(&chapter.section.title).to_lowercase().starts_with(&typed)
        })
    })
}

fn pledge(desk: &mut Desk<'_>, marked: &MarkedPledge) {
    let pledge = &marked.pledge;
    desk.screen.title(english(&pledge.title), desk.names.short(&pledge.id));
    desk.screen.under(english(&pledge.text));
    if let Some(picture) = &pledge.picture {
        desk.screen.fact("Picture", english(&picture.alt));
    }
    desk.screen.fact("What you get", pledge.amount.as_deref().unwrap_or_default());
    desk.screen.fact("How to get it", english(&pledge.how_to_get));
    desk.screen.fact("Ask", pledge.ask_role.as_deref().unwrap_or_default());
    desk.screen.fact("Show", pledge.evidence.as_deref().unwrap_or_default());
    desk.screen.fact("You", &marked.mark.as_deref().map(words::plain).unwrap_or_default());
    desk.screen.fact("Your note", marked.note.as_deref().unwrap_or_default());
}

/// Why it can be asked for.
fn rights(desk: &mut Desk<'_>, marked: &MarkedPledge) {
    let pledge = &marked.pledge;
    let basis = match pledge.basis {
        Some(Basis::Statutory) => "The law says your council must do this.",
        Some(Basis::Guidance) => "The government says your council should do this.",
        Some(Basis::Discretionary) => "Your council chose to do this.",
        None => "",
    };
    desk.screen.fact("Why", basis);
    desk.screen.fact("Law", pledge.legal_ref.as_deref().unwrap_or_default());
    let age = match (pledge.age_min, pledge.age_max) {
        (Some(from), Some(to)) => format!("from {from} until you turn {to}"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(to)) => format!("until you turn {to}"),
        (None, None) => String::new(),
    };
    desk.screen.fact("Age", &age);
    let today = words::today(desk.now);
    let checked = pledge.checked_on.map(|day| words::day(day, today)).unwrap_or_default();
    desk.screen.fact("Checked", &checked);
    desk.screen.fact("More", pledge.source_url.as_deref().unwrap_or_default());
}

//! Search results.

use promise_core::store::SearchKind;

use crate::{Outcome, format, session::Session};

/// What has all of these words, best match first.
pub(crate) fn all(session: &mut Session<'_>, typed: &str) -> Outcome {
    let results = session.phone.search(typed)?;
    if results.is_empty() {
        session.screen.text("Nothing here has those words. Try fewer, or only the start of one.");
    } else {
        session
            .screen
            .text(&format!("Found {}.", format::count(i128::try_from(results.len())?, "thing")));
    }
    for result in &results {
        let title = result.title.replace(['\u{2}', '\u{3}'], "");
        session.screen.title(&title, session.index.short(&result.id));
        let kind = match result.kind {
            SearchKind::Pledge => "A promise",
            SearchKind::Opportunity => "An opportunity",
            SearchKind::Contact => "One of your people",
            SearchKind::OwnContact => "Somebody you wrote down",
            SearchKind::Line => "A line you can ring",
        };
        session.screen.under(kind);
        session.screen.snippet(&result.snippet);
    }
    session.footer()
}

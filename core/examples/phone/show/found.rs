//! What a search found.

use promise_core::store::SearchKind;

use crate::{Outcome, doing::Desk, words};

/// What has all of these words, best first.
pub(crate) fn all(desk: &mut Desk<'_>, typed: &str) -> Outcome {
    let found = desk.phone.search(typed)?;
    if found.is_empty() {
        desk.screen.text("Nothing here has those words. Try fewer, or only the start of one.");
    } else {
        desk.screen
            .text(&format!("Found {}.", words::count(i128::try_from(found.len())?, "thing")));
    }
    for thing in &found {
        let title = thing.title.replace(['\u{2}', '\u{3}'], "");
        desk.screen.title(&title, desk.names.short(&thing.id));
        let kind = match thing.kind {
            SearchKind::Pledge => "A promise",
            SearchKind::Opportunity => "An opportunity",
            SearchKind::Contact => "One of your people",
            SearchKind::OwnContact => "Somebody you wrote down",
            SearchKind::Line => "A line you can ring",
        };
        desk.screen.under(kind);
        desk.screen.found(&thing.snippet);
    }
    desk.footer()
}

//! What a search found.

use promise_core::store::Indexed;

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
            Indexed::Pledge => "A promise",
            Indexed::Opportunity => "An opportunity",
            Indexed::Contact => "One of your people",
            Indexed::OwnContact => "Somebody you wrote down",
            Indexed::Line => "A line you can ring",
        };
        desk.screen.under(kind);
        desk.screen.found(&thing.snippet);
    }
    desk.footer()
}

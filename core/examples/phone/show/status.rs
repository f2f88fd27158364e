//! How things stand.

use promise_core::Refused;

use crate::{Outcome, doing::Desk, words};

/// How things stand between this phone and the council.
pub(crate) fn all(desk: &mut Desk<'_>) -> Outcome {
    let status = desk.phone.status()?;
    desk.screen.heading("How things stand");
    let council = status.council.as_deref().unwrap_or("not paired yet");
    desk.screen.fact("Council", council);
    let edition = match status.edition {
        0 => "not here yet; type sync".to_owned(),
        number => format!("edition {number}"),
    };
    desk.screen.fact("Promise", &edition);
    desk.screen.fact(
        "Only on this phone",
        &format!("{} you saved for yourself", words::count(status.private, "thing")),
    );
    if !status.refused.is_empty() {
        desk.screen.title("Your council's server did not take these", "");
        desk.screen.under("They are still here, so nothing you wrote is lost.");
    }
    status.refused.iter().for_each(|refused| draw(desk, refused));
    desk.footer()
}

fn draw(desk: &mut Desk<'_>, refused: &Refused) {
    let value = refused.value.as_str().map_or_else(|| refused.value.to_string(), str::to_owned);
    let field = words::plain(&refused.field);
    let reason = words::plain(&refused.reason);
    desk.screen.under(&format!("• {field}: \"{value}\" ({reason})"));
}

//! How things stand.

use promise_core::{PrivateStatus, RecoveryPhraseState, RefusedEdit};

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
    desk.screen.fact("Your private things", &private(&status.private));
    if !status.refused.is_empty() {
        desk.screen.title("Your council's server did not take these", "");
        desk.screen.under("They are still here, so nothing you wrote is lost.");
    }
    status.refused.iter().for_each(|refused| draw(desk, refused));
    desk.footer()
}

/// Where what only the person's phones can read stands.
fn private(status: &PrivateStatus) -> String {
    let waiting = match status.waiting {
        0 => String::new(),
        number => format!(" {} wait on this phone until then.", words::count(number, "change")),
    };
    match status.words {
        RecoveryPhraseState::Needed => format!("they wait for your twelve words: type words enter.{waiting}"),
        RecoveryPhraseState::Changed => format!(
            "your words were changed on another phone. Type words enter, with the new ones.{waiting}"
        ),
        RecoveryPhraseState::Present if status.unopened > 0 => {
            format!("{} could not be opened", words::count(status.unopened, "thing"))
        }
        RecoveryPhraseState::Present if status.written_down => "safe; your twelve words are written down".into(),
        RecoveryPhraseState::Present => {
            "here. If you lose this phone they are lost, unless you write down your words: type words"
                .into()
        }
    }
}

fn draw(desk: &mut Desk<'_>, refused: &RefusedEdit) {
    let value = refused.value.as_str().map_or_else(|| refused.value.to_string(), str::to_owned);
    let field = words::plain(&refused.field);
    let reason = words::plain(&refused.reason);
    desk.screen.under(&format!("• {field}: \"{value}\" ({reason})"));
}

//! The state of the phone.

use promise_core::{
    AppLockState, PhoneState, PrivateStatus, PromiseError, RecoveryPhraseState, RefusedEdit,
};

use crate::{Outcome, format, session::Session};

/// The state of the phone.
pub(crate) fn all(session: &mut Session<'_>) -> Outcome {
    let status = session.phone.status()?;
    session.screen.heading("How things stand");
    let council = status.council.as_deref().unwrap_or("not paired yet");
    session.screen.fact("Council", council);
    match status.state {
        PhoneState::NotPaired | PhoneState::Paired => {}
        PhoneState::Unpaired { .. } => session.screen.text(&PromiseError::Unpaired.to_string()),
        PhoneState::Released { at } => {
            session.screen.text(&PromiseError::Released.to_string());
            if let Some(at) = at {
                session.screen.fact("Taken off", &format::ago(at, session.now));
            }
        }
    }
    let edition = match status.edition {
        None => "not here yet; type sync".to_owned(),
        Some(number) => format!("edition {number}"),
    };
    session.screen.fact("Promise", &edition);
    let lock = session.phone.app_lock().status()?.state;
    if lock == AppLockState::Locked {
        session.screen.fact("Your private things", "locked; type unlock");
    } else {
        session.screen.fact("Your private things", &private(&status.private));
    }
    if !status.refused.is_empty() {
        session.screen.title("Your council's server did not take these", "");
        session.screen.under("They are still here, so nothing you wrote is lost.");
    }
    if status.unverified > 0 {
        let what = "Something came that says it is from your council, and is not.";
        session.screen.title(what, "");
        session.screen.under("It is not shown. You still have what you had. Tell your adviser.");
    }
    if status.private.refused_keys > 0 {
        session.screen.title("Someone tried to change your twelve words. Nothing was opened.", "");
        session.screen.under(
            "You still have your words. Look at your phones: type phones. Tell your adviser.",
        );
    }
    status.refused.iter().for_each(|refused| print(session, refused));
    session.footer()
}

/// The state of what only the person's phones can read.
fn private(status: &PrivateStatus) -> String {
    let waiting = match status.waiting {
        0 => String::new(),
        number => format!(" {} wait on this phone until then.", format::count(number, "change")),
    };
    match status.recovery_phrase {
        RecoveryPhraseState::Needed => format!("they wait for your twelve words: type words enter.{waiting}"),
        RecoveryPhraseState::Changed => format!(
            "your words were changed on another phone. Type words enter, with the new ones.{waiting}"
        ),
        RecoveryPhraseState::Present if status.undecryptable > 0 => {
            format!("{} could not be opened", format::count(status.undecryptable, "thing"))
        }
        RecoveryPhraseState::Present if status.unplaced > 0 => format!(
            "{} about what your council does not publish now. They come back when it does",
            format::count(status.unplaced, "note")
        ),
        RecoveryPhraseState::Present if status.written_down => "safe; your twelve words are written down".into(),
        RecoveryPhraseState::Present => {
            "here. If you lose this phone they are lost, unless you write down your words: type words"
                .into()
        }
    }
}

fn print(session: &mut Session<'_>, refused: &RefusedEdit) {
    let value = refused.value.as_str().map_or_else(|| refused.value.to_string(), str::to_owned);
    let field = format::word(&refused.field);
    let reason = format::word(&refused.reason);
    session.screen.under(&format!("• {field}: \"{value}\" ({reason})"));
}

//! The recovery phrase, taking phones off, and erasing.

use std::{
    error::Error,
    io::{BufRead, Write},
};

use clap::Subcommand;
use promise_core::{CancelHandle, Erased};
use promise_protocol::RevocationReason;

use crate::{Outcome, session::Session};

/// What to do with the recovery phrase.
#[derive(Subcommand)]
pub(crate) enum RecoveryCommand {
    /// Show them, to be written down
    Show,
    /// Check that you wrote them down: three of them are asked for
    Check,
    /// Type them in, on a phone that waits for them
    Enter { words: Vec<String> },
    /// Change them, because another person saw them or a phone is lost
    Change,
}

impl Session<'_> {
    pub(crate) fn recovery(&mut self, command: Option<RecoveryCommand>) -> Outcome {
        match command.unwrap_or(RecoveryCommand::Show) {
            RecoveryCommand::Show => self.show_phrase(),
            RecoveryCommand::Check => self.confirm_phrase(),
            RecoveryCommand::Enter { words } => self.enter_phrase(&words.join(" ")),
            RecoveryCommand::Change => self.change_phrase(),
        }
    }

    fn show_phrase(&mut self) -> Outcome {
        let phrase = self.phone.recovery().phrase()?;
        self.screen.heading("Your twelve words");
        for (place, word) in phrase.words().enumerate() {
            self.screen.fact(&format!("{}", place + 1), word);
        }
        self.screen.gap();
        self.screen.text(
            "They open what is private: what you saved, your notes, your own people. Whoever has them and your phone's place can read it all. We do not have them, and cannot make them again.",
        );
        self.screen.text("Write them on paper if you wish. Everything works without.");
        Ok(())
    }

    fn confirm_phrase(&mut self) -> Outcome {
        let challenge = self.phone.recovery().challenge()?;
        let mut typed = Vec::new();
        for place in challenge.positions() {
            typed.push(answer(&format!("Word {place}:"))?);
        }
        let [first, second, third] = typed.as_slice() else { return Ok(()) };
        match self.phone.recovery().confirm(&challenge, [first, second, third])? {
            None => self.screen.text("That is right. You have them."),
            Some(place) => self.screen.text(&format!("Word {place} is another one. Look again.")),
        }
        Ok(())
    }

    fn enter_phrase(&mut self, typed: &str) -> Outcome {
        let typed = if typed.is_empty() { answer("Your twelve words:")? } else { typed.to_owned() };
        self.phone.recovery().enter(&typed)?;
        self.screen.text("Those are your words. What is private is open now.");
        Ok(())
    }

    fn change_phrase(&mut self) -> Outcome {
        self.phone.recovery().change()?;
        self.screen.text("Your words are new. Your other phones ask for them after the next sync.");
        self.screen.quiet("Next, type: sync, and then: words");
        Ok(())
    }

    /// Takes a phone off. Asks why, if that was not said.
    pub(crate) fn revoke_phone(&mut self, id: &str, lost: bool, unused: bool) -> Outcome {
        let reason = match (lost, unused) {
            (true, _) => RevocationReason::LostOrStolen,
            (_, true) => RevocationReason::NoLongerUsed,
            _ => ask_reason()?,
        };
        self.phone.devices().revoke(id, reason, &CancelHandle::new())?;
        match reason {
            RevocationReason::LostOrStolen => {
                self.screen.text("It gets nothing more, and is wiped when it is next in touch.");
                self.screen.quiet("If somebody may have it, type: words change");
            }
            RevocationReason::NoLongerUsed => {
                self.screen.text("It gets nothing more. What is on it stays there.");
            }
        }
        Ok(())
    }

    /// Erases the account, or this phone alone.
    pub(crate) fn erase(&mut self, sure: bool, only_here: bool) -> Outcome {
        if !sure {
            self.screen.text("This erases everything, here and at your council's server. It cannot be taken back. To take it with you first, type: export. To go on, type: erase --yes");
            return Ok(());
        }
        let erased = if only_here {
            self.phone.erase_this_phone()?;
            Erased::ThisPhone
        } else {
            self.phone.erase_account(&CancelHandle::new())?
        };
        self.screen.text(match erased {
            Erased::Everywhere => "Done. Nothing of yours is on this phone or at your council's server any more.",
            Erased::ThisPhone => "Done. Nothing of yours is on this phone any more. Your council may still have some of it. Ask them if you want it erased there too.",
        });
        Ok(())
    }
}

/// There is no answer by default: one of the two cannot be undone.
fn ask_reason() -> Result<RevocationReason, Box<dyn Error>> {
    let typed = answer(
        "Why? Type lost, if it is lost or somebody took it: then everything on it is wiped. Type unused, if you do not use it any more: then it keeps what is on it.",
    )?;
    match typed.to_lowercase().as_str() {
        "lost" => Ok(RevocationReason::LostOrStolen),
        "unused" => Ok(RevocationReason::NoLongerUsed),
        _ => Err("Type lost or unused. Nothing was changed.".into()),
    }
}

pub(crate) fn answer(question: &str) -> Result<String, Box<dyn Error>> {
    writeln!(std::io::stdout(), "{question}")?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}

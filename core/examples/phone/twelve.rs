//! The twelve words, and the person's other phones.

use std::{
    error::Error,
    io::{BufRead, Write},
};

use clap::Subcommand;
use promise_core::CancelHandle;
use qrcode::{QrCode, render::unicode::Dense1x2};

use crate::{Outcome, doing::Desk, words};

/// What to do with the twelve words.
#[derive(Subcommand)]
pub(crate) enum Twelve {
    /// Show them, to be written down
    Show,
    /// Check that you wrote them down: three of them are asked for
    Check,
    /// Type them in, on a phone that waits for them
    Enter { words: Vec<String> },
    /// Change them, because somebody saw them or a phone is lost
    Change,
}

impl Desk<'_> {
    pub(crate) fn twelve(&mut self, what: Option<Twelve>) -> Outcome {
        match what.unwrap_or(Twelve::Show) {
            Twelve::Show => self.show_words(),
            Twelve::Check => self.check_words(),
            Twelve::Enter { words } => self.enter_words(&words.join(" ")),
            Twelve::Change => self.change_words(),
        }
    }

    fn show_words(&mut self) -> Outcome {
        let words = self.phone.words()?;
        self.screen.heading("Your twelve words");
        for (place, word) in words.words().enumerate() {
            self.screen.fact(&format!("{}", place + 1), word);
        }
        self.screen.gap();
        self.screen.text(
            "They open what is private: what you saved, your notes, your own people. Whoever has them and your phone's place can read it all. We do not have them, and cannot make them again.",
        );
        self.screen.text("Write them on paper if you wish. Everything works without.");
        Ok(())
    }

    fn check_words(&mut self) -> Outcome {
        let asked = self.phone.words_to_ask()?;
        let mut typed = Vec::new();
        for place in asked.positions() {
            typed.push(answer(&format!("Word {place}:"))?);
        }
        let [first, second, third] = typed.as_slice() else { return Ok(()) };
        match self.phone.check_words(&asked, [first, second, third])? {
            None => self.screen.text("That is right. You have them."),
            Some(place) => self.screen.text(&format!("Word {place} is another one. Look again.")),
        }
        Ok(())
    }

    fn enter_words(&mut self, typed: &str) -> Outcome {
        let typed = if typed.is_empty() { answer("Your twelve words:")? } else { typed.to_owned() };
        self.phone.enter_words(&typed)?;
        self.screen.text("Those are your words. What is private is open now.");
        Ok(())
    }

    fn change_words(&mut self) -> Outcome {
        self.phone.change_words()?;
        self.screen.text("Your words are new. Your other phones ask for them after the next sync.");
        self.screen.quiet("Next, type: sync, and then: words");
        Ok(())
    }

    /// Invites another phone.
    pub(crate) fn invite_phone(&mut self) -> Outcome {
        let invitation = self.phone.invite_phone(&CancelHandle::new())?;
        let code = QrCode::new(invitation.link.as_bytes())?;
        // Terminals are dark as a rule: what is dark in the code is left empty.
        let mut picture = code.render();
        picture.dark_color(Dense1x2::Light).light_color(Dense1x2::Dark);
        self.screen.raw(&picture.build());
        self.screen.text("Show this to your other phone's camera, and to nobody else: your words are in it. It works once, for 10 minutes.");
        self.screen.fact("The same as a link", &invitation.link);
        self.screen.fact("Or type the code", &invitation.code);
        Ok(())
    }

    /// Lists the person's phones.
    pub(crate) fn phones(&mut self) -> Outcome {
        let phones = self.phone.phones(&CancelHandle::new())?;
        self.screen.heading("Your phones");
        for phone in phones {
            let mut says = Vec::new();
            says.extend(
                phone.paired_at.map(|then| format!("paired {}", words::ago(then, self.now))),
            );
            says.extend(
                phone.last_sync.map(|then| format!("synced {}", words::ago(then, self.now))),
            );
            says.extend(phone.revoked_at.map(|_| "taken off".to_owned()));
            says.extend(phone.this.then(|| "this phone".to_owned()));
            self.screen.fact(&phone.id, &says.join(", "));
        }
        self.screen.quiet("If one is lost, type: take-off and its name. Then: words change");
        Ok(())
    }

    /// Takes a phone off.
    pub(crate) fn take_off(&mut self, id: &str) -> Outcome {
        self.phone.revoke_phone(id, &CancelHandle::new())?;
        self.screen.text("It gets nothing more, and is wiped when it is next in touch.");
        self.screen.quiet("If somebody may have it, type: words change");
        Ok(())
    }

    /// Erases the account.
    pub(crate) fn erase(&mut self, sure: bool) -> Outcome {
        if !sure {
            self.screen.text("This erases everything, here and at your council's server. It cannot be taken back. To take it with you first, type: export. To go on, type: erase --yes");
            return Ok(());
        }
        self.phone.erase_account(&CancelHandle::new())?;
        self.screen
            .text("Done. Nothing of yours is on this phone or at your council's server any more.");
        Ok(())
    }
}

fn answer(question: &str) -> Result<String, Box<dyn Error>> {
    writeln!(std::io::stdout(), "{question}")?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}

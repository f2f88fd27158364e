//! Pairing this phone, and another one beside it: both sides show a number, and say yes.

use promise_core::{CancelHandle, NewDevice, PairingDetails, PromiseError, RecoveryPhraseState};
use promise_protocol::phone_record::Inviter;
use qrcode::{QrCode, render::unicode::Dense1x2};

use crate::{Outcome, recovery::answer, session::Session};

impl Session<'_> {
    /// Sends the code, shows what it is for, and asks.
    pub(crate) fn pair(&mut self, server: &str, code: &str) -> Outcome {
        let cancel = CancelHandle::new();
        self.screen
            .text("One moment. If the code is from another phone of yours, keep that one at hand.");
        self.screen.print();
        let offer = if code.is_empty() {
            self.phone.pair_by_link(server, &cancel)?
        } else {
            self.phone.pair(server, code, &cancel)?
        };
        let details = offer.details();
        self.show_offer(&details)?;
        let question = if details.link.is_some() {
            "Has your other phone taken the number? Type yes or no."
        } else {
            "Is that right? Type yes or no."
        };
        if !is_yes(&answer(question)?) {
            self.phone.refuse_pairing(&offer, &cancel)?;
            self.screen.text("You said no. Nothing was connected.");
            return Ok(());
        }
        self.screen.quiet("Waiting for the other side to say yes.");
        self.screen.print();
        self.phone.finish_pairing(&offer, &cancel)?;
        let council = self.phone.council()?.unwrap_or_default();
        self.screen.text(&format!("Paired. This phone now belongs with {council}."));
        if self.phone.status()?.private.recovery_phrase == RecoveryPhraseState::Needed {
            self.screen.text(
                "You have another phone, or had one. To open what is private, type: words enter",
            );
        }
        self.screen.quiet("Next, type: sync");
        Ok(())
    }

    fn show_offer(&mut self, details: &PairingDetails) -> Outcome {
        let who = match (&details.inviter, &details.invited_by) {
            (Inviter::Phone, _) => "Another phone of yours".to_owned(),
            (_, Some(name)) => name.clone(),
            _ => details.council.clone(),
        };
        self.screen.heading(&details.digits);
        self.screen.fact("Council", &details.council);
        self.screen.fact("Its address", &details.server);
        self.screen.fact("Who made the code", &who);
        if let Some(link) = &details.link {
            self.picture(link)?;
            self.screen.text(
                "Type the number into your other phone, or scan this with it. It holds no words.",
            );
        } else {
            self.screen
                .text("The other screen must show the same number. If it does not, type no.");
            self.screen.text(
                "Is the address not your council’s, or do you not know it? Ask your adviser first.",
            );
        }
        self.screen.print();
        Ok(())
    }

    /// Invites another phone, waits for it, and asks for its number.
    pub(crate) fn invite_phone(&mut self) -> Outcome {
        let cancel = CancelHandle::new();
        let invitation = self.phone.devices().invite(&cancel)?;
        self.picture(&invitation.link)?;
        self.screen.text("Scan this with your other phone, or type the code there. It works once, for 10 minutes.");
        self.screen.fact("The same as a link", &invitation.link);
        self.screen.fact("The code", &invitation.code);
        self.screen.quiet("Waiting for your other phone.");
        self.screen.print();
        let device = self.phone.devices().wait_for_new(&invitation.code, &cancel)?;
        self.confirm_new(&device, &cancel)
    }

    /// Asks until the right number was typed, or the person says no.
    fn confirm_new(&mut self, device: &NewDevice, cancel: &CancelHandle) -> Outcome {
        loop {
            let typed =
                answer("Which number does your other phone show? If it is not yours, type no.")?;
            if typed.eq_ignore_ascii_case("no") || typed.is_empty() {
                self.phone.devices().refuse_new(device, cancel)?;
                self.screen.text("You said no. Nothing was connected.");
                return Ok(());
            }
            match self.phone.devices().confirm_new(device, &typed, cancel) {
                Ok(()) => break,
                Err(error @ PromiseError::DigitsDiffer) => {
                    self.screen.text(&error.to_string());
                    self.screen.print();
                }
                Err(error) => return Err(error.into()),
            }
        }
        self.screen
            .text("Your other phone is connected, and has your words if they are on this one.");
        Ok(())
    }

    fn picture(&mut self, text: &str) -> Outcome {
        let code = QrCode::new(text.as_bytes())?;
        // Terminals are dark as a rule: what is dark in the code is left empty.
        let mut picture = code.render();
        picture.dark_color(Dense1x2::Light).light_color(Dense1x2::Dark);
        self.screen.raw(&picture.build());
        Ok(())
    }
}

fn is_yes(typed: &str) -> bool {
    matches!(typed.to_lowercase().as_str(), "y" | "yes")
}

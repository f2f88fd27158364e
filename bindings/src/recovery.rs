//! The recovery phrase. The screen that shows it is kept out of screenshots and of the list of recent
//! apps.

use promise_core::{PromiseError, sealing::PhraseChallenge};

use crate::{guard::guard, phone::PocketPhone};

#[uniffi::export]
impl PocketPhone {
    /// The twelve words of the recovery phrase, for the person to write down if they wish.
    pub fn recovery_phrase(&self) -> Result<Vec<String>, PromiseError> {
        guard(|| Ok(self.0.recovery().phrase()?.words().map(str::to_owned).collect()))
    }

    /// Three positions, counted from 1, whose words the person types to show that they wrote the phrase
    /// down.
    pub fn recovery_phrase_challenge(&self) -> Result<Vec<u32>, PromiseError> {
        guard(|| {
            let positions = self.0.recovery().challenge()?.positions();
            Ok(positions.into_iter().filter_map(narrow).collect())
        })
    }

    /// Checks the words that the person typed for a challenge. Returns the first position at which the
    /// word is wrong; if all are right, returns nothing and records that the phrase is written down.
    pub fn confirm_recovery_phrase(
        &self,
        positions: Vec<u32>,
        typed: Vec<String>,
    ) -> Result<Option<u32>, PromiseError> {
        guard(|| {
            let challenge = challenge(&positions).ok_or_else(|| invalid("positions"))?;
            let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
            let typed = <[&str; 3]>::try_from(typed).map_err(|_| invalid("typed"))?;
            Ok(self.0.recovery().confirm(&challenge, typed)?.and_then(narrow))
        })
    }

    /// Enters the phrase as the person typed it, and opens what is private. Needs no connection.
    pub fn enter_recovery_phrase(&self, typed: String) -> Result<(), PromiseError> {
        guard(|| self.0.recovery().enter(&typed))
    }

    /// Changes the phrase, because a stranger saw it or a phone is lost. Only a phone that has the phrase in use can.
    /// Everything private is sealed again under the new one at the next sync; the person's other phones ask for it.
    /// It protects from then on: until that sync, someone who has the old phrase could still change it first.
    pub fn change_recovery_phrase(&self) -> Result<(), PromiseError> {
        guard(|| self.0.recovery().change())
    }
}

fn narrow(position: usize) -> Option<u32> {
    u32::try_from(position).ok()
}

fn challenge(positions: &[u32]) -> Option<PhraseChallenge> {
    let wide = positions.iter().map(|at| usize::try_from(*at).ok()).collect::<Option<Vec<_>>>()?;
    PhraseChallenge::from_positions(wide.try_into().ok()?)
}

fn invalid(field: &str) -> PromiseError {
    PromiseError::Invalid { field: field.to_owned() }
}

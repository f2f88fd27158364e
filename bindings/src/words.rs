//! The twelve words. The screen that shows them is kept out of screenshots and of the list of
//! recent apps.

use promise_core::{PromiseError, sealing::PhraseChallenge};

use crate::{guard::guard, phone::PocketPhone};

#[uniffi::export]
impl PocketPhone {
    /// The twelve words, for the person to write down if they wish.
    pub fn words(&self) -> Result<Vec<String>, PromiseError> {
        guard(|| Ok(self.0.words()?.words().map(str::to_owned).collect()))
    }

    /// Three positions, counted from 1, at which to ask for the words: to see that they were
    /// written down.
    pub fn words_to_ask(&self) -> Result<Vec<u32>, PromiseError> {
        guard(|| Ok(self.0.words_to_ask()?.positions().into_iter().filter_map(small).collect()))
    }

    /// Whether the person typed the words at these positions: the first position at which they did
    /// not, or nothing; then the phone remembers that the words are written down.
    pub fn check_words(
        &self,
        positions: Vec<u32>,
        typed: Vec<String>,
    ) -> Result<Option<u32>, PromiseError> {
        guard(|| {
            let asked = asked(&positions).ok_or_else(|| invalid("positions"))?;
            let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
            let typed = <[&str; 3]>::try_from(typed).map_err(|_| invalid("typed"))?;
            Ok(self.0.check_words(&asked, typed)?.and_then(small))
        })
    }

    /// Enters the words that the person typed, and opens what is private. Needs no connection.
    pub fn enter_words(&self, typed: String) -> Result<(), PromiseError> {
        guard(|| self.0.enter_words(&typed))
    }

    /// Changes the words, because somebody saw them or a phone is lost. Everything private is sealed
    /// again under the new ones at the next sync; the person's other phones ask for them.
    pub fn change_words(&self) -> Result<(), PromiseError> {
        guard(|| self.0.change_words())
    }
}

fn small(position: usize) -> Option<u32> {
    u32::try_from(position).ok()
}

fn asked(positions: &[u32]) -> Option<PhraseChallenge> {
    let wide = positions.iter().map(|at| usize::try_from(*at).ok()).collect::<Option<Vec<_>>>()?;
    PhraseChallenge::from_positions(wide.try_into().ok()?)
}

fn invalid(field: &str) -> PromiseError {
    PromiseError::Invalid { field: field.to_owned() }
}

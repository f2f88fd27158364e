//! The twelve words, as the app sees them.

use super::{PocketPhone, PromiseError, Topic, pairing::new_words};
use crate::{
    sealing::{PhraseChallenge, RecoveryPhrase},
    sync::recovery,
};

impl PocketPhone {
    /// The twelve words, for the person to write down if they wish. Everything works without; what
    /// is then lost with the phone is what is private. [`PromiseError::WordsNeeded`]: they are not here.
    ///
    /// Show them only when the person asks for them, and keep them out of screenshots and of the
    /// list of recent apps.
    pub fn words(&self) -> Result<RecoveryPhrase, PromiseError> {
        self.transact(recovery::current)?.ok_or(PromiseError::WordsNeeded)
    }

    /// Three positions, for the person to show that they wrote the words down.
    pub fn words_to_ask(&self) -> Result<PhraseChallenge, PromiseError> {
        let mut random = [0; 8];
        getrandom::fill(&mut random).map_err(|_| PromiseError::Internal)?;
        Ok(PhraseChallenge::choose(u64::from_le_bytes(random)))
    }

    /// Whether the person typed the three words that were asked for: the first position, counted
    /// from 1, at which they did not, or `None`; then the phone remembers that they are written
    /// down.
    pub fn check_words(
        &self,
        asked: &PhraseChallenge,
        typed: [&str; 3],
    ) -> Result<Option<usize>, PromiseError> {
        let words = self.words()?;
        let wrong = asked.first_wrong(&words, typed);
        if wrong.is_none() {
            self.transact(|tx| tx.set_written_down(&words.entropy()))?;
            self.tell([Topic::Status]);
        }
        Ok(wrong)
    }

    /// Enters the words that the person typed, in any case and with any spaces, and opens what is
    /// private. Needs no connection. Words that cannot be right are told apart at once
    /// ([`PromiseError::WordNotOnTheList`], [`PromiseError::WordsCount`], [`PromiseError::WordsMixedUp`]), somebody
    /// else's after trying ([`PromiseError::WordsOfAnother`]); nothing is changed then.
    pub fn enter_words(&self, typed: &str) -> Result<(), PromiseError> {
        self.take_words(&RecoveryPhrase::parse(typed)?)
    }

    /// Changes the words, for instance because somebody saw them or a phone is lost: everything
    /// private is sealed again under the new ones at the next sync. The person's other phones ask
    /// for the new words. Whoever has the old ones cannot read what is written from now on.
    /// [`PromiseError::NotSynced`]: sync first.
    pub fn change_words(&self) -> Result<(), PromiseError> {
        let (now, random) = (self.clock.now_millis(), new_words()?);
        self.transact(|tx| recovery::change(tx, now, &random))?;
        self.tell([Topic::Status]);
        Ok(())
    }
}

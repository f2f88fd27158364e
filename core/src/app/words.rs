//! The twelve words, as the app sees them.

use super::{Error, Phone, Topic, pairing::new_words};
use crate::{
    sealing::{Asked, Words},
    sync::words,
};

impl Phone {
    /// The twelve words, for the person to write down if they wish. Everything works without; what
    /// is then lost with the phone is what is private. [`Error::WordsNeeded`]: they are not here.
    ///
    /// Show them only when the person asks for them, and keep them out of screenshots and of the
    /// list of recent apps.
    pub fn words(&self) -> Result<Words, Error> {
        self.transact(words::current)?.ok_or(Error::WordsNeeded)
    }

    /// Three positions, for the person to show that they wrote the words down.
    pub fn words_to_ask(&self) -> Result<Asked, Error> {
        let mut random = [0; 8];
        getrandom::fill(&mut random).map_err(|_| Error::Internal)?;
        Ok(Asked::choose(u64::from_le_bytes(random)))
    }

    /// Whether the person typed the three words that were asked for: the first position, counted
    /// from 1, at which they did not, or `None`; then the phone remembers that they are written
    /// down.
    pub fn check_words(&self, asked: &Asked, typed: [&str; 3]) -> Result<Option<usize>, Error> {
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
    /// ([`Error::WordNotOnTheList`], [`Error::WordsCount`], [`Error::WordsMixedUp`]), somebody
    /// else's after trying ([`Error::WordsOfAnother`]); nothing is changed then.
    pub fn enter_words(&self, typed: &str) -> Result<(), Error> {
        self.take_words(&Words::parse(typed)?)
    }

    /// Changes the words, for instance because somebody saw them or a phone is lost: everything
    /// private is sealed again under the new ones at the next sync. The person's other phones ask
    /// for the new words. Whoever has the old ones cannot read what is written from now on.
    /// [`Error::NotSynced`]: sync first.
    pub fn change_words(&self) -> Result<(), Error> {
        let (now, random) = (self.clock.now_millis(), new_words()?);
        self.transact(|tx| words::change(tx, now, &random))?;
        self.tell([Topic::Status]);
        Ok(())
    }
}

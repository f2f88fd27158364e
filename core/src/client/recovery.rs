//! The recovery phrase: twelve words that open what is private on another phone.

use super::{PocketPhone, PromiseError};
use crate::{
    app_lock::View,
    collections::{Topic, devices, registry},
    sealing::{PhraseChallenge, RecoveryPhrase},
    store::Entropy,
    sync::recovery,
};

/// The young person's recovery phrase. Everything works without writing it down; what is private is
/// then lost together with the phone.
pub struct Recovery<'a>(&'a PocketPhone);

impl PocketPhone {
    /// The young person's recovery phrase.
    pub fn recovery(&self) -> Recovery<'_> {
        Recovery(self)
    }

    pub(super) fn enter_recovery_phrase(
        &self,
        phrase: &RecoveryPhrase,
    ) -> Result<(), PromiseError> {
        let changed = self.transact(|tx| recovery::enter(tx, phrase))?;
        let topics = changed.iter().filter_map(|name| registry::topic(name));
        self.notify(topics.chain([Topic::Status]));
        Ok(())
    }
}

impl Recovery<'_> {
    /// The phrase, for the person to write down if they wish. Fails with
    /// [`PromiseError::RecoveryPhraseNeeded`] if it is not on this phone.
    ///
    /// Show it only when the person asks for it, and keep it out of screenshots and of the list of
    /// recent apps.
    pub fn phrase(&self) -> Result<RecoveryPhrase, PromiseError> {
        match self.0.view() {
            View::Full => {}
            View::Locked => return Err(PromiseError::Locked),
            View::Quiet => return Err(PromiseError::RecoveryPhraseNeeded),
        }
        self.0.transact(recovery::current)?.ok_or(PromiseError::RecoveryPhraseNeeded)
    }

    /// Chooses three positions whose words the person types, to show that they wrote the phrase down.
    pub fn challenge(&self) -> Result<PhraseChallenge, PromiseError> {
        let mut random = [0; 8];
        getrandom::fill(&mut random).map_err(|_| PromiseError::Internal)?;
        Ok(PhraseChallenge::choose(u64::from_le_bytes(random)))
    }

    /// Checks the three words that the person typed. Returns the first position, counted from 1, at
    /// which the word is wrong. If all are right, returns `None` and records that the phrase is
    /// written down.
    pub fn confirm(
        &self,
        challenge: &PhraseChallenge,
        typed: [&str; 3],
    ) -> Result<Option<usize>, PromiseError> {
        let phrase = self.phrase()?;
        let wrong = challenge.first_wrong(&phrase, typed);
        if wrong.is_none() {
            self.0.transact(|tx| tx.set_written_down(&phrase.entropy()))?;
            self.0.notify([Topic::Status]);
        }
        Ok(wrong)
    }

    /// Enters the phrase as the person typed it, in any case and with any spaces, and opens what is
    /// private. Needs no connection.
    ///
    /// A text that is no phrase is refused at once ([`PromiseError::UnknownRecoveryWord`],
    /// [`PromiseError::RecoveryPhraseLength`], [`PromiseError::RecoveryPhraseChecksum`]), another
    /// person's after trying it ([`PromiseError::WrongRecoveryPhrase`]). Nothing is changed then. Fails with
    /// [`PromiseError::NotSynced`] if the phone knows of no key of the person yet.
    ///
    /// Unless the app lock is open, the phrase in use, and no earlier one, removes the PIN: the person forgot
    /// it. It must go on from words that were on this phone: a phone that never had any is not unlocked by words.
    pub fn enter(&self, typed: &str) -> Result<(), PromiseError> {
        let phrase = RecoveryPhrase::parse(typed)?;
        let is_open = self.0.view() == View::Full;
        if !is_open && !self.0.transact(|tx| recovery::is_certified_in_use(tx, &phrase))? {
            return Err(PromiseError::WrongRecoveryPhrase);
        }
        self.0.enter_recovery_phrase(&phrase)?;
        if is_open { Ok(()) } else { self.0.remove_lock() }
    }

    /// Changes the phrase, because a stranger saw it or a phone is lost: everything private is sealed
    /// again under the new one at the next sync. The person's other phones ask for the new phrase. The
    /// old one does not open what is written from now on.
    ///
    /// Someone who has the old phrase can change it too until that sync: sync at once.
    ///
    /// Only the phrase in use can be followed by another one: fails with
    /// [`PromiseError::RecoveryPhraseNeeded`] if it is not on this phone, with [`PromiseError::NotSynced`]
    /// if the phone knows of no key of the person yet, and with [`PromiseError::LimitedPhone`] if it waits to be
    /// confirmed. If another phone changed the phrase first, this one asks for that one after the next sync.
    pub fn change(&self) -> Result<(), PromiseError> {
        self.0.require_open()?;
        let entropy = random_entropy()?;
        self.0.transact(|tx| {
            if devices::is_this_limited(tx)? {
                return Err(PromiseError::LimitedPhone);
            }
            Ok(recovery::change(tx, &entropy)?)
        })?;
        self.0.notify([Topic::Status]);
        Ok(())
    }
}

/// The entropy of a new phrase.
pub(super) fn random_entropy() -> Result<Entropy, PromiseError> {
    let mut entropy = Entropy::default();
    getrandom::fill(entropy.as_mut_slice()).map_err(|_| PromiseError::Internal)?;
    Ok(entropy)
}

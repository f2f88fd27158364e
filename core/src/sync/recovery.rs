//! The person's recovery phrase on this phone: generating, entering and changing it.
//!
//! A recovery phrase makes a key, and all phones of the person share the history of their keys. By it a phone
//! knows whether its phrase is the one in use. Only a phone that has that phrase can change it: it certifies
//! the step to the next key. Of two changes at the same time the server accepts the first one.

use std::collections::BTreeSet;

use promise_protocol::{Change, KeyStep, signature::SigningKey};
use thiserror::Error;

use super::{
    edit::EditError,
    key_history::{self, is_step},
    keyring::{Keyring, key_in_use as check_in_use},
    merge::Merge,
};
use crate::{
    sealing::{AccountKey, RecoveryPhrase},
    store::{Entropy, Pairing, StoreError, Tx},
};

/// Whether the recovery phrase in use is on this phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum RecoveryPhraseState {
    /// It is here: sealed data is synced between the person's phones.
    Present,
    /// No phrase of a key that is known is here. Sealed data waits until the person enters it.
    #[default]
    Needed,
    /// It was changed on another phone. Sealed data waits until the person enters the new one.
    Changed,
}

/// Why a recovery phrase was not accepted.
#[derive(Debug, Error)]
pub enum EnterError {
    /// It is another person's, or an earlier one of this person's under which nothing is left.
    #[error("the recovery phrase is not this person's")]
    WrongPhrase,
    /// This phone knows of no key of the person yet, so that no phrase can be recognised. Retrying helps after
    /// a sync: after a restore that lost the history of the keys, another phone of the person brings it.
    #[error("no key of the person is known yet")]
    NotSynced,
    /// The phone is not paired, or the store failed.
    #[error(transparent)]
    Edit(#[from] EditError),
}

/// Why the recovery phrase was not changed.
#[derive(Debug, Error)]
pub enum ChangeError {
    /// This phone knows of no key of the person yet, which a restore lost. Retrying helps once another phone of
    /// theirs has brought it.
    #[error("no key of the person is known yet")]
    NotSynced,
    /// The phrase in use is not on this phone. Enter it first: only it can certify the next one.
    #[error("the recovery phrase in use is needed to change it")]
    PhraseNeeded,
    /// The phone is not paired, or the store failed.
    #[error(transparent)]
    Edit(#[from] EditError),
}

impl From<StoreError> for ChangeError {
    fn from(error: StoreError) -> Self {
        Self::Edit(error.into())
    }
}

impl From<StoreError> for EnterError {
    fn from(error: StoreError) -> Self {
        Self::Edit(error.into())
    }
}

/// Returns the state of the recovery phrase on this phone.
pub fn state(tx: &mut dyn Tx) -> Result<RecoveryPhraseState, StoreError> {
    let keyring = Keyring::load(tx)?;
    // Words are here that another phone gave, or that a fresh start ended, while no key is known.
    let is_any_known = check_in_use(tx)?.is_some();
    Ok(match keyring.current() {
        Some(_) => RecoveryPhraseState::Present,
        None if keyring.has_keys() && is_any_known => RecoveryPhraseState::Changed,
        None => RecoveryPhraseState::Needed,
    })
}

/// Returns the check value of the key in use, as far as this phone knows.
#[cfg(any(test, feature = "testing"))]
pub fn key_in_use(tx: &mut dyn Tx) -> Result<Option<String>, StoreError> {
    check_in_use(tx)
}

/// Returns the recovery phrase in use, if it is here.
pub fn current(tx: &mut dyn Tx) -> Result<Option<RecoveryPhrase>, StoreError> {
    let Some(check) = check_in_use(tx)? else { return Ok(None) };
    let Some(pairing) = tx.pairing()? else { return Ok(None) };
    let phrases = tx.recovery_phrases()?;
    let mut phrases = phrases.iter().map(|entropy| RecoveryPhrase::from_entropy(entropy));
    Ok(phrases.find(|phrase| {
        AccountKey::derive(phrase, &pairing.council, &pairing.person).matches_check(&check)
    }))
}

/// Returns how many of the cells that are stored as undecryptable a phrase of this phone opens. Each is
/// about a record that is not here, such as an opportunity of an edition that a restore lost.
pub fn count_unplaced(tx: &mut dyn Tx) -> Result<u64, StoreError> {
    let (keyring, cells) = (Keyring::load(tx)?, tx.undecryptable_cells()?);
    Ok(cells.iter().map(|cell| u64::from(keyring.open(cell).is_some())).sum())
}

/// Returns `true` if this is the recovery phrase in use, and goes on from one that was on this phone. It need not
/// be here itself.
///
/// A phone that never had words learns which key is in use from its server alone, and must not be unlocked by
/// words that only a server vouches for.
pub fn is_certified_in_use(tx: &mut dyn Tx, phrase: &RecoveryPhrase) -> Result<bool, EditError> {
    let pairing = tx.pairing()?.ok_or(EditError::NotPaired)?;
    let key = AccountKey::derive(phrase, &pairing.council, &pairing.person);
    Ok(key_history::certified_in_use(tx)?.is_some_and(|in_use| in_use == *key.owner()))
}

/// At pairing: learns the history of the person's keys. Leaves out every step that the council did not sign, or
/// that this phone refuses. With a fresh start that it did not know of, it forgets its own steps.
pub fn learn_history(tx: &mut dyn Tx, steps: &[Change]) -> Result<(), StoreError> {
    let before = key_history::accepted(tx)?;
    let mut merge = Merge::new(tx)?;
    for step in steps.iter().filter(|change| is_step(change)) {
        merge.change(step)?;
    }
    merge.finish()?;
    if key_history::accepted(tx)?.fresh_start() > before.fresh_start() {
        key_history::forget_proposed(tx)?;
    }
    let keyring = Keyring::load(tx)?;
    key_history::settle(tx, &keyring)?;
    let mut state = tx.sync_state()?;
    state.greatest_reading = state.greatest_reading.max(tx.greatest_reading()?);
    tx.set_sync_state(&state)
}

/// At pairing of the person's first phone, also after a fresh start: generates the recovery phrase, if this phone
/// knows of no key that counts. Every other phone waits until the person enters the phrase.
///
/// `random` must be random.
pub fn generate_if_first(tx: &mut dyn Tx, random: &Entropy) -> Result<(), EditError> {
    if check_in_use(tx)?.is_some() {
        return Ok(());
    }
    let pairing = tx.pairing()?.ok_or(EditError::NotPaired)?;
    let owner = owner_key(random, &pairing);
    tx.add_recovery_phrase(random)?;
    Ok(key_history::propose(tx, KeyStep::first(&owner, &pairing.council, &pairing.person))?)
}

/// Changes the recovery phrase. Everything sealed is resent under the new key, and what is under the
/// one before is cleared. `random` must be random.
///
/// The key of the phrase in use certifies the new one. So this phone must have it
/// ([`ChangeError::PhraseNeeded`] if not), and must know of it ([`ChangeError::NotSynced`]). If the server has
/// accepted another phone's change by the time that this one reaches it, the phone asks for that phrase.
pub fn change(tx: &mut dyn Tx, random: &Entropy) -> Result<(), ChangeError> {
    if check_in_use(tx)?.is_none() {
        return Err(ChangeError::NotSynced);
    }
    let pairing = tx.pairing()?.ok_or(EditError::NotPaired)?;
    let keyring = Keyring::load(tx)?;
    let before = keyring.current().ok_or(ChangeError::PhraseNeeded)?.owner_key();
    let next = owner_key(random, &pairing).public_key();
    tx.add_recovery_phrase(random)?;
    let step = KeyStep::after(&before, next, &pairing.council, &pairing.person);
    Ok(key_history::propose(tx, step)?)
}

/// Enters a recovery phrase that the person typed or scanned, and opens what it opens. Returns the
/// collections that changed.
///
/// An earlier phrase is accepted too if something is still under it, even if its record is not known yet:
/// the record's id may be under another phrase, which the person enters next.
pub fn enter(tx: &mut dyn Tx, phrase: &RecoveryPhrase) -> Result<BTreeSet<String>, EnterError> {
    let pairing = tx.pairing()?.ok_or(EditError::NotPaired)?;
    let key = AccountKey::derive(phrase, &pairing.council, &pairing.person);
    let candidates = key_history::candidates(tx)?;
    let is_current = candidates.contains(key.owner());
    let keyring = Keyring::load(tx)?;
    let is_needed = tx.undecryptable_cells()?.iter().any(|cell| keyring.is_opened_by(&key, cell));
    if !is_current && !is_needed {
        let is_unknown = candidates.is_empty();
        return Err(if is_unknown { EnterError::NotSynced } else { EnterError::WrongPhrase });
    }
    tx.add_recovery_phrase(&phrase.entropy())?;
    let keyring = Keyring::load(tx)?;
    key_history::settle(tx, &keyring)?;
    let mut merge = Merge::new(tx)?;
    merge.retry_undecryptable()?;
    Ok(merge.finish()?)
}

/// Enters a recovery phrase that another phone of the person handed over. It counts only once the history of the keys
/// leads to it: until then it is kept, because the other phone can have changed it, or a restore can have lost the
/// history, and the server does not know yet.
pub fn enter_from_phone(
    tx: &mut dyn Tx,
    phrase: &RecoveryPhrase,
) -> Result<BTreeSet<String>, EnterError> {
    match enter(tx, phrase) {
        Err(EnterError::NotSynced | EnterError::WrongPhrase) => {
            tx.add_recovery_phrase(&phrase.entropy())?;
            Ok(BTreeSet::new())
        }
        entered => entered,
    }
}

fn owner_key(entropy: &Entropy, pairing: &Pairing) -> SigningKey {
    let phrase = RecoveryPhrase::from_entropy(entropy);
    AccountKey::derive(&phrase, &pairing.council, &pairing.person).owner_key()
}

//! The person's recovery phrase on this phone: generating, entering and changing it.
//!
//! A recovery phrase makes a key, and the key's check value is a cell that all phones of the person
//! share. By it a phone knows whether its phrase is the one in use. Two phones that change the
//! phrase at the same time agree on the later one, as with every other cell.

use std::collections::{BTreeMap, BTreeSet};

use promise_protocol::schema::KEY_CHECK;
use serde_json::json;
use thiserror::Error;

use super::{
    edit::{self, EditError},
    keyring::{Keyring, key_check},
    merge::Merge,
};
use crate::{
    sealing::{AccountKey, RecoveryPhrase},
    store::{Entropy, StoreError, Tx},
};

/// Whether the recovery phrase in use is on this phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum RecoveryPhraseState {
    /// It is here: sealed data is synced between the person's phones.
    Present,
    /// No phrase was ever here. Sealed data waits until the person enters it.
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
    /// The phone is not paired, or the store failed.
    #[error(transparent)]
    Edit(#[from] EditError),
}

/// Why the recovery phrase was not changed.
#[derive(Debug, Error)]
pub enum ChangeError {
    /// The phone has not synced since it was paired. Retrying helps after a sync.
    #[error("the phone has not synced yet")]
    NotSynced,
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
    Ok(match keyring.current() {
        Some(_) => RecoveryPhraseState::Present,
        None if keyring.has_keys() => RecoveryPhraseState::Changed,
        None => RecoveryPhraseState::Needed,
    })
}

/// Returns the check value of the key in use, as far as this phone knows.
#[cfg(any(test, feature = "testing"))]
pub fn key_in_use(tx: &mut dyn Tx) -> Result<Option<String>, StoreError> {
    key_check(tx)
}

/// Returns the recovery phrase in use, if it is here.
pub fn current(tx: &mut dyn Tx) -> Result<Option<RecoveryPhrase>, StoreError> {
    let Some(check) = key_check(tx)? else { return Ok(None) };
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

/// Returns `true` if this is the recovery phrase in use, whether or not it is on this phone.
pub fn is_in_use(tx: &mut dyn Tx, phrase: &RecoveryPhrase) -> Result<bool, EditError> {
    let pairing = tx.pairing()?.ok_or(EditError::NotPaired)?;
    let key = AccountKey::derive(phrase, &pairing.council, &pairing.person);
    Ok(key_check(tx)?.is_some_and(|check| key.matches_check(&check)))
}

/// At pairing: generates the recovery phrase if the server sent no `key_check`, which means that
/// this is the person's first phone. Otherwise the phone waits until the person enters the phrase.
///
/// `random` must be random. It is not used if a phrase is here from an earlier pairing.
pub fn generate_if_first(
    tx: &mut dyn Tx,
    local_now: i64,
    random: &Entropy,
) -> Result<(), EditError> {
    if key_check(tx)?.is_some() {
        return Ok(());
    }
    let entropy = tx.recovery_phrases()?.into_iter().next().unwrap_or_else(|| random.clone());
    put_in_use(tx, local_now, &entropy)
}

/// Changes the recovery phrase. Everything sealed is resent under the new key, and what is under the
/// one before is cleared. `random` must be random.
///
/// This works without the phrase in use, for a person who lost it. What only the lost phrase opens
/// stays on the server until the person finds it.
///
/// Returns [`ChangeError::NotSynced`] before the first sync: the stamp of the phrase in use may be
/// greater than one that is taken now, and would then win.
pub fn change(tx: &mut dyn Tx, local_now: i64, random: &Entropy) -> Result<(), ChangeError> {
    let (collection, id, field) = KEY_CHECK;
    let in_use = tx.current_record(collection, id)?;
    if !in_use.iter().any(|cell| cell.key.field == field) {
        return Err(ChangeError::NotSynced);
    }
    Ok(put_in_use(tx, local_now, random)?)
}

/// Enters a recovery phrase that the person typed or scanned, and opens what it opens. Returns the
/// collections that changed.
///
/// An earlier phrase is accepted too if something is still under it, even if its record is not known yet:
/// the record's id may be under another phrase, which the person enters next.
pub fn enter(tx: &mut dyn Tx, phrase: &RecoveryPhrase) -> Result<BTreeSet<String>, EnterError> {
    let pairing = tx.pairing()?.ok_or(EditError::NotPaired)?;
    let key = AccountKey::derive(phrase, &pairing.council, &pairing.person);
    let is_current = is_in_use(tx, phrase)?;
    let keyring = Keyring::load(tx)?;
    let is_needed = tx.undecryptable_cells()?.iter().any(|cell| keyring.is_opened_by(&key, cell));
    if !is_current && !is_needed {
        return Err(EnterError::WrongPhrase);
    }
    tx.add_recovery_phrase(&phrase.entropy())?;
    let mut merge = Merge::new(tx)?;
    merge.retry_undecryptable()?;
    Ok(merge.finish()?)
}

fn put_in_use(tx: &mut dyn Tx, local_now: i64, entropy: &Entropy) -> Result<(), EditError> {
    let pairing = tx.pairing()?.ok_or(EditError::NotPaired)?;
    tx.add_recovery_phrase(entropy)?;
    let phrase = RecoveryPhrase::from_entropy(entropy);
    let key = AccountKey::derive(&phrase, &pairing.council, &pairing.person);
    let (collection, id, field) = KEY_CHECK;
    let fields = BTreeMap::from([(field.to_owned(), json!(key.check_value()))]);
    edit::write(tx, local_now, collection, id, fields).map(drop)
}

//! The person's words on this phone: making them, entering them, changing them.
//!
//! Words make a key, and the key's check value is a cell that all phones of the person share. So a
//! phone knows whether its words are the ones in use, and two phones that change them at once agree
//! on the later ones like on everything else.

use std::collections::{BTreeMap, BTreeSet};

use promise_protocol::{CellKey, schema::KEY_CHECK};
use serde_json::json;
use thiserror::Error;

use super::{
    edit::{self, EditError},
    keyring::{Keyring, check_value},
    merge::Merge,
};
use crate::{
    sealing::{AccountKey, Words},
    store::{Entropy, StoreError, Tx},
};

/// How this phone stands with its person's words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum WordsState {
    /// The words are here: what is private travels between the person's phones.
    Here,
    /// They were never here, and what is private waits for them.
    #[default]
    Needed,
    /// They were changed on another phone, and what is private waits for the new ones.
    Changed,
}

/// Why words were not taken.
#[derive(Debug, Error)]
pub enum EnterError {
    /// They are somebody else's, or ones the person does not use any more.
    #[error("these words are not the person's")]
    OfAnother,
    /// The phone is not paired, or the store could not do it.
    #[error(transparent)]
    Edit(#[from] EditError),
}

/// Why words were not changed.
#[derive(Debug, Error)]
pub enum ChangeError {
    /// The phone has not synced since it was paired. It must, first.
    #[error("the phone has not synced yet")]
    NotSynced,
    /// The phone is not paired, or the store could not do it.
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

/// How this phone stands with its person's words.
pub fn state(tx: &mut dyn Tx) -> Result<WordsState, StoreError> {
    let keyring = Keyring::load(tx)?;
    Ok(match keyring.current() {
        Some(_) => WordsState::Here,
        None if keyring.has_keys() => WordsState::Changed,
        None => WordsState::Needed,
    })
}

/// The check value of the words in use, as far as this phone knows.
pub fn key_in_use(tx: &mut dyn Tx) -> Result<Option<String>, StoreError> {
    check_value(tx)
}

/// The words in use, if they are here.
pub fn current(tx: &mut dyn Tx) -> Result<Option<Words>, StoreError> {
    let Some(check) = check_value(tx)? else { return Ok(None) };
    let Some(pairing) = tx.pairing()? else { return Ok(None) };
    let words = tx.words()?.into_iter().map(|bits| Words::from_entropy(&bits));
    let is_current =
        |words: &Words| AccountKey::derive(words, &pairing.council, &pairing.person).is_for(&check);
    let mut words = words.filter(is_current);
    Ok(words.next())
}

/// Whether the key's check value waits to be sent: that is nothing the person wrote.
pub(crate) fn is_key_unsent(tx: &mut dyn Tx) -> Result<bool, StoreError> {
    let (collection, id, field) = KEY_CHECK;
    Ok(tx.unsent(&CellKey::new(collection, id, field))?.is_some())
}

/// At pairing: the person's first phone makes the words. `random` must be random. A phone whose
/// person has a key already waits for its words.
pub fn begin(tx: &mut dyn Tx, local_now: i64, random: &Entropy) -> Result<(), EditError> {
    if check_value(tx)?.is_some() {
        return Ok(());
    }
    let bits = tx.words()?.into_iter().next().unwrap_or_else(|| random.clone());
    put_in_use(tx, local_now, &bits)
}

/// Changes the words: there is a new key, under which everything private is sealed again, and what
/// is under the one before is emptied. `random` must be random.
///
/// This also works where the words in use are not here, because they are lost. What only they open
/// stays on the server until they turn up. [`ChangeError::NotSynced`]: a stamp that is taken now may
/// be beaten by that of the words in use, which would then stay.
pub fn change(tx: &mut dyn Tx, local_now: i64, random: &Entropy) -> Result<(), ChangeError> {
    let (collection, id, field) = KEY_CHECK;
    let in_use = tx.current_record(collection, id)?;
    if !in_use.iter().any(|cell| cell.key.field == field) {
        return Err(ChangeError::NotSynced);
    }
    Ok(put_in_use(tx, local_now, random)?)
}

/// Enters words that were typed or scanned, and opens what they open. Answers the collections in
/// which that changed something. Words from before are taken too, if something is still under them.
pub fn enter(tx: &mut dyn Tx, words: &Words) -> Result<BTreeSet<String>, EnterError> {
    let pairing = tx.pairing()?.ok_or(EditError::NotPaired)?;
    let key = AccountKey::derive(words, &pairing.council, &pairing.person);
    let is_current = check_value(tx)?.is_some_and(|check| key.is_for(&check));
    let aside = tx.all_aside()?.len();
    tx.add_words(&words.entropy())?;
    let mut merge = Merge::new(tx)?;
    merge.try_aside()?;
    let changed = merge.finish()?;
    let opened_something = tx.all_aside()?.len() < aside;
    if !is_current && !opened_something {
        return Err(EnterError::OfAnother);
    }
    Ok(changed)
}

fn put_in_use(tx: &mut dyn Tx, local_now: i64, bits: &Entropy) -> Result<(), EditError> {
    let pairing = tx.pairing()?.ok_or(EditError::NotPaired)?;
    tx.add_words(bits)?;
    let words = Words::from_entropy(bits);
    let key = AccountKey::derive(&words, &pairing.council, &pairing.person);
    let (collection, id, field) = KEY_CHECK;
    let fields = BTreeMap::from([(field.to_owned(), json!(key.check_value()))]);
    edit::write(tx, local_now, collection, id, fields).map(drop)
}

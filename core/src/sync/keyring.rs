//! The person's keys: sealing what is sent, and opening what comes.

use std::collections::{BTreeMap, BTreeSet};

use promise_protocol::{
    Cell, CellKey, Change, Stamp, SyncRequest,
    fault_injection::{Fault, is_injected},
    signature::PublicKey,
};
use serde_json::Value;

use super::key_history;
use crate::{
    sealing::{AccountKey, Context, RecoveryPhrase, SealError, open, seal},
    store::{StoreError, Tx},
};

/// The keys of the person that this phone has, the current one first.
///
/// A new recovery phrase is a new key. The phone keeps the earlier keys: another phone that does not
/// know of the change yet still writes under them, and nothing that it writes is lost.
pub(crate) struct Keyring {
    council: String,
    person: String,
    keys: Vec<AccountKey>,
    is_current: bool,
}

impl Keyring {
    pub(crate) fn load(tx: &mut dyn Tx) -> Result<Self, StoreError> {
        let pairing = tx.pairing()?;
        let check = key_in_use(tx)?;
        let (council, person) =
            pairing.map(|pairing| (pairing.council, pairing.person)).unwrap_or_default();
        let phrases = tx.recovery_phrases()?;
        let mut keys: Vec<AccountKey> = phrases
            .iter()
            .map(|entropy| {
                AccountKey::derive(&RecoveryPhrase::from_entropy(entropy), &council, &person)
            })
            .collect();
        let is_current =
            |key: &AccountKey| check.as_deref().is_some_and(|check| key.matches_check(check));
        // Sorting is stable: the earlier keys stay in their order, newest first.
        keys.sort_by_key(|key| !is_current(key));
        let is_current = keys.first().is_some_and(is_current);
        Ok(Self { council, person, keys, is_current })
    }

    /// Returns the key that the person's phones seal under now, if it is here.
    pub(crate) fn current(&self) -> Option<&AccountKey> {
        self.keys.first().filter(|_| self.is_current)
    }

    /// Returns the check value of the current key, if it is here.
    pub(crate) fn current_check(&self) -> Option<String> {
        self.current().map(AccountKey::check_value)
    }

    /// Returns `true` if there is any key, current or earlier.
    pub(crate) fn has_keys(&self) -> bool {
        !self.keys.is_empty()
    }

    /// Returns `true` if any of these keys is here.
    pub(super) fn has_any_of(&self, keys: &BTreeSet<&PublicKey>) -> bool {
        self.keys.iter().any(|key| keys.contains(key.owner()))
    }

    /// Returns the key at an index that [`Keyring::open`] returned.
    pub(super) fn key(&self, index: usize) -> Option<&AccountKey> {
        self.keys.get(index)
    }

    /// Returns `true` if the key at this index is the current one.
    pub(super) fn is_current(&self, index: usize) -> bool {
        self.is_current && index == 0
    }

    /// Returns the keys that are not the current one.
    pub(super) fn earlier(&self) -> &[AccountKey] {
        self.keys.get(usize::from(self.is_current)..).unwrap_or_default()
    }

    /// Seals a change as it leaves the phone: its record's id is replaced by the sealed id, and its
    /// values are encrypted. Returns `None` if the current key is not here.
    pub(super) fn seal(&self, change: &Change) -> Option<Result<Change, SealError>> {
        let key = self.current()?;
        if is_injected(Fault::PrivateSentPlain) {
            return Some(Ok(change.clone()));
        }
        let id = key.sealed_id(&change.collection, &change.id);
        let sealed: Result<BTreeMap<String, Value>, SealError> = change
            .fields
            .iter()
            .map(|(field, value)| {
                let context = self.context(&change.collection, &id, field, &change.stamp);
                Ok((field.clone(), Value::String(seal(key, &context, value)?)))
            })
            .collect();
        Some(sealed.map(|fields| Change { id, fields, ..change.clone() }))
    }

    /// Signs the clears of a request with the current key. Without it a request has no clears.
    pub(super) fn sign_clears(&self, request: &mut SyncRequest) {
        if let Some(current) = self.current() {
            request.sign_clears(&current.owner_key(), &self.council, &self.person);
        }
    }

    /// Opens a cell of a sealed collection, as it came. Returns the value and the index of the key
    /// that fits, or `None` if no key does.
    pub(super) fn open(&self, cell: &Cell) -> Option<(usize, Value)> {
        let CellKey { collection, id, field } = &cell.key;
        let text = cell.value.as_str()?;
        let context = self.context(collection, id, field, &cell.stamp);
        let opened = |(index, key)| open(key, &context, text).ok().map(|value| (index, value));
        self.keys.iter().enumerate().find_map(opened)
    }

    /// Returns `true` if this key of the person opens a cell of a sealed collection, as it came. The
    /// record may still be unknown.
    pub(super) fn is_opened_by(&self, key: &AccountKey, cell: &Cell) -> bool {
        let CellKey { collection, id, field } = &cell.key;
        let context = self.context(collection, id, field, &cell.stamp);
        cell.value.as_str().is_some_and(|text| open(key, &context, text).is_ok())
    }

    fn context<'a>(
        &'a self,
        collection: &'a str,
        record: &'a str,
        field: &'a str,
        stamp: &'a Stamp,
    ) -> Context<'a> {
        Context { council: &self.council, person: &self.person, collection, record, field, stamp }
    }
}

/// Returns the key of a cell of a sealed collection as it is outside the phone.
pub(super) fn sealed_key(account: &AccountKey, key: &CellKey) -> CellKey {
    CellKey { id: account.sealed_id(&key.collection, &key.id), ..key.clone() }
}

/// Returns the check value of the key that the person's phones seal under now.
pub(crate) fn key_in_use(tx: &mut dyn Tx) -> Result<Option<String>, StoreError> {
    Ok(key_history::in_use(tx)?.map(|key| key.as_str().to_owned()))
}

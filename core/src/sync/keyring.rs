//! The person's keys, and what travels under them: sealing on the way out, opening on the way in.

use std::collections::BTreeMap;

use promise_protocol::{
    Cell, CellKey, Change,
    fault_injection::{Fault, is_injected},
    schema::KEY_CHECK,
};
use serde_json::Value;

use crate::{
    sealing::{AccountKey, Context, SealError, Words, open, seal},
    store::{StoreError, Tx},
};

/// The keys that this phone has of its person's, the current one in front.
///
/// A person who changes their words changes the key. The phone keeps the earlier ones: another
/// phone, which does not know yet, still writes under them, and nothing it wrote is lost.
pub(crate) struct Keyring {
    council: String,
    person: String,
    keys: Vec<AccountKey>,
    is_current: bool,
}

impl Keyring {
    /// The keys as they are now.
    pub(crate) fn load(tx: &mut dyn Tx) -> Result<Self, StoreError> {
        let pairing = tx.pairing()?;
        let check = check_value(tx)?;
        let (council, person) =
            pairing.map(|pairing| (pairing.council, pairing.person)).unwrap_or_default();
        let words = tx.words()?;
        let mut keys: Vec<AccountKey> = words
            .iter()
            .map(|bits| AccountKey::derive(&Words::from_entropy(bits), &council, &person))
            .collect();
        let is_current = |key: &AccountKey| check.as_deref().is_some_and(|check| key.is_for(check));
        // Sorting is stable: the earlier keys stay in their order, newest first.
        keys.sort_by_key(|key| !is_current(key));
        let is_current = keys.first().is_some_and(is_current);
        Ok(Self { council, person, keys, is_current })
    }

    /// The key that the person's phones seal under now, if it is here.
    pub(crate) fn current(&self) -> Option<&AccountKey> {
        self.keys.first().filter(|_| self.is_current)
    }

    /// The check value of the current key, if it is here.
    pub(crate) fn current_check(&self) -> Option<String> {
        self.current().map(AccountKey::check_value)
    }

    /// Whether there is a key here at all, be it an earlier one.
    pub(crate) fn has_keys(&self) -> bool {
        !self.keys.is_empty()
    }

    /// The key at this place.
    pub(super) fn key(&self, place: usize) -> Option<&AccountKey> {
        self.keys.get(place)
    }

    /// Whether the key at this place is the one in use.
    pub(super) fn is_current(&self, place: usize) -> bool {
        self.is_current && place == 0
    }

    /// The keys that are not in use.
    pub(super) fn others(&self) -> &[AccountKey] {
        self.keys.get(usize::from(self.is_current)..).unwrap_or_default()
    }

    /// Whether there are any.
    pub(super) fn has_others(&self) -> bool {
        !self.others().is_empty()
    }

    /// What a cell of a sealed collection is called outside the phone, under a key.
    pub(super) fn name_under(key: &AccountKey, cell: &CellKey) -> CellKey {
        CellKey { id: key.sealed_name(&cell.collection, &cell.id), ..cell.clone() }
    }

    /// A change as it leaves the phone: its record's name hashed and its values sealed. `None`
    /// without the current key: what it says must wait.
    pub(super) fn seal(&self, change: &Change) -> Option<Result<Change, SealError>> {
        let key = self.current()?;
        if is_injected(Fault::PrivateInTheClear) {
            return Some(Ok(change.clone()));
        }
        let id = key.sealed_name(&change.collection, &change.id);
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

    /// Opens one cell of a sealed collection, as it came, under whichever key fits. Answers the
    /// key's place and the value.
    pub(super) fn open(&self, cell: &Cell) -> Option<(usize, Value)> {
        let CellKey { collection, id, field } = &cell.key;
        let text = cell.value.as_str()?;
        let context = self.context(collection, id, field, &cell.stamp);
        let opened = |(place, key)| open(key, &context, text).ok().map(|value| (place, value));
        self.keys.iter().enumerate().find_map(opened)
    }

    fn context<'a>(
        &'a self,
        collection: &'a str,
        record: &'a str,
        field: &'a str,
        stamp: &'a promise_protocol::Stamp,
    ) -> Context<'a> {
        Context { council: &self.council, person: &self.person, collection, record, field, stamp }
    }
}

/// The check value of the key that the person's phones seal under now: as one of their phones
/// wrote it, or as the server said at pairing.
pub(crate) fn check_value(tx: &mut dyn Tx) -> Result<Option<String>, StoreError> {
    let (collection, id, field) = KEY_CHECK;
    let cells = tx.current_record(collection, id)?;
    let cell = cells.into_iter().find(|cell| cell.key.field == field);
    match cell.and_then(|cell| cell.value.as_str().map(str::to_owned)) {
        Some(check) => Ok(Some(check)),
        None => Ok(tx.pairing()?.and_then(|pairing| pairing.key_check)),
    }
}

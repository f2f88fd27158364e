//! From sealed ids back to records.
//!
//! A sealed id cannot be reversed. A phone seals every id that it knows and compares. A record whose
//! id the person's other phones cannot know carries it in its sealed field `of`.

use std::collections::{HashMap, HashSet};

use promise_protocol::{Cell, CellKey, Change, schema::OF};
use serde_json::Value;

use super::keyring::Keyring;
use crate::{
    collections::registry,
    store::{StoreError, Tx},
};

/// A sealed cell that was opened.
pub(super) struct Opened {
    /// The cell as it is on this phone.
    pub cell: Cell,
    /// `true` if it was sealed under the current key. If not, it is to be resent under that.
    pub is_current: bool,
}

/// The records behind sealed ids, as far as they were looked up.
#[derive(Default)]
pub(super) struct SealedIds {
    /// Record ids by the key's index, the collection and the sealed id.
    known: HashMap<(usize, String, String), String>,
    /// The collections whose records are in `known`, by the key's index.
    loaded: HashSet<(usize, String)>,
}

impl SealedIds {
    /// Opens the cells of a change, in the order of their fields. Returns `None` beside each cell
    /// that cannot be opened or whose record's id is not known yet.
    pub(super) fn open(
        &mut self,
        tx: &mut dyn Tx,
        keyring: &Keyring,
        change: &Change,
    ) -> Result<Vec<(Cell, Option<Opened>)>, StoreError> {
        let opened: Vec<_> = change.cells().map(|cell| (keyring.open(&cell), cell)).collect();
        for (opened, cell) in &opened {
            if let (Some((key, value)), true) = (opened, cell.key.field == OF) {
                self.learn(keyring, *key, &cell.key, value);
            }
        }
        opened
            .into_iter()
            .map(|(opened, cell)| {
                let Some((key, value)) = opened else { return Ok((cell, None)) };
                let id = self.find(tx, keyring, key, &cell.key)?;
                let opened = id.map(|id| Opened {
                    cell: Cell {
                        key: CellKey { id, ..cell.key.clone() },
                        value,
                        stamp: cell.stamp.clone(),
                    },
                    is_current: keyring.is_current(key),
                });
                Ok((cell, opened))
            })
            .collect()
    }

    /// Learns a record's id from its field `of`, if it is the one behind the sealed id.
    fn learn(&mut self, keyring: &Keyring, key: usize, sealed: &CellKey, of: &Value) {
        let (Some(account), Some(id)) = (keyring.key(key), of.as_str()) else { return };
        if account.sealed_id(&sealed.collection, id) == sealed.id {
            let known = (key, sealed.collection.clone(), sealed.id.clone());
            self.known.insert(known, id.to_owned());
        }
    }

    /// Returns the id of the record with this sealed id under the key at this index, if this phone
    /// knows the record.
    pub(super) fn find(
        &mut self,
        tx: &mut dyn Tx,
        keyring: &Keyring,
        key: usize,
        sealed: &CellKey,
    ) -> Result<Option<String>, StoreError> {
        let collection = &sealed.collection;
        let wanted = (key, collection.clone(), sealed.id.clone());
        if !self.known.contains_key(&wanted) && self.loaded.insert((key, collection.clone())) {
            let known = registry::record_ids(collection).known(tx)?;
            let mut ids: HashSet<String> = known.into_iter().collect();
            ids.extend(tx.current(collection)?.into_iter().map(|cell| cell.key.id));
            for (account, id) in ids.iter().filter_map(|id| Some((keyring.key(key)?, id))) {
                let sealed = account.sealed_id(collection, id);
                self.known.insert((key, collection.clone(), sealed), id.clone());
            }
        }
        Ok(self.known.get(&wanted).cloned())
    }
}

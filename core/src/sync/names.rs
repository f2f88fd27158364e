//! The records behind sealed names.
//!
//! A sealed name cannot be turned back. A phone finds the record by sealing every name it knows, and
//! seeing which comes out the same; for names that nobody else would know, the record says its own.

use std::collections::{HashMap, HashSet};

use promise_protocol::{Cell, CellKey, Change, schema::OF};
use serde_json::Value;

use super::keyring::Keyring;
use crate::{
    contacts::{CONTACT, CONTACT_MARK},
    opportunities::SAVED,
    profile::{self, PROFILE},
    promise::PLEDGE_MARK,
    store::{SearchKind, StoreError, Tx},
};

/// The names of records of a sealed collection that every phone of the person knows: those of what
/// the council publishes, and of the contacts it gives.
fn well_known(tx: &mut dyn Tx, collection: &str) -> Result<Vec<String>, StoreError> {
    Ok(match collection {
        SAVED => [tx.document_ids("opportunity")?, tx.document_ids("kept")?].concat(),
        PLEDGE_MARK => tx.document_ids("pledge")?,
        CONTACT_MARK => tx.current(CONTACT)?.into_iter().map(|cell| cell.key.id).collect(),
        PROFILE => vec![profile::ME.to_owned()],
        _ => Vec::new(),
    })
}

/// Whether every phone of the person knows this record's name.
pub(super) fn is_well_known(
    tx: &mut dyn Tx,
    collection: &str,
    id: &str,
) -> Result<bool, StoreError> {
    Ok(match collection {
        SAVED => tx.has_document(SearchKind::Opportunity, id)?,
        PLEDGE_MARK => tx.has_document(SearchKind::Pledge, id)?,
        CONTACT_MARK => !tx.current_record(CONTACT, id)?.is_empty(),
        PROFILE => id == profile::ME,
        _ => false,
    })
}

/// A cell that came sealed, and what is in it.
pub(super) struct Opened {
    /// The cell as it is on this phone.
    pub cell: Cell,
    /// Whether it was sealed under the current key. If not, it is to be sent again under that.
    pub is_current: bool,
}

/// The records behind sealed names.
#[derive(Default)]
pub(super) struct Names {
    /// By the key's place, the collection and the sealed name.
    known: HashMap<(usize, String, String), String>,
    /// Which collections' records, under which key, are in `known`.
    read: HashSet<(usize, String)>,
}

impl Names {
    /// Opens the cells of a change, in the order of their fields; `None` for each that cannot be
    /// opened, or whose record's own name has not come yet.
    pub(super) fn open(
        &mut self,
        tx: &mut dyn Tx,
        keyring: &Keyring,
        change: &Change,
    ) -> Result<Vec<(Cell, Option<Opened>)>, StoreError> {
        let opened: Vec<_> = change.cells().map(|cell| (keyring.open(&cell), cell)).collect();
        for (opened, cell) in &opened {
            if let (Some((place, value)), true) = (opened, cell.key.field == OF) {
                self.learn(keyring, *place, &cell.key, value);
            }
        }
        opened
            .into_iter()
            .map(|(opened, cell)| {
                let Some((place, value)) = opened else { return Ok((cell, None)) };
                let id = self.find(tx, keyring, place, &cell.key)?;
                let opened = id.map(|id| Opened {
                    cell: Cell {
                        key: CellKey { id, ..cell.key.clone() },
                        value,
                        stamp: cell.stamp.clone(),
                    },
                    is_current: keyring.is_current(place),
                });
                Ok((cell, opened))
            })
            .collect()
    }

    /// A record says its own name; it counts only if it is the one behind the sealed name.
    fn learn(&mut self, keyring: &Keyring, place: usize, key: &CellKey, value: &Value) {
        let (Some(account), Some(id)) = (keyring.key(place), value.as_str()) else { return };
        if account.sealed_name(&key.collection, id) == key.id {
            self.known.insert((place, key.collection.clone(), key.id.clone()), id.to_owned());
        }
    }

    fn find(
        &mut self,
        tx: &mut dyn Tx,
        keyring: &Keyring,
        place: usize,
        key: &CellKey,
    ) -> Result<Option<String>, StoreError> {
        let name = (place, key.collection.clone(), key.id.clone());
        if !self.known.contains_key(&name) && self.read.insert((place, key.collection.clone())) {
            let mut ids: HashSet<String> = well_known(tx, &key.collection)?.into_iter().collect();
            ids.extend(tx.current(&key.collection)?.into_iter().map(|cell| cell.key.id));
            for (account, id) in ids.iter().filter_map(|id| Some((keyring.key(place)?, id))) {
                let sealed = account.sealed_name(&key.collection, id);
                self.known.insert((place, key.collection.clone(), sealed), id.clone());
            }
        }
        Ok(self.known.get(&name).cloned())
    }
}

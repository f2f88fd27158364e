//! Cells and changes.
//!
//! A cell is `(record, field) -> (value, stamp)`. On the wire the cells that one edit wrote to one
//! record travel together as a [`Change`]: they share their record and their stamp.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Stamp, signature::Signature};

/// Identifies one cell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellKey {
    /// The record's collection, such as `contact`.
    pub collection: String,
    /// The record's id within its collection.
    pub id: String,
    /// The field, such as `phones`.
    pub field: String,
}

impl CellKey {
    /// Creates a key from its three parts.
    pub fn new(
        collection: impl Into<String>,
        id: impl Into<String>,
        field: impl Into<String>,
    ) -> Self {
        Self { collection: collection.into(), id: id.into(), field: field.into() }
    }
}

/// One cell: a last-writer-wins register.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Which cell.
    pub key: CellKey,
    /// What it holds. `null` is the empty value of every field.
    pub value: Value,
    /// When and by whom it was written.
    pub stamp: Stamp,
}

/// The cells that one edit wrote to one record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct Change {
    /// The record's collection.
    #[cfg_attr(feature = "utoipa", schema(example = "ask"))]
    pub collection: String,
    /// The record's id within its collection.
    #[cfg_attr(feature = "utoipa", schema(example = "0123456789abc"))]
    pub id: String,
    /// When and by whom the cells were written.
    #[cfg_attr(feature = "utoipa", schema(value_type = String, example = "0cr2sk0g00000-p00000001"))]
    pub stamp: Stamp,
    /// Field name to value.
    #[cfg_attr(feature = "utoipa", schema(value_type = Object))]
    pub fields: BTreeMap<String, Value>,
    /// On what the council's staff or its server wrote: the council's signature of exactly this (see
    /// [`crate::signature`]). A phone stores it and sends it back after a restore.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "utoipa", schema(value_type = Option<String>))]
    pub signature: Option<Signature>,
}

impl Change {
    /// Iterates over the cells of this change.
    pub fn cells(&self) -> impl Iterator<Item = Cell> + '_ {
        self.fields.iter().map(|(field, value)| Cell {
            key: CellKey::new(&self.collection, &self.id, field),
            value: value.clone(),
            stamp: self.stamp.clone(),
        })
    }

    /// Groups cells into changes, in the order in which each change first occurs.
    pub fn gather(cells: impl IntoIterator<Item = Cell>) -> Vec<Change> {
        let mut changes: Vec<Change> = Vec::new();
        let mut places: BTreeMap<(String, String, Stamp), usize> = BTreeMap::new();
        for Cell { key, value, stamp } in cells {
            let place = (key.collection.clone(), key.id.clone(), stamp.clone());
            let known = places.get(&place).and_then(|index| changes.get_mut(*index));
            if let Some(change) = known {
                change.fields.insert(key.field, value);
                continue;
            }
            places.insert(place, changes.len());
            changes.push(Change {
                collection: key.collection,
                id: key.id,
                stamp,
                fields: BTreeMap::from([(key.field, value)]),
                signature: None,
            });
        }
        changes
    }
}

/// Returns `true` if a cell with the stamp `candidate` replaces one with the stamp `held`: the
/// greatest stamp wins, and nothing else counts. Equal stamps are the same edit and replace nothing.
pub fn replaces(candidate: &Stamp, held: Option<&Stamp>) -> bool {
    held.is_none_or(|held| candidate > held)
}

//! A fresh start: the record from which on a person's earlier keys count no more.
//!
//! The council signs it, and it travels, merges and is resent like the steps between keys. It says nothing about
//! the next key. A phone that learns of it forgets which history it holds to, and nothing else.

use std::collections::BTreeMap;

use serde_json::json;

use crate::{Change, Stamp, schema::FRESH_START};

/// Returns the change of a fresh start at this stamp.
pub fn fresh_start(stamp: Stamp) -> Change {
    let (collection, id, field) = FRESH_START;
    let fields = BTreeMap::from([(field.to_owned(), json!(true))]);
    Change { collection: collection.to_owned(), id: id.to_owned(), stamp, fields, signature: None }
}

/// Returns `true` if the change is a fresh start.
pub fn is_fresh_start(change: &Change) -> bool {
    let is_record =
        (change.collection.as_str(), change.id.as_str()) == (FRESH_START.0, FRESH_START.1);
    is_record && change.fields == fresh_start(change.stamp.clone()).fields
}

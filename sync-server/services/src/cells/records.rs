//! Records of a young person, assembled from cells.

use std::collections::BTreeMap;

use promise_database::Tx;
use promise_protocol::{ids::PersonId, schema::DELETED};
use serde_json::Value;

use crate::ServiceError;

/// One record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// Its id.
    pub id: String,
    /// Its fields by name.
    pub fields: BTreeMap<String, Value>,
    /// The last revision that wrote one of them.
    pub rev: u64,
}

impl Record {
    /// Returns a field's text, or `""` if it has none.
    pub fn text(&self, field: &str) -> &str {
        self.fields.get(field).and_then(Value::as_str).unwrap_or_default()
    }

    /// Returns `true` if the record is deleted.
    pub fn is_deleted(&self) -> bool {
        self.fields.get(DELETED) == Some(&Value::Bool(true))
    }
}

/// Returns every record of a collection, including deleted ones, by id.
pub(crate) fn list(
    tx: &mut dyn Tx,
    person: &PersonId,
    collection: &str,
) -> Result<Vec<Record>, ServiceError> {
    let mut records: Vec<Record> = Vec::new();
    for stored in tx.collection(person, collection)? {
        let key = stored.cell.key;
        if records.last().is_none_or(|last| last.id != key.id) {
            records.push(Record { id: key.id, ..Record::default() });
        }
        if let Some(record) = records.last_mut() {
            record.rev = record.rev.max(stored.rev.unwrap_or_default());
            record.fields.insert(key.field, stored.cell.value);
        }
    }
    Ok(records)
}

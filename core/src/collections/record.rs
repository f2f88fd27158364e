//! Records: the cells of one id, put together.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use promise_protocol::{
    AuthorKind, Cell, Reading,
    schema::{DELETED, POSITION, VERIFIED_ON},
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::store::{StoreError, Tx};

/// One record as the person sees it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Record {
    /// The record's id.
    pub id: String,
    /// Each field's value. Empty fields are left out.
    pub fields: BTreeMap<String, Value>,
    /// The greatest clock reading of a field that staff wrote in it. Checking details and another order do not
    /// count.
    pub changed_by_staff: Reading,
}

impl Record {
    /// Puts cells together, in the order of the records' ids.
    pub(crate) fn gather(cells: impl IntoIterator<Item = Cell>) -> Vec<Self> {
        let mut records: BTreeMap<String, Self> = BTreeMap::new();
        for Cell { key, value, stamp } in cells {
            let record = records.entry(key.id.clone()).or_default();
            record.id = key.id;
            // A check of a contact's details changes none of them, nor does another order.
            let is_detail = ![VERIFIED_ON, POSITION].contains(&key.field.as_str());
            if stamp.author.kind() == AuthorKind::Staff && is_detail {
                record.changed_by_staff = record.changed_by_staff.max(stamp.reading);
            }
            if !value.is_null() {
                record.fields.insert(key.field, value);
            }
        }
        records.into_values().collect()
    }

    /// Lists the records of a collection, deleted ones too.
    pub(crate) fn list_all(tx: &mut dyn Tx, collection: &str) -> Result<Vec<Self>, StoreError> {
        Ok(Self::gather(tx.current(collection)?))
    }

    /// Lists the records of a collection that are not deleted.
    pub(crate) fn list(tx: &mut dyn Tx, collection: &str) -> Result<Vec<Self>, StoreError> {
        let mut records = Self::list_all(tx, collection)?;
        records.retain(|record| !record.is_deleted());
        Ok(records)
    }

    /// The record with this id, unless it is deleted or was never written.
    pub(crate) fn find(
        tx: &mut dyn Tx,
        collection: &str,
        id: &str,
    ) -> Result<Option<Self>, StoreError> {
        let record = Self::gather(tx.current_record(collection, id)?).into_iter().next();
        Ok(record.filter(|record| !record.is_deleted()))
    }

    /// Returns `true` if it was deleted and not restored since.
    pub(crate) fn is_deleted(&self) -> bool {
        self.flag(DELETED)
    }

    /// A text field, if it is not empty.
    pub(crate) fn text(&self, field: &str) -> Option<String> {
        self.fields.get(field).and_then(Value::as_str).map(str::to_owned)
    }

    /// A text field that every record should have; the empty text if this one does not.
    pub(crate) fn text_or_empty(&self, field: &str) -> String {
        self.text(field).unwrap_or_default()
    }

    /// A yes-or-no field; `false` if it is empty.
    pub(crate) fn flag(&self, field: &str) -> bool {
        self.fields.get(field).and_then(Value::as_bool).unwrap_or(false)
    }

    /// A list; empty if the field is, or has a shape that this version does not know.
    pub(crate) fn list_of<T: DeserializeOwned>(&self, field: &str) -> Vec<T> {
        self.get(field).unwrap_or_default()
    }

    /// A value of a type; `None` if the field is empty, or holds something that a newer version wrote.
    pub(crate) fn get<T: DeserializeOwned>(&self, field: &str) -> Option<T> {
        self.fields.get(field).and_then(|value| serde_json::from_value(value.clone()).ok())
    }

    /// When staff last changed it, by their server's clock. What the young person writes on it does
    /// not count.
    pub(crate) fn changed_by_staff_at(&self) -> Option<DateTime<Utc>> {
        let millis = Some(self.changed_by_staff.millis()).filter(|millis| *millis > 0)?;
        DateTime::from_timestamp_millis(i64::try_from(millis).ok()?)
    }
}

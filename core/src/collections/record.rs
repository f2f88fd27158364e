//! Records: the cells of one thing, put together.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use promise_protocol::{AuthorKind, Cell, Reading, schema::DELETED};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// One record as the person sees it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// Its name.
    pub id: String,
    /// Field name to value; empty fields are left out.
    pub fields: BTreeMap<String, Value>,
    /// The greatest reading that staff wrote in it.
    pub changed_by_staff: Reading,
}

impl Record {
    /// Puts cells together, in the order of the records' names.
    pub fn gather(cells: impl IntoIterator<Item = Cell>) -> Vec<Record> {
        let mut records: BTreeMap<String, Record> = BTreeMap::new();
        for Cell { key, value, stamp } in cells {
            let record = records.entry(key.id.clone()).or_default();
            record.id = key.id;
            if stamp.author.kind() == AuthorKind::Staff {
                record.changed_by_staff = record.changed_by_staff.max(stamp.reading);
            }
            if !value.is_null() {
                record.fields.insert(key.field, value);
            }
        }
        records.into_values().collect()
    }

    /// Like [`Record::gather`], to be found by name.
    pub fn by_name(cells: impl IntoIterator<Item = Cell>) -> BTreeMap<String, Record> {
        Self::gather(cells).into_iter().map(|record| (record.id.clone(), record)).collect()
    }

    /// Whether it was deleted, and not restored since.
    pub fn is_deleted(&self) -> bool {
        self.flag(DELETED)
    }

    /// A text; empty if there is none.
    pub fn text(&self, field: &str) -> String {
        self.maybe_text(field).unwrap_or_default()
    }

    /// A text, if there is one.
    pub fn maybe_text(&self, field: &str) -> Option<String> {
        self.fields.get(field).and_then(Value::as_str).map(str::to_owned)
    }

    /// Yes or no; no if nothing was said.
    pub fn flag(&self, field: &str) -> bool {
        self.fields.get(field).and_then(Value::as_bool).unwrap_or(false)
    }

    /// A calendar day.
    pub fn date(&self, field: &str) -> Option<NaiveDate> {
        self.typed(field)
    }

    /// A moment.
    pub fn time(&self, field: &str) -> Option<DateTime<Utc>> {
        self.typed(field)
    }

    /// A list; empty if there is none, or it is of a shape from a newer version.
    pub fn list<T: DeserializeOwned>(&self, field: &str) -> Vec<T> {
        self.typed(field).unwrap_or_default()
    }

    /// A value of a type.
    pub fn typed<T: DeserializeOwned>(&self, field: &str) -> Option<T> {
        self.fields.get(field).and_then(|value| serde_json::from_value(value.clone()).ok())
    }

    /// When staff last changed it, by their server's clock; what the person writes on it
    /// themselves does not count.
    pub fn changed_by_staff_at(&self) -> Option<DateTime<Utc>> {
        let millis = Some(self.changed_by_staff.millis()).filter(|millis| *millis > 0)?;
        DateTime::from_timestamp_millis(i64::try_from(millis).ok()?)
    }
}

//! The fields that an edit writes.

use std::collections::BTreeMap;

use promise_protocol::phone_number::CallCost;
use serde::Serialize;
use serde_json::Value;

/// The fields that an edit writes, each with the value of its cell. A field that is not here stays
/// as it is.
#[derive(Debug, Default)]
pub(crate) struct Fields(BTreeMap<String, Value>);

impl Fields {
    /// Writes a text, unless it is `None`. An empty text clears the field.
    pub(crate) fn text(self, name: &str, text: Option<String>) -> Self {
        self.value(name, text.map(|text| Some(text).filter(|text| !text.is_empty())))
    }

    /// Writes a value, unless it is `None`. A value that serialises to `null` clears the field.
    pub(crate) fn value(mut self, name: &str, value: Option<impl Serialize>) -> Self {
        if let Some(value) = value {
            // What is written here are texts, dates, flags and lists of them, which always serialise.
            let value = serde_json::to_value(value).unwrap_or_default();
            self.0.insert(name.to_owned(), value);
        }
        self
    }

    /// Writes a value unless the edit already writes the field.
    pub(crate) fn value_if_absent(self, name: &str, value: impl Serialize) -> Self {
        if self.0.contains_key(name) { self } else { self.value(name, Some(value)) }
    }

    /// The values by field.
    pub(crate) fn into_map(self) -> BTreeMap<String, Value> {
        self.0
    }
}

/// An edit cannot be saved, and nothing of it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum InvalidEdit {
    /// The value of this field is not possible.
    Field(&'static str),
    /// The value of this field is longer than it may be.
    TooLong(&'static str),
    /// A telephone number is not valid.
    PhoneNumber,
    /// Calls to this number cost so much, which was not confirmed.
    CostlyPhoneNumber(String, CallCost),
}

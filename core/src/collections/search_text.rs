//! What search finds a record by.

use promise_protocol::schema::{Field, SearchPart};
use serde_json::{Value, json};

use super::Record;

/// What search finds a record by.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SearchText {
    /// The heading. A match in it ranks higher.
    pub title: String,
    /// Everything else.
    pub text: String,
}

impl SearchText {
    /// Puts the fields together that are to be searched, in the order of the records and of the
    /// fields.
    pub(crate) fn new(records: &[(&[Field], &Record)]) -> Self {
        let part = |part| {
            let texts = records.iter().flat_map(|(fields, record)| {
                let fields = fields.iter().filter(|field| field.search == Some(part));
                fields.filter_map(|field| record.text(field.name))
            });
            texts.collect::<Vec<_>>().join(" ")
        };
        Self { title: part(SearchPart::Title), text: part(SearchPart::Text) }
    }

    /// The text as the store indexes it.
    pub(crate) fn into_value(self) -> Value {
        json!({"title": self.title, "text": self.text})
    }
}

//! What search finds a record by.

use promise_protocol::{
    phone_number::format_with_extension,
    schema::{Field, Kind, SearchPart},
    values::PhoneNumber,
};
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
                fields.filter_map(|field| searched_text(field, record))
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

/// A field as it is searched and displayed: telephone numbers as people read them.
fn searched_text(field: &Field, record: &Record) -> Option<String> {
    if field.kind != Kind::Phones {
        return record.text(field.name);
    }
    let phones: Vec<PhoneNumber> = record.list_of(field.name);
    let phones: Vec<String> = phones
        .iter()
        .map(|phone| format_with_extension(&phone.number, phone.ext.as_deref()))
        .collect();
    (!phones.is_empty()).then(|| phones.join(" "))
}

//! What it takes to add a field of a contact: one entry in the schema.

use promise_protocol::schema::{
    self, Field, Format, Kind, Label, Owner, SearchPart, VCardProperty,
};
use serde_json::json;

use super::{ExportData, Labels, cards, page};
use crate::collections::{Record, SearchText};

/// A field that exists only here.
const DESK: Field = Field {
    name: "desk",
    owner: Owner::Adviser,
    kind: Kind::Text(40),
    help: "Where they sit.",
    format: Format::Line,
    required: false,
    label: Some(Label { key: "desk", english: "Desk" }),
    group: None,
    vcard: Some(VCardProperty::Note(3)),
    search: Some(SearchPart::Text),
};

#[test]
fn new_contact_field_is_searched_and_exported() {
    let fields = [schema::CONTACT.fields, &[DESK]].concat();
    let record = Record {
        id: "c1".into(),
        fields: serde_json::from_value(json!({"display_name": "Jo", "desk": "Second floor"}))
            .unwrap(),
        ..Record::default()
    };
    let search_text = SearchText::new(&[(&fields, &record)]);
    assert_eq!((search_text.title.as_str(), search_text.text.as_str()), ("Jo", "Second floor"));
    let rows = page::rows_as_html(&fields, &record, &Labels::default(), &ExportData::default());
    assert!(rows.contains("Desk") && rows.contains("Second floor"), "{rows}");
    let translated: Labels = serde_json::from_value(json!({"desk": "Desg"})).unwrap();
    let rows = page::rows_as_html(&fields, &record, &translated, &ExportData::default());
    assert!(rows.contains("Desg") && !rows.contains("Desk"), "{rows}");
    assert!(cards::card_as_text(&fields, &record).contains("NOTE:Second floor\r\n"));
}

//! A record as a flat map of fields, in which a localised text has one field per language.

use std::collections::BTreeMap;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::records::to_record;

/// The fields that hold a text in several languages.
const LOCALISED: [&str; 8] =
    ["title", "text", "easy_read", "how_to_get", "intro", "display_name", "about", "applies_to"];

/// Values by field. A localised text is one field per language: `title.en`, `title.ar`. Reading a
/// record never gives `null`; writing `null` removes the field.
pub type RecordFields = BTreeMap<String, Value>;

/// The fields of a record.
pub fn fields_of<T: Serialize>(record: &T) -> RecordFields {
    let mut fields = RecordFields::new();
    for (name, value) in to_record(record) {
        match value {
            Value::Object(texts) if LOCALISED.contains(&name.as_str()) => {
                let texts = texts.into_iter();
                fields.extend(texts.map(|(tag, text)| (format!("{name}.{tag}"), text)));
            }
            value => drop(fields.insert(name, value)),
        }
    }
    fields
}

/// Splits a field's key into its name and, for a localised text, the language tag.
pub fn field_and_language(key: &str) -> (&str, Option<&str>) {
    match key.split_once('.') {
        Some((field, tag)) if LOCALISED.contains(&field) => (field, Some(tag)),
        _ => (key, None),
    }
}

/// Returns the record with these fields replaced; all others stay as they are. Returns `None` if a
/// value does not fit its field.
pub fn with_fields<T: Serialize + DeserializeOwned>(
    record: &T,
    fields: &RecordFields,
) -> Option<T> {
    let mut map = to_record(record);
    for (key, value) in fields {
        let (field, language) = field_and_language(key);
        let (target, key) = match language {
            Some(tag) => {
                let texts = map.entry(field).or_insert_with(|| Value::Object(Map::new()));
                (texts.as_object_mut()?, tag)
            }
            None => (&mut map, field),
        };
        match value {
            Value::Null => drop(target.remove(key)),
            value => drop(target.insert(key.to_owned(), value.clone())),
        }
    }
    serde_json::from_value(Value::Object(map)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use promise_protocol::pack::PromiseSection;
    use serde_json::json;

    fn fields(value: Value) -> RecordFields {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn record_round_trips_through_its_fields() {
        let section = json!({"id": "money", "title": {"en": "Money", "ar": "مال"}, "new": 1});
        let section: PromiseSection = serde_json::from_value(section).unwrap();
        let own = fields_of(&section);
        assert_eq!(own.keys().collect::<Vec<_>>(), ["id", "new", "title.ar", "title.en"]);
        assert_eq!(with_fields(&section, &own).unwrap(), section);
        let all = json!({"title.ar": null, "title.en": null, "intro.en": "x"});
        let changed = with_fields(&section, &fields(all)).unwrap();
        assert_eq!((changed.title.len(), changed.intro["en"].as_str()), (0, "x"));
        assert_eq!(changed.unknown["new"], 1, "unknown fields are kept");
        assert!(with_fields(&section, &fields(json!({"title.en": 7}))).is_none());
    }
}

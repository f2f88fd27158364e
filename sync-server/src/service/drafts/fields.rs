//! A record as its fields, so that two who change it at the same time are found out by field, and
//! by language.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::{service::ServiceError, store::StoreError};

/// The fields that hold a text in several languages.
const LOCALISED: [&str; 7] =
    ["title", "text", "easy_read", "how_to_get", "intro", "display_name", "about"];

/// Fields by name. A text in several languages is a field for each: `title.en`, `title.ar`. Nothing
/// is `null`.
pub type Fields = BTreeMap<String, Value>;

/// A field that two people changed, each in their own way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The field.
    pub field: String,
    /// What is saved now.
    pub theirs: Value,
    /// What is about to be saved.
    pub mine: Value,
}

/// The fields of a record.
pub fn fields_of<T: Serialize>(record: &T) -> Fields {
    let mut fields = Fields::new();
    for (name, value) in as_map(record) {
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

/// The record with these fields in place of its own; those that are not named stay as they are.
///
/// [`StoreError::Unreadable`]: a value does not fit its field.
pub fn with_fields<T: Serialize + DeserializeOwned>(
    record: &T,
    fields: &Fields,
) -> Result<T, ServiceError> {
    let mut map = as_map(record);
    for (name, value) in fields {
        let localised = name.split_once('.').filter(|(field, _)| LOCALISED.contains(field));
        let (into, name) = match localised {
            Some((field, tag)) => {
                let texts = map.entry(field).or_insert_with(|| Value::Object(Map::new()));
                match texts.as_object_mut() {
                    Some(texts) => (texts, tag),
                    None => return Err(StoreError::Unreadable("record").into()),
                }
            }
            None => (&mut map, name.as_str()),
        };
        match value {
            Value::Null => drop(into.remove(name)),
            value => drop(into.insert(name.to_owned(), value.clone())),
        }
    }
    serde_json::from_value(Value::Object(map)).map_err(|_| StoreError::Unreadable("record").into())
}

/// What to save of a form: `was` is what it showed, `now` what is saved now, `mine` what came back.
/// A field that only one of both changed is theirs; one that both changed is what `choices` says,
/// where `true` keeps mine.
pub fn merged(
    was: &Fields,
    now: &Fields,
    mine: &Fields,
    choices: &BTreeMap<String, bool>,
) -> Result<Fields, Vec<Clash>> {
    let held = |fields: &Fields, name: &str| fields.get(name).cloned().unwrap_or_default();
    let (mut fields, mut clashes) = (Fields::new(), Vec::new());
    for (field, mine) in mine {
        let (before, theirs) = (held(was, field), held(now, field));
        if *mine == before || *mine == theirs {
            continue;
        }
        match (theirs == before, choices.get(field)) {
            (true, _) | (_, Some(true)) => drop(fields.insert(field.clone(), mine.clone())),
            (_, Some(false)) => {}
            (_, None) => {
                clashes.push(Clash { field: field.clone(), theirs, mine: mine.clone() });
            }
        }
    }
    if clashes.is_empty() { Ok(fields) } else { Err(clashes) }
}

/// A record in a few characters, for a form that does something with the record as a whole.
pub fn fingerprint<T: Serialize>(record: &T) -> String {
    let json = serde_json::to_vec(&as_value(record)).unwrap_or_default();
    HEXLOWER.encode(&Sha256::digest(json)).chars().take(16).collect()
}

fn as_value<T: Serialize>(record: &T) -> Value {
    serde_json::to_value(record).unwrap_or_default()
}

fn as_map<T: Serialize>(record: &T) -> Map<String, Value> {
    match as_value(record) {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use promise_protocol::pack::Section;
    use serde_json::json;

    fn section() -> Section {
        let section = json!({"id": "money", "title": {"en": "Money", "ar": "مال"}, "new": 1});
        serde_json::from_value(section).unwrap()
    }

    fn fields(value: Value) -> Fields {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn a_record_is_its_fields_and_back() {
        let section = section();
        let own = fields_of(&section);
        assert_eq!(own.keys().collect::<Vec<_>>(), ["id", "new", "title.ar", "title.en"]);
        assert_eq!(with_fields(&section, &own).unwrap(), section);
        let all = json!({"title.ar": null, "title.en": null, "intro.en": "x"});
        let changed = with_fields(&section, &fields(all)).unwrap();
        assert_eq!((changed.title.len(), changed.intro["en"].as_str()), (0, "x"));
        assert_eq!(changed.unknown["new"], 1, "what is unknown is kept");
        assert!(with_fields(&section, &fields(json!({"title.en": 7}))).is_err());
        assert_ne!(fingerprint(&section), fingerprint(&changed));
    }

    #[test]
    fn only_what_both_changed_is_asked() {
        let was = fields(json!({"title.en": "a", "amount": "x", "who": ["eligible"]}));
        let now = fields(json!({"title.en": "b", "amount": "x"}));
        let mine = fields(json!({"title.en": "c", "amount": "y", "who": ["eligible"]}));
        let clashes = merged(&was, &now, &mine, &BTreeMap::new()).unwrap_err();
        let clash = Clash { field: "title.en".into(), theirs: json!("b"), mine: json!("c") };
        assert_eq!(clashes, [clash]);
        let chosen = |mine_stays| BTreeMap::from([("title.en".to_owned(), mine_stays)]);
        let saved = merged(&was, &now, &mine, &chosen(true)).unwrap();
        assert_eq!(saved, fields(json!({"title.en": "c", "amount": "y"})));
        let saved = merged(&was, &now, &mine, &chosen(false)).unwrap();
        assert_eq!(saved, fields(json!({"amount": "y"})), "what they emptied stays empty");
    }
}

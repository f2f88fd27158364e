//! A record as its fields, so that two who change it at the same time are found out by field, and
//! by language.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::ServiceError;
use promise_database::DatabaseError;
use promise_edition;
pub use promise_edition::{RecordFields as Fields, fields_of};

/// A field that two people changed, each in their own way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldConflict {
    /// The field.
    pub field: String,
    /// What is saved now.
    pub theirs: Value,
    /// What is about to be saved.
    pub mine: Value,
}

/// The record with these fields in place of its own; those that are not named stay as they are.
///
/// [`DatabaseError::Unreadable`]: a value does not fit its field.
pub fn apply_fields<T: Serialize + DeserializeOwned>(
    record: &T,
    fields: &Fields,
) -> Result<T, ServiceError> {
    promise_edition::with_fields(record, fields).ok_or(DatabaseError::Unreadable("record").into())
}

/// What to save of a form: `was` is what it showed, `now` what is saved now, `mine` what came back.
/// A field that only one of both changed is theirs; one that both changed is what `choices` says,
/// where `true` keeps mine.
pub fn merge_fields(
    was: &Fields,
    now: &Fields,
    mine: &Fields,
    choices: &BTreeMap<String, bool>,
) -> Result<Fields, Vec<FieldConflict>> {
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
                clashes.push(FieldConflict { field: field.clone(), theirs, mine: mine.clone() });
            }
        }
    }
    if clashes.is_empty() { Ok(fields) } else { Err(clashes) }
}

/// Changes places with the one before or after; nothing if there is none.
pub fn move_by_one<T>(list: &mut [T], at: usize, up: bool) {
    let to = if up { at.checked_sub(1) } else { Some(at + 1) };
    if let Some(to) = to.filter(|to| *to < list.len()) {
        list.swap(at, to);
    }
}

/// A record in a few characters, for a form that does something with the record as a whole.
pub fn fingerprint<T: Serialize>(record: &T) -> String {
    let json = serde_json::to_vec(record).unwrap_or_default();
    HEXLOWER.encode(&Sha256::digest(json)).chars().take(16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fields(value: Value) -> Fields {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn only_what_both_changed_is_asked() {
        let was = fields(json!({"title.en": "a", "amount": "x", "who": ["eligible"]}));
        let now = fields(json!({"title.en": "b", "amount": "x"}));
        let mine = fields(json!({"title.en": "c", "amount": "y", "who": ["eligible"]}));
        let clashes = merge_fields(&was, &now, &mine, &BTreeMap::new()).unwrap_err();
        let clash =
            FieldConflict { field: "title.en".into(), theirs: json!("b"), mine: json!("c") };
        assert_eq!(clashes, [clash]);
        let chosen = |mine_stays| BTreeMap::from([("title.en".to_owned(), mine_stays)]);
        let saved = merge_fields(&was, &now, &mine, &chosen(true)).unwrap();
        assert_eq!(saved, fields(json!({"title.en": "c", "amount": "y"})));
        let saved = merge_fields(&was, &now, &mine, &chosen(false)).unwrap();
        assert_eq!(saved, fields(json!({"amount": "y"})), "what they emptied stays empty");
    }
}

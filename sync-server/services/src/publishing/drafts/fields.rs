//! Records of a draft and their fields: reading, merging, and detecting a change since a form was
//! opened.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use promise_database::DatabaseError;
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use crate::{
    Entity, ServiceError,
    error::DraftRefusal,
    field_merge::{FieldConflict, Form},
};

pub use promise_edition::{RecordFields as Fields, fields_of};

/// Returns the record with these fields in place of its own. Other fields stay as they are.
///
/// Returns [`DatabaseError::Unreadable`] if a value does not fit its field.
pub fn apply_fields<T: Serialize + DeserializeOwned>(
    record: &T,
    fields: &Fields,
) -> Result<T, ServiceError> {
    promise_edition::with_fields(record, fields).ok_or(DatabaseError::Unreadable("record").into())
}

/// Returns the fields of a form to save. `shown` is what the form showed, `saved` what is saved now
/// and `submitted` what came back. A field that only a colleague changed keeps their value. One that
/// both changed is returned as a conflict.
pub fn merge_fields(
    shown: &Fields,
    saved: &Fields,
    submitted: &Fields,
) -> Result<Fields, Vec<FieldConflict>> {
    Form { shown, submitted, choices: &BTreeMap::new() }.merge(saved, |a, b| a == b)
}

/// Swaps an element with the one before or after it, if there is one.
pub fn move_by_one<T>(list: &mut [T], at: usize, up: bool) {
    let to = if up { at.checked_sub(1) } else { Some(at + 1) };
    if let Some(to) = to.filter(|to| *to < list.len()) {
        list.swap(at, to);
    }
}

/// Returns a short hash of a record. A form that deletes or replaces a whole record sends it back,
/// to show that the record has not changed since it was read.
pub fn fingerprint<T: Serialize>(record: &T) -> String {
    let json = serde_json::to_vec(record).unwrap_or_default();
    HEXLOWER.encode(&Sha256::digest(json)).chars().take(16).collect()
}

/// Returns the record that `is_it` selects, if it still has this fingerprint.
///
/// Returns [`ServiceError::NotFound`] with `entity`, and [`DraftRefusal::ChangedSinceRead`].
pub fn find_unchanged<'a, T: Serialize>(
    records: &'a mut [T],
    entity: Entity,
    is_it: impl Fn(&T) -> bool,
    read_fingerprint: &str,
) -> Result<&'a mut T, ServiceError> {
    let record = records.iter_mut().find(|record| is_it(record));
    let record = record.ok_or(ServiceError::NotFound(entity))?;
    if fingerprint(record) == read_fingerprint {
        Ok(record)
    } else {
        Err(DraftRefusal::ChangedSinceRead.into())
    }
}

/// Removes the record that `is_it` selects, if it still has this fingerprint. The errors are those
/// of [`find_unchanged`].
pub fn remove_unchanged<T: Serialize>(
    records: &mut Vec<T>,
    entity: Entity,
    is_it: impl Fn(&T) -> bool,
    read_fingerprint: &str,
) -> Result<(), ServiceError> {
    find_unchanged(records, entity, &is_it, read_fingerprint)?;
    records.retain(|record| !is_it(record));
    Ok(())
}

//! The difference between two editions, record by record and field by field.

mod describe;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use promise_protocol::PackName;
use serde_json::Value;

use crate::content::{
    EditionContent, Record, RecordFields, RecordKind, Records, field_and_language, fields_of,
    record_id, record_title,
};

pub use describe::describe_changes;

/// The changes among the records of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct KindChanges {
    /// The kind of the records.
    pub kind: RecordKind,
    /// Records that are new, in order, with all their fields.
    pub added: Vec<RecordChange>,
    /// Records that are gone.
    pub removed: Vec<RecordChange>,
    /// Records that are in both editions and differ.
    pub changed: Vec<RecordChange>,
    /// `true` if the records in both editions are in another order.
    pub is_reordered: bool,
}

/// The changes in one record.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordChange {
    /// The record's id.
    pub id: String,
    /// The record's English title, or its id if it has none.
    pub name: String,
    /// The fields that change, sorted by name.
    pub fields: Vec<FieldChange>,
}

/// The change of one field.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    /// The field's name.
    pub field: String,
    /// The language tag, for a localised text.
    pub language: Option<String>,
    /// The old value; `None` if the field is added.
    pub before: Option<Value>,
    /// The new value; `None` if the field is removed.
    pub after: Option<Value>,
}

/// Compares two editions. The changes are in the order in which an edition is read; kinds without
/// changes are left out. Without a published edition, everything counts as added.
pub fn compare(before: Option<&EditionContent>, after: &EditionContent) -> Vec<KindChanges> {
    let old = before.map(Records::from_content).unwrap_or_default();
    let new = Records::from_content(after);
    let promise = compare_records(&old.head(PackName::Promise), &new.head(PackName::Promise));
    let promise = (!promise.fields.is_empty()).then(|| KindChanges {
        kind: RecordKind::Promise,
        added: Vec::new(),
        removed: Vec::new(),
        changed: vec![promise],
        is_reordered: false,
    });
    let lists = RecordKind::LISTS
        .into_iter()
        .map(|kind| compare_lists(kind, old.list(kind), new.list(kind)));
    promise.into_iter().chain(lists.flatten()).collect()
}

fn compare_lists(kind: RecordKind, before: &[Record], after: &[Record]) -> Option<KindChanges> {
    let (old, new) = (by_id(before), by_id(after));
    let nothing = Record::new();
    let added = after.iter().filter(|record| !old.contains_key(record_id(record)));
    let removed = before.iter().filter(|record| !new.contains_key(record_id(record)));
    let changed = after.iter().filter_map(|record| Some((*old.get(record_id(record))?, record)));
    let common_order = |records: &[Record], other: &BTreeMap<&str, &Record>| {
        let stays = |id: &&str| other.contains_key(id);
        records.iter().map(record_id).filter(stays).map(str::to_owned).collect::<Vec<_>>()
    };
    let changes = KindChanges {
        kind,
        added: added.map(|record| compare_records(&nothing, record)).collect(),
        removed: removed.map(|record| compare_records(record, &nothing)).collect(),
        changed: changed
            .filter(|(old, new)| old != new)
            .map(|(old, new)| compare_records(old, new))
            .collect(),
        is_reordered: common_order(before, &new) != common_order(after, &old),
    };
    let is_same = changes.added.is_empty()
        && changes.removed.is_empty()
        && changes.changed.is_empty()
        && !changes.is_reordered;
    (!is_same).then_some(changes)
}

/// Compares two versions of a record, one of which may be empty.
pub(crate) fn compare_records(before: &Record, after: &Record) -> RecordChange {
    let known = if after.is_empty() { before } else { after };
    RecordChange {
        id: record_id(known).to_owned(),
        name: record_title(known),
        fields: compare_fields(&fields_of(before), &fields_of(after)),
    }
}

fn compare_fields(before: &RecordFields, after: &RecordFields) -> Vec<FieldChange> {
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let change = |key: &String| {
        let (before, after) = (before.get(key).cloned(), after.get(key).cloned());
        let (field, language) = field_and_language(key);
        (before != after).then(|| FieldChange {
            field: field.to_owned(),
            language: language.map(str::to_owned),
            before,
            after,
        })
    };
    keys.into_iter().filter_map(change).collect()
}

pub(crate) fn by_id(records: &[Record]) -> BTreeMap<&str, &Record> {
    records.iter().map(|record| (record_id(record), record)).collect()
}

//! What an edition changes in another, record by record and field by field.

use std::collections::{BTreeMap, BTreeSet};

use promise_protocol::PackName;
use serde_json::Value;

use super::{
    EditionContent,
    records::{Fields, Kind, Record, Records, field_and_language, fields_of, id, name},
};

/// What changes among the records of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct KindChanges {
    /// Their kind.
    pub kind: Kind,
    /// Those that are new, in order, with all their fields.
    pub added: Vec<RecordChange>,
    /// Those that are gone.
    pub removed: Vec<RecordChange>,
    /// Those that stay and are not as they were.
    pub changed: Vec<RecordChange>,
    /// Whether those that stay are in another order.
    pub is_reordered: bool,
}

/// What changes in one record.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordChange {
    /// What stays the same about it.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Its fields that change, by name.
    pub fields: Vec<FieldChange>,
}

/// What changes in one field.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    /// Its name.
    pub field: String,
    /// Its language, if it is a text in several.
    pub language: Option<String>,
    /// What it held.
    pub before: Option<Value>,
    /// What it holds.
    pub after: Option<Value>,
}

/// What changes between two editions, in the order in which they are read; kinds in which nothing
/// changes are left out. Where nothing was published, everything is added.
pub fn compare(before: Option<&EditionContent>, after: &EditionContent) -> Vec<KindChanges> {
    let old = before.map(Records::of).unwrap_or_default();
    let new = Records::of(after);
    let head = (old.head(PackName::Promise), new.head(PackName::Promise));
    let promise = record_change(&head.0, &head.1);
    let promise = (!promise.fields.is_empty()).then(|| KindChanges {
        kind: Kind::Promise,
        added: Vec::new(),
        removed: Vec::new(),
        changed: vec![promise],
        is_reordered: false,
    });
    let lists = Kind::LISTS.into_iter().map(|kind| list(kind, old.list(kind), new.list(kind)));
    promise.into_iter().chain(lists.flatten()).collect()
}

fn list(kind: Kind, before: &[Record], after: &[Record]) -> Option<KindChanges> {
    let (old, new) = (by_id(before), by_id(after));
    let nothing = Record::new();
    let added = after.iter().filter(|record| !old.contains_key(id(record)));
    let removed = before.iter().filter(|record| !new.contains_key(id(record)));
    let changed = after.iter().filter_map(|record| Some((*old.get(id(record))?, record)));
    let order = |records: &[Record], other: &BTreeMap<&str, &Record>| {
        let stays = |id: &&str| other.contains_key(id);
        records.iter().map(id).filter(stays).map(str::to_owned).collect::<Vec<_>>()
    };
    let changes = KindChanges {
        kind,
        added: added.map(|record| record_change(&nothing, record)).collect(),
        removed: removed.map(|record| record_change(record, &nothing)).collect(),
        changed: changed
            .filter(|(old, new)| old != new)
            .map(|(old, new)| record_change(old, new))
            .collect(),
        is_reordered: order(before, &new) != order(after, &old),
    };
    let is_same = changes.added.is_empty()
        && changes.removed.is_empty()
        && changes.changed.is_empty()
        && !changes.is_reordered;
    (!is_same).then_some(changes)
}

/// What changes from one to another version of a record, of which one may be empty.
pub(super) fn record_change(before: &Record, after: &Record) -> RecordChange {
    let known = if after.is_empty() { before } else { after };
    RecordChange {
        id: id(known).to_owned(),
        name: name(known),
        fields: field_changes(&fields_of(before), &fields_of(after)),
    }
}

fn field_changes(before: &Fields, after: &Fields) -> Vec<FieldChange> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let change = |name: &String| {
        let (before, after) = (before.get(name).cloned(), after.get(name).cloned());
        let (field, language) = field_and_language(name);
        (before != after).then(|| FieldChange {
            field: field.to_owned(),
            language: language.map(str::to_owned),
            before,
            after,
        })
    };
    names.into_iter().filter_map(change).collect()
}

pub(super) fn by_id(records: &[Record]) -> BTreeMap<&str, &Record> {
    records.iter().map(|record| (id(record), record)).collect()
}

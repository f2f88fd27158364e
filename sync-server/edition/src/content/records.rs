//! An edition as JSON records, the form in which editions are compared and merged.

use std::collections::BTreeMap;

use promise_protocol::{PackName, pack::Table};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::{EditionContent, RecordKind};

/// A record as JSON.
pub(crate) type Record = Map<String, Value>;

/// All records of an edition.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Records {
    /// The fields of each pack outside its lists.
    pub(crate) heads: BTreeMap<PackName, Record>,
    pub(crate) lists: BTreeMap<RecordKind, Vec<Record>>,
}

impl Records {
    pub(crate) fn from_content(content: &EditionContent) -> Self {
        let EditionContent { promise, opportunities, directory } = content;
        let heads = [
            (PackName::Promise, to_record(promise)),
            (PackName::Opportunities, to_record(opportunities)),
            (PackName::Directory, to_record(directory)),
        ];
        let mut records = Self { heads: heads.into(), lists: BTreeMap::new() };
        for kind in RecordKind::LISTS {
            let (pack, list) = kind.location();
            records.heads.entry(pack).or_default().remove(list);
        }
        records.lists = [
            (RecordKind::Section, to_records(&promise.sections)),
            (RecordKind::Pledge, to_records(&promise.pledges.0)),
            (RecordKind::Opportunity, to_records(&opportunities.opportunities.0)),
            (RecordKind::Line, to_records(&directory.lines.0)),
            (RecordKind::ClosedDay, to_records(&directory.closed_days)),
            (RecordKind::Timescale, to_records(&directory.timescales)),
        ]
        .into();
        records
    }

    pub(crate) fn list(&self, kind: RecordKind) -> &[Record] {
        self.lists.get(&kind).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn head(&self, pack: PackName) -> Record {
        self.heads.get(&pack).cloned().unwrap_or_default()
    }

    /// Converts the records back into an edition; `None` if a record does not fit its type.
    pub(crate) fn into_content(mut self) -> Option<EditionContent> {
        for kind in RecordKind::LISTS {
            let (pack, key) = kind.location();
            let list = self.lists.remove(&kind).unwrap_or_default();
            let list = match kind {
                RecordKind::Pledge | RecordKind::Opportunity | RecordKind::Line => {
                    serde_json::to_value(Table(list))
                }
                _ => serde_json::to_value(list),
            };
            self.heads.entry(pack).or_default().insert(key.to_owned(), list.ok()?);
        }
        Some(EditionContent {
            promise: self.take_pack(PackName::Promise)?,
            opportunities: self.take_pack(PackName::Opportunities)?,
            directory: self.take_pack(PackName::Directory)?,
        })
    }

    fn take_pack<T: DeserializeOwned>(&mut self, pack: PackName) -> Option<T> {
        serde_json::from_value(Value::Object(self.heads.remove(&pack)?)).ok()
    }
}

fn to_records<T: Serialize>(records: &[T]) -> Vec<Record> {
    records.iter().map(to_record).collect()
}

/// Converts a value to its JSON record.
pub(super) fn to_record<T: Serialize>(record: &T) -> Record {
    match serde_json::to_value(record) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    }
}

/// The id of a record. A closed day is identified by its date.
pub(crate) fn record_id(record: &Record) -> &str {
    record.get("id").or_else(|| record.get("date")).and_then(Value::as_str).unwrap_or_default()
}

/// The title that people know the record by, in English, or else its id.
pub(crate) fn record_title(record: &Record) -> String {
    let title = ["title", "display_name", "name"].iter().find_map(|field| record.get(*field));
    let english = title.and_then(|title| title.as_str().or_else(|| title.get("en")?.as_str()));
    english.filter(|title| !title.is_empty()).unwrap_or_else(|| record_id(record)).to_owned()
}

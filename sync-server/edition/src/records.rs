//! An edition as records, each as its fields: how two editions are compared, and how a draft is
//! brought up to date.

use std::collections::BTreeMap;

use promise_protocol::{PackName, pack::Table};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::EditionContent;

/// The fields that hold a text in several languages.
const LOCALISED: [&str; 7] =
    ["title", "text", "easy_read", "how_to_get", "intro", "display_name", "about"];

/// Fields by name. A text in several languages is a field for each: `title.en`, `title.ar`. Nothing
/// is `null`.
pub type Fields = BTreeMap<String, Value>;

/// What a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The promise itself: whose it is, its title and its first words.
    Promise,
    /// A section of it.
    Section,
    /// A pledge.
    Pledge,
    /// An opportunity.
    Opportunity,
    /// A line anyone can ring.
    Line,
    /// A day on which offices are closed.
    ClosedDay,
}

impl Kind {
    /// All of those of which there are several.
    pub(super) const LISTS: [Self; 5] =
        [Self::Section, Self::Pledge, Self::Opportunity, Self::Line, Self::ClosedDay];

    /// Its name in addresses and words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Promise => "promise",
            Self::Section => "section",
            Self::Pledge => "pledge",
            Self::Opportunity => "opportunity",
            Self::Line => "line",
            Self::ClosedDay => "closed-day",
        }
    }

    /// The kind of this name.
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::Promise].into_iter().chain(Self::LISTS).find(|kind| kind.name() == name)
    }

    /// The pack it is in, and the name of the list there.
    fn place(self) -> (PackName, &'static str) {
        match self {
            Self::Promise => (PackName::Promise, ""),
            Self::Section => (PackName::Promise, "sections"),
            Self::Pledge => (PackName::Promise, "pledges"),
            Self::Opportunity => (PackName::Opportunities, "opportunities"),
            Self::Line => (PackName::Directory, "lines"),
            Self::ClosedDay => (PackName::Directory, "closed_days"),
        }
    }
}

/// A record as JSON.
pub(super) type Record = Map<String, Value>;

/// An edition's records.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Records {
    /// What a pack holds beside its lists.
    pub(super) heads: BTreeMap<PackName, Record>,
    pub(super) lists: BTreeMap<Kind, Vec<Record>>,
}

impl Records {
    pub(super) fn of(draft: &EditionContent) -> Self {
        let EditionContent { promise, opportunities, directory } = draft;
        let heads = [
            (PackName::Promise, as_map(promise)),
            (PackName::Opportunities, as_map(opportunities)),
            (PackName::Directory, as_map(directory)),
        ];
        let mut records = Self { heads: heads.into(), lists: BTreeMap::new() };
        for kind in Kind::LISTS {
            let (pack, list) = kind.place();
            records.heads.entry(pack).or_default().remove(list);
        }
        records.lists = [
            (Kind::Section, all_maps(&promise.sections)),
            (Kind::Pledge, all_maps(&promise.pledges.0)),
            (Kind::Opportunity, all_maps(&opportunities.opportunities.0)),
            (Kind::Line, all_maps(&directory.lines.0)),
            (Kind::ClosedDay, all_maps(&directory.closed_days)),
        ]
        .into();
        records
    }

    pub(super) fn list(&self, kind: Kind) -> &[Record] {
        self.lists.get(&kind).map_or(&[], Vec::as_slice)
    }

    pub(super) fn head(&self, pack: PackName) -> Record {
        self.heads.get(&pack).cloned().unwrap_or_default()
    }

    /// The edition that these are the records of; `None` if they are no edition's.
    pub(super) fn into_draft(mut self) -> Option<EditionContent> {
        for kind in Kind::LISTS {
            let (pack, name) = kind.place();
            let list = self.lists.remove(&kind).unwrap_or_default();
            let list = match kind {
                Kind::Pledge | Kind::Opportunity | Kind::Line => serde_json::to_value(Table(list)),
                _ => serde_json::to_value(list),
            };
            self.heads.entry(pack).or_default().insert(name.to_owned(), list.ok()?);
        }
        Some(EditionContent {
            promise: self.read(PackName::Promise)?,
            opportunities: self.read(PackName::Opportunities)?,
            directory: self.read(PackName::Directory)?,
        })
    }

    fn read<T: DeserializeOwned>(&mut self, pack: PackName) -> Option<T> {
        serde_json::from_value(Value::Object(self.heads.remove(&pack)?)).ok()
    }
}

fn all_maps<T: Serialize>(records: &[T]) -> Vec<Record> {
    records.iter().map(as_map).collect()
}

/// A record as JSON.
fn as_map<T: Serialize>(record: &T) -> Record {
    match serde_json::to_value(record) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    }
}

/// What stays the same about a record. A closed day is its date.
pub(super) fn id(record: &Record) -> &str {
    record.get("id").or_else(|| record.get("date")).and_then(Value::as_str).unwrap_or_default()
}

/// What people call it: its English title, or what stays the same about it.
pub(super) fn name(record: &Record) -> String {
    let title = ["title", "display_name", "name"].iter().find_map(|field| record.get(*field));
    let english = title.and_then(|title| title.as_str().or_else(|| title.get("en")?.as_str()));
    english.filter(|name| !name.is_empty()).unwrap_or_else(|| id(record)).to_owned()
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

/// A field's name, and its language if it is a text in several.
pub fn field_and_language(name: &str) -> (&str, Option<&str>) {
    match name.split_once('.') {
        Some((field, tag)) if LOCALISED.contains(&field) => (field, Some(tag)),
        _ => (name, None),
    }
}

/// The record with these fields in place of its own; those that are not named stay as they are.
/// `None` if a value does not fit its field.
pub fn with_fields<T: Serialize + DeserializeOwned>(record: &T, fields: &Fields) -> Option<T> {
    let mut map = as_map(record);
    for (name, value) in fields {
        let (field, language) = field_and_language(name);
        let (into, name) = match language {
            Some(tag) => {
                let texts = map.entry(field).or_insert_with(|| Value::Object(Map::new()));
                (texts.as_object_mut()?, tag)
            }
            None => (&mut map, field),
        };
        match value {
            Value::Null => drop(into.remove(name)),
            value => drop(into.insert(name.to_owned(), value.clone())),
        }
    }
    serde_json::from_value(Value::Object(map)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use promise_protocol::pack::PromiseSection;
    use serde_json::json;

    fn fields(value: Value) -> Fields {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn a_record_is_its_fields_and_back() {
        let section = json!({"id": "money", "title": {"en": "Money", "ar": "مال"}, "new": 1});
        let section: PromiseSection = serde_json::from_value(section).unwrap();
        let own = fields_of(&section);
        assert_eq!(own.keys().collect::<Vec<_>>(), ["id", "new", "title.ar", "title.en"]);
        assert_eq!(with_fields(&section, &own).unwrap(), section);
        let all = json!({"title.ar": null, "title.en": null, "intro.en": "x"});
        let changed = with_fields(&section, &fields(all)).unwrap();
        assert_eq!((changed.title.len(), changed.intro["en"].as_str()), (0, "x"));
        assert_eq!(changed.unknown["new"], 1, "what is unknown is kept");
        assert!(with_fields(&section, &fields(json!({"title.en": 7}))).is_none());
    }
}

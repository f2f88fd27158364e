//! What an edition changes, in words for whoever publishes it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Map, Value};

use super::{
    Draft,
    wording::{capitalised, change, label},
};

/// What the next edition changes in the published one: first how many of each, then each change.
/// Nothing when nothing changes.
pub fn difference(published: Option<&Draft>, next: &Draft) -> Vec<String> {
    let Some(published) = published else { return vec![first_edition(next)] };
    let (before, after) = (Records::of(published), Records::of(next));
    let mut said = Said::default();
    said.fields("Promise", &before.promise, &after.promise);
    for (kind, before, after) in [
        (&SECTIONS, &before.sections, &after.sections),
        (&PLEDGES, &before.pledges, &after.pledges),
        (&OPPORTUNITIES, &before.opportunities, &after.opportunities),
        (&LINES, &before.lines, &after.lines),
        (&CLOSED_DAYS, &before.closed_days, &after.closed_days),
    ] {
        said.records(kind, before, after);
    }
    said.counts.append(&mut said.details);
    said.counts
}

fn first_edition(next: &Draft) -> String {
    let count = |number: usize, kind: &Kind| format!("{number} {}", kind.word(number));
    format!(
        "New edition: {}, {}, {}",
        count(next.promise.pledges.0.len(), &PLEDGES),
        count(next.opportunities.opportunities.0.len(), &OPPORTUNITIES),
        count(next.directory.lines.0.len(), &LINES),
    )
}

/// What the records of one kind are called.
struct Kind {
    one: &'static str,
    many: &'static str,
}

const SECTIONS: Kind = Kind { one: "section", many: "sections" };
const PLEDGES: Kind = Kind { one: "pledge", many: "pledges" };
const OPPORTUNITIES: Kind = Kind { one: "opportunity", many: "opportunities" };
const LINES: Kind = Kind { one: "line", many: "lines" };
const CLOSED_DAYS: Kind = Kind { one: "closed day", many: "closed days" };

impl Kind {
    fn word(&self, count: usize) -> &'static str {
        if count == 1 { self.one } else { self.many }
    }
}

/// An edition's records, each as its fields.
struct Records {
    promise: Map<String, Value>,
    sections: Vec<Map<String, Value>>,
    pledges: Vec<Map<String, Value>>,
    opportunities: Vec<Map<String, Value>>,
    lines: Vec<Map<String, Value>>,
    closed_days: Vec<Map<String, Value>>,
}

impl Records {
    fn of(draft: &Draft) -> Self {
        let mut promise = Map::new();
        promise.insert("council".to_owned(), Value::from(draft.promise.council.name.clone()));
        promise.insert("council id".to_owned(), Value::from(draft.promise.council.id.clone()));
        promise.insert("title".to_owned(), Value::Object(fields(&draft.promise.title)));
        promise.insert("intro".to_owned(), Value::Object(fields(&draft.promise.intro)));
        Self {
            promise,
            sections: all_fields(&draft.promise.sections),
            pledges: all_fields(&draft.promise.pledges.0),
            opportunities: all_fields(&draft.opportunities.opportunities.0),
            lines: all_fields(&draft.directory.lines.0),
            closed_days: all_fields(&draft.directory.closed_days),
        }
    }
}

fn all_fields<T: Serialize>(records: &[T]) -> Vec<Map<String, Value>> {
    records.iter().map(fields).collect()
}

fn fields<T: Serialize>(record: &T) -> Map<String, Value> {
    match serde_json::to_value(record) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

/// What has been said so far.
#[derive(Default)]
struct Said {
    counts: Vec<String>,
    details: Vec<String>,
}

impl Said {
    fn records(
        &mut self,
        kind: &Kind,
        before: &[Map<String, Value>],
        after: &[Map<String, Value>],
    ) {
        let (old, new) = (by_id(before), by_id(after));
        self.count(kind, "added", after, |id| !old.contains_key(id));
        self.count(kind, "removed", before, |id| !new.contains_key(id));
        self.count(kind, "changed", after, |id| {
            old.get(id).is_some_and(|o| new.get(id) != Some(o))
        });
        for record in after {
            if let Some(old) = old.get(id(record)) {
                let name = format!("{} {}", capitalised(kind.one), name(record));
                self.fields(&name, old, record);
            }
        }
        let order = |records: &[Map<String, Value>], other: &BTreeMap<&str, _>| {
            let stays = |id: &&str| other.contains_key(id);
            records.iter().map(id).filter(stays).map(str::to_owned).collect::<Vec<_>>()
        };
        if order(before, &new) != order(after, &old) {
            self.details.push(format!("The {} are in another order", kind.many));
        }
    }

    fn count(
        &mut self,
        kind: &Kind,
        done: &str,
        records: &[Map<String, Value>],
        counts: impl Fn(&str) -> bool,
    ) {
        let names: Vec<String> =
            records.iter().filter(|record| counts(id(record))).map(name).collect();
        if !names.is_empty() {
            let kind = kind.word(names.len());
            self.counts.push(format!("{} {kind} {done}: {}", names.len(), names.join(", ")));
        }
    }

    fn fields(&mut self, of: &str, before: &Map<String, Value>, after: &Map<String, Value>) {
        let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for name in names {
            let (before, after) = (before.get(name), after.get(name));
            if before != after {
                self.details.push(format!("{of}: {} {}", label(name), change(before, after)));
            }
        }
    }
}

fn by_id(records: &[Map<String, Value>]) -> BTreeMap<&str, &Map<String, Value>> {
    records.iter().map(|record| (id(record), record)).collect()
}

/// What stays the same about a record. A closed day is its date.
fn id(record: &Map<String, Value>) -> &str {
    record.get("id").or_else(|| record.get("date")).and_then(Value::as_str).unwrap_or_default()
}

fn name(record: &Map<String, Value>) -> String {
    let title = ["title", "display_name", "name"].iter().find_map(|field| record.get(*field));
    let english = title.and_then(|title| title.as_str().or_else(|| title.get("en")?.as_str()));
    format!("\"{}\"", english.unwrap_or_else(|| id(record)))
}

//! The difference between two editions as English lines, for publishing from the command line.

use promise_protocol::{opening_hours, pack::Line};

use super::{
    FieldChange, RecordChange, compare,
    values::{capitalise, describe_change, field_label},
};
use crate::content::{EditionContent, RecordKind};

/// Describes what `next` changes: first the counts per kind, then each change. Returns an empty
/// list if nothing changes. An item spans several lines where old and new text are long.
pub fn describe_changes(published: Option<&EditionContent>, next: &EditionContent) -> Vec<String> {
    if published.is_none() {
        return [vec![describe_first(next)], describe_nights(None, next)].concat();
    }
    let (mut counts, mut details) = (Vec::new(), Vec::new());
    for changes in compare(published, next) {
        let kind = changes.kind;
        if kind != RecordKind::Promise {
            let all = [
                ("added", &changes.added),
                ("removed", &changes.removed),
                ("changed", &changes.changed),
            ];
            counts.extend(all.iter().filter_map(|(verb, records)| count(kind, verb, records)));
        }
        for record in &changes.changed {
            let subject = match kind {
                RecordKind::Promise => "Promise".to_owned(),
                kind => format!("{} \"{}\"", capitalise(noun(kind, 1)), record.name),
            };
            details.extend(record.fields.iter().map(|field| detail(&subject, field)));
        }
        if changes.is_reordered {
            details.push(format!("The {} are in another order", noun(kind, 2)));
        }
    }
    counts.append(&mut details);
    counts.extend(describe_nights(published, next));
    counts
}

/// Describes the hours of new lines that end on the next day or are unusually long: a slip in them
/// hides a time at which no line is open.
fn describe_nights(published: Option<&EditionContent>, next: &EditionContent) -> Vec<String> {
    let is_new = |line: &&Line| {
        let known = published.map(|published| &published.directory.lines.0);
        !known.is_some_and(|lines| lines.iter().any(|known| known.id == line.id))
    };
    let describe = |line: &Line| {
        let nights = line.hours.iter().filter(|hours| hours.closes_next_day());
        let nights: Vec<String> = nights.map(opening_hours::format).collect();
        let name = line.display_name.get("en").unwrap_or(&line.id);
        (!nights.is_empty()).then(|| format!("Line \"{name}\": hours {}", nights.join(", ")))
    };
    next.directory.lines.0.iter().filter(is_new).filter_map(describe).collect()
}

fn describe_first(next: &EditionContent) -> String {
    let count = |number: usize, kind| format!("{number} {}", noun(kind, number));
    format!(
        "New edition: {}, {}, {}",
        count(next.promise.pledges.0.len(), RecordKind::Pledge),
        count(next.opportunities.opportunities.0.len(), RecordKind::Opportunity),
        count(next.directory.lines.0.len(), RecordKind::Line),
    )
}

fn count(kind: RecordKind, verb: &str, records: &[RecordChange]) -> Option<String> {
    let names: Vec<String> = records.iter().map(|record| format!("\"{}\"", record.name)).collect();
    let noun = noun(kind, names.len());
    (!names.is_empty()).then(|| format!("{} {noun} {verb}: {}", names.len(), names.join(", ")))
}

fn detail(subject: &str, field: &FieldChange) -> String {
    let mut label = field_label(&field.field);
    if let Some(language) = field.language.as_deref().filter(|language| *language != "en") {
        label = format!("{label} ({language})");
    }
    let change = describe_change(field.before.as_ref(), field.after.as_ref());
    format!("{subject}: {label} {change}")
}

/// The noun for `count` records of a kind.
fn noun(kind: RecordKind, count: usize) -> &'static str {
    let (one, many) = match kind {
        RecordKind::Promise => ("promise", "promises"),
        RecordKind::Section => ("section", "sections"),
        RecordKind::Pledge => ("pledge", "pledges"),
        RecordKind::Opportunity => ("opportunity", "opportunities"),
        RecordKind::Line => ("line", "lines"),
        RecordKind::ClosedDay => ("closed day", "closed days"),
        RecordKind::Timescale => ("timescale", "timescales"),
    };
    if count == 1 { one } else { many }
}

//! What an edition changes, in words for whoever publishes it from a folder.

use super::{
    EditionContent,
    compare::{FieldChange, RecordChange, compare},
    records::Kind,
    wording::{capitalised, change, label},
};

/// What the next edition changes in the published one: first how many of each, then each change.
/// Nothing when nothing changes. A line of several lines shows an old and a new text.
pub fn difference(published: Option<&EditionContent>, next: &EditionContent) -> Vec<String> {
    if published.is_none() {
        return vec![first_edition(next)];
    }
    let (mut counts, mut details) = (Vec::new(), Vec::new());
    for changes in compare(published, next) {
        let kind = changes.kind;
        if kind != Kind::Promise {
            let all = [
                ("added", &changes.added),
                ("removed", &changes.removed),
                ("changed", &changes.changed),
            ];
            counts.extend(all.iter().filter_map(|(done, records)| count(kind, done, records)));
        }
        for record in &changes.changed {
            let of = match kind {
                Kind::Promise => "Promise".to_owned(),
                kind => format!("{} \"{}\"", capitalised(word(kind, 1)), record.name),
            };
            details.extend(record.fields.iter().map(|field| detail(&of, field)));
        }
        if changes.is_reordered {
            details.push(format!("The {} are in another order", word(kind, 2)));
        }
    }
    counts.append(&mut details);
    counts
}

fn first_edition(next: &EditionContent) -> String {
    let count = |number: usize, kind| format!("{number} {}", word(kind, number));
    format!(
        "New edition: {}, {}, {}",
        count(next.promise.pledges.0.len(), Kind::Pledge),
        count(next.opportunities.opportunities.0.len(), Kind::Opportunity),
        count(next.directory.lines.0.len(), Kind::Line),
    )
}

fn count(kind: Kind, done: &str, records: &[RecordChange]) -> Option<String> {
    let names: Vec<String> = records.iter().map(|it| format!("\"{}\"", it.name)).collect();
    let kind = word(kind, names.len());
    (!names.is_empty()).then(|| format!("{} {kind} {done}: {}", names.len(), names.join(", ")))
}

fn detail(of: &str, field: &FieldChange) -> String {
    let mut name = label(&field.field);
    if let Some(language) = field.language.as_deref().filter(|language| *language != "en") {
        name = format!("{name} ({language})");
    }
    format!("{of}: {name} {}", change(field.before.as_ref(), field.after.as_ref()))
}

/// What so many records of a kind are called.
fn word(kind: Kind, count: usize) -> &'static str {
    let (one, many) = match kind {
        Kind::Promise => ("promise", "promises"),
        Kind::Section => ("section", "sections"),
        Kind::Pledge => ("pledge", "pledges"),
        Kind::Opportunity => ("opportunity", "opportunities"),
        Kind::Line => ("line", "lines"),
        Kind::ClosedDay => ("closed day", "closed days"),
    };
    if count == 1 { one } else { many }
}

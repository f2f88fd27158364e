//! The sheet of opportunities of a folder.

use std::collections::BTreeMap;

use promise_protocol::pack::{Opportunities, Table};
use serde_json::Map;

use crate::{
    issue::Issue,
    opportunities::{TextOrigin, read_texts},
    sources::sheet::read_with_issues,
};

/// Reads the opportunities as far as they can be read, and lists the issues.
pub(super) fn read(name: &str, bytes: &[u8]) -> (Opportunities, Vec<Issue>) {
    let (sheet, mut issues) = read_with_issues(bytes);
    let mut rows: BTreeMap<String, usize> = BTreeMap::new();
    let mut opportunities = Vec::new();
    for row in sheet.rows {
        let (opportunity, found) = read_texts(&row.texts, TextOrigin::File);
        let id = opportunity.id.clone();
        let duplicate = rows.get(&id).map(|first| row.duplicate_id(*first));
        if !id.is_empty() {
            rows.entry(id).or_insert(row.number);
        }
        issues.extend(row.issues);
        issues.extend(found.into_iter().map(|issue| issue.at_row(row.number)));
        issues.extend(duplicate);
        opportunities.push(opportunity);
    }
    let mut issues: Vec<Issue> =
        issues.into_iter().map(|issue| issue.in_sheet_file(name)).collect();
    issues.sort_by_key(|issue| issue.place.line());
    (Opportunities { opportunities: Table(opportunities), unknown: Map::new() }, issues)
}

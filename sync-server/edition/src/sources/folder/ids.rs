//! Ids that must be unique among the records of a file.

use std::collections::BTreeMap;

use super::table::TableReader;
use crate::issue::IssueKind;

/// The ids read so far, each with its line.
#[derive(Default)]
pub(super) struct UniqueIds(BTreeMap<String, usize>);

impl UniqueIds {
    /// Reads the `id` of a table, and adds an issue if another table has the same.
    pub(super) fn read(&mut self, table: &TableReader<'_>) -> String {
        let Some(id) = table.id("id") else { return String::new() };
        let line = table.line_of("id");
        if let Some(first) = self.0.get(&id) {
            let kind = IssueKind::DuplicateId { first_line: Some(*first) };
            table.add_field_issue("id", kind, &id);
        }
        self.0.entry(id.clone()).or_insert(line);
        id
    }
}

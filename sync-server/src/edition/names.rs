//! Names that no two records of a file may share.

use std::collections::BTreeMap;

use super::fields::Fields;

/// The names given so far, and on which line.
#[derive(Default)]
pub(super) struct Names(BTreeMap<String, usize>);

impl Names {
    /// The `id` of a table, which no other table may have.
    pub(super) fn next(&mut self, fields: &Fields<'_>) -> String {
        let Some(id) = fields.id("id") else { return String::new() };
        let line = fields.line_of("id");
        if let Some(first) = self.0.get(&id) {
            fields
                .problem_of("id", format!("id \"{id}\" is used twice; it is in line {first} too"));
        }
        self.0.entry(id.clone()).or_insert(line);
        id
    }
}

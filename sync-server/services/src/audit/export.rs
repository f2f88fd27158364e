//! What is taken along as a table: the log of a time, and the caseload. That it was is noted first.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    Permission, ServiceError, StaffScope,
    audit::{self, Subject},
    calendar,
    people::caseload::staff_name,
};
use promise_database::{AuditEntry, AuditFilter, Tx};

/// One entry with the names that go with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportedEntry {
    /// The entry.
    pub entry: AuditEntry,
    /// The name of whoever it was; empty for whoever runs the server.
    pub by: String,
    /// The council's reference for whom it is about; empty if nobody, or somebody who is erased.
    pub reference: String,
}

/// Begins to take the log along from one day to another, both among it, and answers what is wanted
/// of it: nothing from after this moment, so that the table does not run away from its reader.
pub fn begin(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    (from, to): (NaiveDate, NaiveDate),
    now_millis: i64,
) -> Result<AuditFilter, ServiceError> {
    scope.permit(Permission::ExportLog)?;
    let council = scope.own_council().unwrap_or_default();
    let detail = format!("log {from} {to}");
    audit::record(tx, scope, Subject::Council(council), "exported", &detail, now_millis)?;
    let (from, to) = (calendar::day_bounds(from).0, calendar::day_bounds(to).1.min(now_millis));
    Ok(AuditFilter { from: Some(from), to: Some(to), ..AuditFilter::default() })
}

/// At most so many of its entries after a number, the oldest first.
pub fn entries(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    filter: &AuditFilter,
    after: u64,
    most: usize,
) -> Result<Vec<ExportedEntry>, ServiceError> {
    scope.permit(Permission::ExportLog)?;
    let council = scope.own_council().unwrap_or_default();
    let entries = tx.entries_after(council, filter, after, most)?;
    let staff = tx.staff_of(council)?;
    let names: BTreeMap<&str, String> =
        staff.iter().map(|staff| (staff.id.as_str(), staff_name(staff))).collect();
    let people = tx.people(council)?;
    let references: BTreeMap<&str, &str> = people
        .iter()
        .filter_map(|person| Some((person.id.as_str(), person.reference.as_deref()?)))
        .collect();
    let line = |entry: AuditEntry| ExportedEntry {
        by: entry.actor.staff().and_then(|staff| names.get(staff)).cloned().unwrap_or_default(),
        reference: entry
            .person
            .as_deref()
            .and_then(|person| references.get(person))
            .copied()
            .unwrap_or_default()
            .to_owned(),
        entry,
    };
    Ok(entries.into_iter().map(line).collect())
}

//! Export of the audit log as a table.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use promise_database::{AuditEntry, AuditFilter, Tx};
use promise_protocol::ids::{PersonId, StaffId};

use crate::{
    Permission, ServiceError, StaffScope,
    audit::{self, AuditAction, Subject},
    calendar,
};

/// One entry with the names that belong to its ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportedEntry {
    /// The entry.
    pub entry: AuditEntry,
    /// The staff member's name. Empty for the operator.
    pub by: String,
    /// The council's reference of the young person. Empty if the entry is not about a young person,
    /// or the person was erased.
    pub reference: String,
}

/// Starts an export of the days from `from` to `to`, both included, and records that it was made.
/// Returns the filter for [`entries`]. It excludes entries made after now, so that the export does
/// not grow while it is read.
pub fn begin(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    (from, to): (NaiveDate, NaiveDate),
    now_millis: i64,
) -> Result<AuditFilter, ServiceError> {
    scope.permit(Permission::ExportLog)?;
    let subject = Subject::Council(scope.require_council()?);
    let detail = format!("log {from} {to}");
    audit::record(tx, scope, subject, AuditAction::Exported, &detail, now_millis)?;
    let (from, to) = (calendar::day_bounds(from).0, calendar::day_bounds(to).1.min(now_millis));
    Ok(AuditFilter { from: Some(from), to: Some(to), ..AuditFilter::default() })
}

/// Returns up to `limit` entries with a number above `after`, oldest first.
pub fn entries(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    filter: &AuditFilter,
    after: u64,
    limit: usize,
) -> Result<Vec<ExportedEntry>, ServiceError> {
    scope.permit(Permission::ExportLog)?;
    let council = scope.require_council()?;
    let entries = tx.entries_after(council, filter, after, limit)?;
    let staff = tx.staff_of(council)?;
    let names: BTreeMap<&StaffId, &str> =
        staff.iter().map(|staff| (&staff.id, staff.name())).collect();
    let people = tx.people(council)?;
    let references: BTreeMap<&PersonId, &str> = people
        .iter()
        .filter_map(|person| Some((&person.id, person.reference.as_deref()?)))
        .collect();
    let named = |entry: AuditEntry| {
        let by = entry.actor.staff().and_then(|staff| names.get(staff).copied());
        let reference = entry.person.as_ref().and_then(|id| references.get(id).copied());
        ExportedEntry {
            by: by.unwrap_or_default().to_owned(),
            reference: reference.unwrap_or_default().to_owned(),
            entry,
        }
    };
    Ok(entries.into_iter().map(named).collect())
}

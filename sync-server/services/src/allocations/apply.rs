//! Applying what a plan said, in one transaction.

use std::collections::BTreeMap;

use promise_database::{AllocationImport, StaffMember, Tx};
use promise_protocol::ids::{CouncilId, StaffId};

use super::{AllocationRefusal, Change, State, refusal};
use crate::{
    Permission, Random, ServiceError, StaffScope,
    assignments::imported,
    audit::{self, AuditAction, Subject},
    staff,
};

/// What a person has confirmed: the exact number, so that it was seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Confirmed {
    /// How many rows a file has that shrank.
    pub rows: Option<usize>,
    /// How many would lose an adviser.
    pub losses: Option<usize>,
}

/// What to apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The plan's changes, and the ends of missing assignments that someone chose.
    pub changes: Vec<Change>,
    /// How many rows the involvements had.
    pub rows: usize,
    /// The plan's [version](super::Plan::version).
    pub version: String,
    /// What was confirmed.
    pub confirmed: Confirmed,
}

/// How many changes were applied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Young people who were given an adviser.
    pub assigned: usize,
    /// Assignments that ended.
    pub ended: usize,
    /// Assignments whose days changed.
    pub days: usize,
    /// Staff who were deactivated.
    pub switched_off: usize,
}

/// Applies a decision: all of it or, on an error, nothing. Repeating an import changes nothing.
///
/// Returns [`ServiceError::Allocations`] with the reason if it is not applied, and
/// [`ServiceError::NotAllowed`] if a staff member is to be deactivated and the caller may not.
pub fn apply(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &CouncilId,
    decision: &Decision,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<Applied, ServiceError> {
    scope.permit_now(tx, Permission::GivePeople)?;
    let council = scope.council(tx, council)?;
    let state = State::load(tx, &council, now_millis)?;
    if state.version() != decision.version {
        return Err(AllocationRefusal::ChangedSinceRead.into());
    }
    let mut changes = decision.changes.clone();
    changes.sort();
    changes.dedup();
    let last = tx.last_allocation_import(&council)?;
    let confirmed = decision.confirmed;
    refusal::check_rows(last.map(|last| last.rows), decision.rows, confirmed.rows)?;
    refusal::check_losses(&state, &changes, confirmed.losses)?;
    let mut import =
        Import { tx: &mut *tx, scope, state: &state, now_millis, applied: Applied::default() };
    let mut advisers = BTreeMap::new();
    for change in &changes {
        let adviser = import.apply(change, random)?;
        advisers.extend(adviser.map(|adviser| (adviser.id.clone(), adviser)));
    }
    for adviser in advisers.values() {
        imported::arrange_cover(import.tx, scope, adviser, now_millis, random)?;
    }
    let applied = import.applied;
    if applied != Applied::default() {
        let subject = Subject::Council(&council);
        let detail = applied.detail();
        audit::record(tx, scope, subject, AuditAction::ImportedAllocations, &detail, now_millis)?;
    }
    tx.set_allocation_import(&AllocationImport { council, at: now_millis, rows: decision.rows })?;
    Ok(applied)
}

impl Applied {
    fn detail(self) -> String {
        let Self { assigned, ended, days, switched_off } = self;
        format!("assigned {assigned}, ended {ended}, days {days}, switched off {switched_off}")
    }
}

/// An import that is being applied.
struct Import<'a> {
    tx: &'a mut dyn Tx,
    scope: &'a StaffScope,
    state: &'a State,
    now_millis: i64,
    applied: Applied,
}

impl Import<'_> {
    /// Applies one change. Returns the adviser who was given someone.
    fn apply(
        &mut self,
        change: &Change,
        random: &mut dyn Random,
    ) -> Result<Option<StaffMember>, ServiceError> {
        let (scope, now) = (self.scope, self.now_millis);
        match change {
            Change::SwitchOff { staff } => {
                staff::deactivate(self.tx, scope, staff, now)?;
                self.applied.switched_off += 1;
                Ok(None)
            }
            Change::End { person, staff } => {
                let person = scope.person_to_change(self.tx, person)?;
                imported::end(self.tx, scope, (&person, staff), now)?;
                self.applied.ended += 1;
                Ok(None)
            }
            Change::SetDays { person, staff, starts, ends } => {
                let person = scope.person_to_change(self.tx, person)?;
                let days = (*starts, *ends);
                imported::set_days(self.tx, scope, (&person, staff), days, now)?;
                self.applied.days += 1;
                Ok(None)
            }
            Change::Assign { person, staff, starts, ends } => {
                let person = scope.person_to_change(self.tx, person)?;
                let adviser = self.find_adviser(staff)?;
                let days = (*starts, *ends);
                imported::assign_for_days(self.tx, scope, (&person, &adviser), days, now, random)?;
                self.applied.assigned += 1;
                Ok(Some(adviser))
            }
        }
    }

    /// Returns a staff member to whom young people can be assigned.
    fn find_adviser(&mut self, staff: &StaffId) -> Result<StaffMember, ServiceError> {
        let can_advise = self.state.find_staff(staff).is_some_and(|staff| staff.can_advise);
        let adviser = self.scope.colleague(self.tx, staff)?;
        if can_advise { Ok(adviser) } else { Err(ServiceError::NotAllowed) }
    }
}

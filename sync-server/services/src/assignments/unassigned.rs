//! Young people without an adviser today, and assigning one at once.
//!
//! A young person has an adviser if an assignment is active today whose staff member is not
//! deactivated and not on leave. A colleague who covers has an assignment of their own for those
//! days, so leave with cover leaves no one unassigned. A staff member without a sign-in counts:
//! young people can ring them.

use promise_protocol::{
    ids::{CouncilId, PersonId, StaffId},
    text,
};
use std::collections::BTreeMap;

use chrono::NaiveDate;
use promise_database::{Person, StaffMember, Tx, UnassignedPerson};

use crate::{
    Existing, Permission, Random, ServiceError, StaffScope,
    assignments::{cover, writer::AssignmentWriter},
    audit::{self, AuditAction, Subject},
    calendar,
};

/// Why a young person has no adviser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No adviser was ever assigned.
    NeverAssigned,
    /// The adviser left. Contains their name.
    AdviserLeft(String),
    /// The adviser is on leave and no colleague covers.
    AdviserOnLeave {
        /// The staff member.
        staff: StaffId,
        /// Their name.
        name: String,
        /// The last day of their leave.
        until: NaiveDate,
    },
    /// The last assignment ended and none followed.
    AssignmentEnded,
}

/// A young person without an adviser today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unassigned {
    /// The young person.
    pub person: PersonId,
    /// The council's reference.
    pub reference: Option<String>,
    /// Why they have no adviser.
    pub reason: Reason,
    /// The name of the next adviser, and their first day.
    pub coming: Option<(String, NaiveDate)>,
}

/// Returns a council's young people without an adviser today, by reference.
pub fn list(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &CouncilId,
    now_millis: i64,
) -> Result<Vec<Unassigned>, ServiceError> {
    scope.permit(Permission::SeeTeams)?;
    let council = scope.council(tx, council)?;
    let today = calendar::today(now_millis);
    let found = tx.unassigned(&council, today)?;
    let staff = tx.staff_of(&council)?.into_iter().map(|it| (it.id.clone(), it)).collect();
    let mut unassigned: Vec<Unassigned> =
        found.into_iter().map(|found| explain(found, &staff, today)).collect();
    unassigned
        .sort_by_cached_key(|it| (it.reference.as_deref().map(text::sort_key), it.person.clone()));
    Ok(unassigned)
}

/// Returns how many young people of the caller's council have no adviser today. Returns 0 to a role
/// that cannot assign advisers.
pub fn count(tx: &mut dyn Tx, scope: &StaffScope, now_millis: i64) -> Result<usize, ServiceError> {
    let council = scope.own_council().filter(|_| scope.may(Permission::GivePeople));
    let Some(council) = council else { return Ok(0) };
    Ok(tx.count_unassigned(council, calendar::today(now_millis))?)
}

/// An adviser on leave is the most useful reason, because they come back; then one who left.
fn explain(
    found: UnassignedPerson,
    staff: &BTreeMap<StaffId, StaffMember>,
    today: NaiveDate,
) -> Unassigned {
    let active = found.assignments.iter().filter(|assignment| assignment.is_active_on(today));
    let active: Vec<_> = active.filter_map(|assignment| staff.get(&assignment.staff)).collect();
    let on_leave = active.iter().filter(|member| !member.is_deactivated()).find_map(|member| {
        let (staff, name) = (member.id.clone(), member.name().to_owned());
        let until = member.card.on_leave_until(today)?;
        Some(Reason::AdviserOnLeave { staff, name, until })
    });
    let left = active.iter().find(|member| member.is_deactivated());
    let left = left.map(|member| Reason::AdviserLeft(member.name().to_owned()));
    let otherwise =
        if found.was_assigned { Reason::AssignmentEnded } else { Reason::NeverAssigned };
    let coming = found.assignments.iter().filter_map(|assignment| {
        let starts = assignment.starts.filter(|starts| *starts > today)?;
        let colleague = staff.get(&assignment.staff).filter(|it| !it.is_deactivated())?;
        Some((colleague.name().to_owned(), starts))
    });
    Unassigned {
        coming: coming.min_by_key(|(_, starts)| *starts),
        reason: on_leave.or(left).unwrap_or(otherwise),
        person: found.person,
        reference: found.reference,
    }
}

/// Assigns young people without an adviser to a colleague, whose contact their phones get with the
/// same transaction. Contacts of leavers are deleted. Either all people are assigned or, on an
/// error, none. Returns how many there were.
///
/// Returns [`ServiceError::AlreadyExists`] if one of them has an adviser by now, and
/// [`ServiceError::StaffOnLeave`].
pub fn assign_all(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    people: &[PersonId],
    to: &StaffId,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<usize, ServiceError> {
    scope.permit(Permission::GivePeople)?;
    let today = calendar::today(now_millis);
    let colleague = scope.colleague(tx, to)?;
    if colleague.card.on_leave_until(today).is_some() {
        return Err(ServiceError::StaffOnLeave);
    }
    let unassigned = tx.unassigned(&colleague.council, today)?;
    let mut writer = AssignmentWriter { tx, scope, now_millis };
    for id in people {
        let person = scope.person_to_change(writer.tx, id)?;
        if !unassigned.iter().any(|unassigned| &unassigned.person == id) {
            return Err(ServiceError::AlreadyExists(Existing::Adviser));
        }
        let subject = Subject::Person(&person);
        let action = AuditAction::AssignedAdviser;
        audit::record(writer.tx, scope, subject, action, to.as_str(), now_millis)?;
        end_leavers(&mut writer, &person)?;
        writer.make_own(&person, &colleague, None, random)?;
    }
    let colleagues = cover::Colleagues::load(&mut writer, &colleague.council)?;
    cover::arrange(&mut writer, &colleagues, &colleague, random)?;
    Ok(people.len())
}

/// Deletes the contacts of leavers from a young person's phones.
pub(super) fn end_leavers(
    writer: &mut AssignmentWriter<'_>,
    person: &Person,
) -> Result<(), ServiceError> {
    for old in writer.tx.assignments_of_person(&person.id)? {
        if writer.tx.staff(&old.staff)?.is_some_and(|staff| staff.is_deactivated()) {
            writer.end(person, &old.staff)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;

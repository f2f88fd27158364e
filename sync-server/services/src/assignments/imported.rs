//! Assignments that an import of the council's own systems makes, changes and ends. Like those that a
//! manager makes, and with days.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use promise_database::{Assignment, Person, StaffMember, Tx};
use promise_protocol::ids::StaffId;

use crate::{
    Entity, Random, ServiceError, StaffScope,
    assignments::{cover, unassigned, writer::AssignmentWriter},
    audit::{self, AuditAction, Subject},
};

/// The first day of an assignment, if it is in the future, and the first day on which it is over.
pub(crate) type AssignmentDays = (Option<NaiveDate>, Option<NaiveDate>);

/// Makes a young person an adviser's own, from now on or from a day. A colleague who covers for another
/// adviser keeps them without a gap. Contacts of leavers are deleted once the adviser begins.
pub(crate) fn assign_for_days(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    (person, staff): (&Person, &StaffMember),
    (starts, ends): AssignmentDays,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<(), ServiceError> {
    let subject = Subject::Person(person);
    let action = AuditAction::AssignedAdviser;
    audit::record(tx, scope, subject, action, staff.id.as_str(), now_millis)?;
    let mut writer = AssignmentWriter { tx, scope, now_millis };
    if starts.is_none() {
        unassigned::end_leavers(&mut writer, person)?;
    }
    writer.make_own(person, staff, starts, random)?;
    if ends.is_some() {
        let own = find(&mut writer, person, &staff.id)?;
        writer.change(person, &Assignment { ends, ..own }, BTreeMap::new())?;
    }
    Ok(())
}

/// Changes the days of an adviser's own assignment.
///
/// Returns [`ServiceError::NotFound`] if there is none.
pub(crate) fn set_days(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    (person, staff): (&Person, &StaffId),
    (starts, ends): AssignmentDays,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let mut writer = AssignmentWriter { tx, scope, now_millis };
    let own = find(&mut writer, person, staff)?;
    writer.change(person, &Assignment { starts, ends, ..own }, BTreeMap::new())
}

/// Ends an adviser's assignment and deletes its contact from the young person's phones.
///
/// Returns [`ServiceError::NotFound`] if there is none.
pub(crate) fn end(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    (person, staff): (&Person, &StaffId),
    now_millis: i64,
) -> Result<(), ServiceError> {
    AssignmentWriter { tx, scope, now_millis }.end(person, staff)
}

/// Arranges cover for the leave of a staff member who was given young people.
pub(crate) fn arrange_cover(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &StaffMember,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<(), ServiceError> {
    let mut writer = AssignmentWriter { tx, scope, now_millis };
    let colleagues = cover::Colleagues::load(&mut writer, &staff.council)?;
    cover::arrange(&mut writer, &colleagues, staff, random)
}

fn find(
    writer: &mut AssignmentWriter<'_>,
    person: &Person,
    staff: &StaffId,
) -> Result<Assignment, ServiceError> {
    let own = writer.tx.assignment(&person.id, staff)?;
    let own = own.filter(|assignment| assignment.covers.is_none());
    own.ok_or(ServiceError::NotFound(Entity::Assignment))
}

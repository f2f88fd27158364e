//! Handing young people over to a colleague from a day on. Until then the phones show both staff
//! members side by side.

use promise_protocol::ids::{PersonId, StaffId};
use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use promise_database::{Assignment, Person, StaffMember, Tx};
use serde_json::Value;

use crate::{
    Entity, Existing, Permission, Random, ServiceError, StaffScope,
    assignments::{end_expired, writer::AssignmentWriter},
    audit::{self, AuditAction, Subject},
    calendar,
};

/// How far ahead a hand-over can be planned, in days.
pub const MAX_DAYS_AHEAD: u64 = 366;

/// The contact that replaces this one.
const REPLACED_BY: &str = "replaced_by";

/// A planned hand-over.
#[derive(Clone, Debug)]
pub struct HandOver {
    /// The staff member whose young people they are.
    pub from: StaffId,
    /// The colleague who takes over.
    pub to: StaffId,
    /// The colleague's first day: today or later.
    pub first_day: NaiveDate,
}

/// Plans a hand-over of several young people: either all of them or, on an error, none. A hand-over
/// whose first day is today is completed at once. Returns how many people it moves.
///
/// Returns [`ServiceError::InvalidFirstDay`] if the first day is in the past or more than
/// [`MAX_DAYS_AHEAD`] days away, and [`ServiceError::StaffDeactivated`] if one of the two staff
/// members left: the young people of a leaver are
/// [assigned](crate::assignments::unassigned::assign_all) at once.
pub fn plan(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    people: &[PersonId],
    hand_over: &HandOver,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<usize, ServiceError> {
    scope.permit(Permission::ChangePeople)?;
    let today = calendar::today(now_millis);
    let last = today.checked_add_days(Days::new(MAX_DAYS_AHEAD));
    if hand_over.first_day < today || Some(hand_over.first_day) > last {
        return Err(ServiceError::InvalidFirstDay);
    }
    let colleague = scope.colleague(tx, &hand_over.to)?;
    scope.colleague(tx, &hand_over.from)?;
    let mut writer = AssignmentWriter { tx, scope, now_millis };
    for person in people {
        let person = scope.person_to_change(writer.tx, person)?;
        plan_one(&mut writer, &person, hand_over, &colleague, random)?;
    }
    end_expired(tx, now_millis)?;
    Ok(people.len())
}

fn plan_one(
    writer: &mut AssignmentWriter<'_>,
    person: &Person,
    hand_over: &HandOver,
    colleague: &StaffMember,
    random: &mut dyn Random,
) -> Result<(), ServiceError> {
    let old = own_assignment(writer.tx, person, &hand_over.from)?;
    let old = old.ok_or(ServiceError::NotFound(Entity::Assignment))?;
    if old.staff == colleague.id {
        return Err(ServiceError::AlreadyExists(Existing::Assignment));
    }
    record(writer, person, AuditAction::HandedOver)?;
    let contact = writer.make_own(person, colleague, Some(hand_over.first_day), random)?;
    let old = Assignment { ends: Some(hand_over.first_day), ..old };
    writer.change(person, &old, BTreeMap::from([(REPLACED_BY.to_owned(), contact.into())]))
}

/// Cancels a hand-over whose first day is still to come.
pub fn cancel(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
    from: &StaffId,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let person = scope.person_to_change(tx, person)?;
    scope.colleague(tx, from)?;
    let old = own_assignment(tx, &person, from)?;
    let first_day = old.as_ref().and_then(|old| old.ends);
    let (Some(old), Some(first_day)) = (old, first_day) else {
        return Err(ServiceError::NotFound(Entity::HandOver));
    };
    let mut writer = AssignmentWriter { tx, scope, now_millis };
    record(&mut writer, &person, AuditAction::CancelledHandOver)?;
    for new in writer.tx.assignments_of_person(&person.id)? {
        if new.covers.is_none() && new.starts == Some(first_day) {
            writer.end(&person, &new.staff)?;
        }
    }
    let old = Assignment { ends: None, ..old };
    writer.change(&person, &old, BTreeMap::from([(REPLACED_BY.to_owned(), Value::Null)]))
}

/// Returns the assignment of a person to a staff member whose own they are.
fn own_assignment(
    tx: &mut dyn Tx,
    person: &Person,
    staff: &StaffId,
) -> Result<Option<Assignment>, ServiceError> {
    Ok(tx.assignment(&person.id, staff)?.filter(|assignment| assignment.covers.is_none()))
}

fn record(
    writer: &mut AssignmentWriter<'_>,
    person: &Person,
    action: AuditAction,
) -> Result<(), ServiceError> {
    let subject = Subject::Person(person);
    audit::record(writer.tx, writer.scope, subject, action, "contact", writer.now_millis)
}

#[cfg(test)]
mod tests;

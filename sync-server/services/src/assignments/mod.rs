//! Assignments of staff to young people: advisers and colleagues who cover for them, each with a
//! first and a last day.
//!
//! Each assignment has one contact on the young person's phones, which shows the staff member's
//! card and the days on which the assignment is active. This module alone writes assignments and
//! these contacts, always together.

mod contact;
mod cover;
pub mod cover_clash;
pub(crate) mod cover_periods;
mod deactivation;
pub mod hand_over;
pub(crate) mod imported;
pub mod unassigned;
mod writer;

use promise_database::{Person, StaffMember, Tx};
use promise_protocol::ids::{PersonId, StaffId};

use crate::{
    Permission, Random, ServiceError, StaffScope,
    audit::{self, AuditAction, Subject},
    calendar,
};
use writer::AssignmentWriter;

pub use contact::CONTACT;
#[cfg(test)]
pub(crate) use contact::REACHED_BY;
pub(crate) use contact::{card_fields, day_fields, unreachable_fields, write_contact};
pub(crate) use deactivation::{clear_contacts, restore_contacts};

/// Assigns a staff member to a young person from now on, beside those who are assigned already.
/// Returns the id of the contact on the person's phones.
pub fn assign(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
    staff: &StaffId,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<String, ServiceError> {
    let person = scope.person_to_change(tx, person)?;
    assign_to(tx, scope, &person, staff, now_millis, random)
}

/// Like [`assign`], for a manager. Recorded in the audit log.
pub fn add_adviser(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
    adviser: &StaffId,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<String, ServiceError> {
    scope.permit(Permission::GivePeople)?;
    let person = scope.person_to_change(tx, person)?;
    add_adviser_to(tx, scope, &person, adviser, now_millis, random)
}

/// Like [`add_adviser`], for a person whom the caller may change.
pub(crate) fn add_adviser_to(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &Person,
    adviser: &StaffId,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<String, ServiceError> {
    let subject = Subject::Person(person);
    audit::record(tx, scope, subject, AuditAction::AssignedAdviser, adviser.as_str(), now_millis)?;
    assign_to(tx, scope, person, adviser, now_millis, random)
}

fn assign_to(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &Person,
    staff: &StaffId,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<String, ServiceError> {
    let staff = scope.colleague(tx, staff)?;
    let mut writer = AssignmentWriter { tx, scope, now_millis };
    let contact = writer.add_own(person, &staff, None, random)?;
    let colleagues = cover::Colleagues::load(&mut writer, &staff.council)?;
    cover::arrange(&mut writer, &colleagues, &staff, random)?;
    Ok(contact)
}

/// Ends an assignment and deletes its contact from the young person's phones.
pub fn unassign(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
    staff: &StaffId,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let (person, staff) = (scope.person_to_change(tx, person)?, scope.staff(tx, staff)?);
    AssignmentWriter { tx, scope, now_millis }.end(&person, &staff.id)
}

/// Ends every assignment whose last day is over, of advisers and of colleagues who covered. Returns
/// how many there were.
pub fn end_expired(tx: &mut dyn Tx, now_millis: i64) -> Result<usize, ServiceError> {
    let expired = tx.assignments_ended_by(calendar::today(now_millis))?;
    for assignment in &expired {
        let Some(person) = tx.person_for_update(&assignment.person)? else { continue };
        let scope = StaffScope::of_council(person.council.clone());
        AssignmentWriter { tx: &mut *tx, scope: &scope, now_millis }
            .end(&person, &assignment.staff)?;
    }
    Ok(expired.len())
}

/// Writes a changed card to the contact of every young person to whom the staff member is assigned,
/// and arranges cover for the leave on the card. Returns how many young people's phones change.
pub(crate) fn update_contacts(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &StaffMember,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<usize, ServiceError> {
    if staff.is_deactivated() {
        // Phones show that they left, and none of their numbers.
        return Ok(0);
    }
    let mut writer = AssignmentWriter { tx, scope, now_millis };
    // First, so that the colleague's contact is there before the leave that refers to it. The young
    // people of advisers for whom this staff member covers need the next colleague too.
    let colleagues = cover::Colleagues::load(&mut writer, &staff.council)?;
    for adviser in colleagues.covered_by(&staff.id, writer.today()) {
        cover::arrange(&mut writer, &colleagues, adviser, random)?;
    }
    cover::arrange(&mut writer, &colleagues, staff, random)?;
    let mut changed = 0;
    for assignment in writer.tx.assignments_of_staff(&staff.id)? {
        let Some(person) = writer.tx.person_for_update(&assignment.person)? else { continue };
        let fields = card_fields(writer.tx, &person.id, &staff.card)?;
        changed += usize::from(writer.write_contact(&person, &assignment, fields)?);
    }
    Ok(changed)
}

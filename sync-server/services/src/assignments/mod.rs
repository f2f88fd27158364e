//! Who looks after whom, and the contact that shows it on the young person's phones.

mod contact;
mod cover;
pub mod hand_over;
pub mod leave;
mod leaver;
pub mod unassigned;

use crate::{
    Permission, Random, ServiceError, StaffScope,
    audit::{self, Subject},
    calendar, random, staff_writes,
};
use promise_database::{Assignment, Person, StaffMember, Tx};
use promise_protocol::schema;
use serde_json::Value;

pub use contact::CONTACT;
pub(crate) use contact::fields_for;
pub(crate) use cover::arrange as arrange_cover;
#[cfg(test)]
pub(crate) use leaver::REACHED_BY;
pub(crate) use leaver::{clear_contacts, restore_contacts};

/// Gives a young person an adviser beside those they have.
pub fn add_adviser(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &str,
    adviser: &str,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<String, ServiceError> {
    scope.permit(Permission::GivePeople)?;
    let known = scope.person_to_change(tx, person)?;
    audit::record(tx, scope, Subject::Person(&known), "gave_adviser", adviser, now_millis)?;
    assign(tx, scope, person, adviser, now_millis, random)
}

/// Assigns a member of staff to a young person, whose phones get a contact with the card. Answers
/// the contact's record.
pub fn assign(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &str,
    staff: &str,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<String, ServiceError> {
    let (person, staff) = (scope.person_to_change(tx, person)?, scope.colleague(tx, staff)?);
    let contact = random::record_id(random)?;
    let assignment = Assignment::open(&person.id, &staff.id, &contact);
    start(tx, scope, &person, &staff, &assignment, now_millis)?;
    cover::arrange(tx, scope, &staff.id, now_millis, random)?;
    Ok(contact)
}

/// Makes an assignment, and the contact that shows it on the young person's phones.
pub(crate) fn start(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &Person,
    staff: &StaffMember,
    assignment: &Assignment,
    now_millis: i64,
) -> Result<(), ServiceError> {
    if person.council != staff.council {
        return Err(ServiceError::DifferentCouncils);
    }
    if !tx.add_assignment(assignment)? {
        return Err(ServiceError::AlreadyExists("assignment"));
    }
    let mut fields = fields_for(tx, &person.id, &staff.card)?;
    fields.insert(schema::DELETED.into(), Value::Bool(false));
    fields.extend(contact::date_fields(assignment));
    let contact = &assignment.contact;
    staff_writes::write_to(tx, scope, person, CONTACT, contact, fields, now_millis)?;
    Ok(())
}

/// Ends an assignment, and deletes the contact from the young person's phones.
pub fn unassign(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &str,
    staff: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let (person, staff) = (scope.person_to_change(tx, person)?, scope.staff(tx, staff)?);
    end(tx, scope, &person, &staff.id, now_millis)
}

/// Like [`unassign`], for somebody who is known to be within reach.
pub(crate) fn end(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &Person,
    staff: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let ended = tx.delete_assignment(&person.id, staff)?;
    let ended = ended.ok_or(ServiceError::NotFound("assignment"))?;
    staff_writes::delete_from(tx, scope, person, CONTACT, &ended.contact, now_millis)?;
    Ok(())
}

/// Ends every assignment whose day has come, also those of whoever covered.
pub fn end_expired(tx: &mut dyn Tx, now_millis: i64) -> Result<usize, ServiceError> {
    let over = tx.assignments_ended_by(calendar::today(now_millis))?;
    for ended in &over {
        let Some(person) = tx.person(&ended.person)? else { continue };
        let scope = StaffScope::of_council(&person.council);
        end(tx, &scope, &person, &ended.staff, now_millis)?;
    }
    Ok(over.len())
}

//! Contacts of a staff member who is deactivated or reactivated.
//!
//! A leaver's contact stays on the phones until the young person has another adviser: care leavers
//! describe losing both the person and their name from one day to the next as being cut off. But it
//! shows nothing that does not work any more. Its last day is yesterday, and every way to reach
//! them is empty, also for phones that do not check days. The phone offers the duty line instead.
//! The card keeps everything, so that reactivating restores it.

use promise_protocol::ids::StaffId;
use std::collections::BTreeMap;

use promise_database::{Assignment, Person, StaffMember, Tx};

use crate::{
    Random, ServiceError, StaffScope,
    assignments::{
        contact::{card_fields, date_fields, unreachable_fields},
        cover,
        writer::AssignmentWriter,
    },
};

/// Empties a leaver's numbers on the phones of their own young people, and deletes the leaver from
/// the phones of those for whom they only cover. Returns how many young people are their own.
pub(crate) fn clear_contacts(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    leaver: &StaffId,
    now_millis: i64,
) -> Result<usize, ServiceError> {
    let mut writer = AssignmentWriter { tx, scope, now_millis };
    let mut own = 0;
    for assignment in writer.tx.assignments_of_staff(leaver)? {
        let Some(person) = writer.tx.person_for_update(&assignment.person)? else { continue };
        if let Some(colleague) = &assignment.covers {
            writer.end(&person, leaver)?;
            remove_cover(&mut writer, &person, colleague)?;
        } else {
            clear_contact(&mut writer, &person, &assignment)?;
            end_future_covers(&mut writer, &person, leaver)?;
            own += 1;
        }
    }
    Ok(own)
}

fn clear_contact(
    writer: &mut AssignmentWriter<'_>,
    person: &Person,
    assignment: &Assignment,
) -> Result<(), ServiceError> {
    let today = writer.today();
    let starts = assignment.starts.filter(|starts| *starts < today);
    let mut fields = unreachable_fields();
    fields.extend(date_fields(&Assignment { starts, ends: Some(today), ..assignment.clone() }));
    writer.write_contact(person, assignment, fields)?;
    Ok(())
}

/// Writes a colleague's leave again, after the one who covered was removed from the phones.
fn remove_cover(
    writer: &mut AssignmentWriter<'_>,
    person: &Person,
    colleague: &StaffId,
) -> Result<(), ServiceError> {
    let staff = writer.tx.staff(colleague)?;
    let own = writer.tx.assignment(&person.id, colleague)?;
    let (Some(staff), Some(own)) = (staff, own) else { return Ok(()) };
    if !staff.is_deactivated() {
        let mut fields = card_fields(writer.tx, &person.id, &staff.card)?;
        let leave = fields.remove("leave").unwrap_or_default();
        writer.write_contact(person, &own, BTreeMap::from([("leave".to_owned(), leave)]))?;
    }
    Ok(())
}

/// Ends cover for a leaver's future leave. A colleague who covers today stays to the last day: they
/// are the one to ring.
fn end_future_covers(
    writer: &mut AssignmentWriter<'_>,
    person: &Person,
    leaver: &StaffId,
) -> Result<(), ServiceError> {
    let today = writer.today();
    for other in writer.tx.assignments_of_person(&person.id)? {
        if other.covers.as_ref() == Some(leaver) && !other.is_active_on(today) {
            writer.end(person, &other.staff)?;
        }
    }
    Ok(())
}

/// Shows a reactivated staff member's card again on the phones of those who are still assigned to
/// them, and lets them cover again where a colleague's card says so. Returns how many people that
/// are.
pub(crate) fn restore_contacts(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &StaffMember,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<usize, ServiceError> {
    let mut writer = AssignmentWriter { tx, scope, now_millis };
    let colleagues = cover::Colleagues::load(&mut writer, &staff.council)?;
    cover::arrange(&mut writer, &colleagues, staff, random)?;
    let mut restored = 0;
    for assignment in writer.tx.assignments_of_staff(&staff.id)? {
        let Some(person) = writer.tx.person_for_update(&assignment.person)? else { continue };
        let mut fields = unreachable_fields();
        fields.extend(card_fields(writer.tx, &person.id, &staff.card)?);
        fields.extend(date_fields(&assignment));
        writer.write_contact(&person, &assignment, fields)?;
        restored += 1;
    }
    for adviser in colleagues.covered_by(&staff.id, writer.today()) {
        cover::arrange(&mut writer, &colleagues, adviser, random)?;
    }
    Ok(restored)
}

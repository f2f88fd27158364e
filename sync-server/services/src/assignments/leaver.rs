//! Contacts of a staff member who leaves or comes back.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value;

use crate::{
    Random, ServiceError, StaffScope,
    assignments::{self, CONTACT, contact, cover},
    calendar, staff_writes,
};
use promise_database::{Assignment, Person, StaffMember, Tx};

/// The fields of a contact by which somebody is reached.
pub(crate) const REACHED_BY: [&str; 7] =
    ["phones", "email", "text_ok", "whatsapp_ok", "voicemail_note", "working_pattern", "leave"];

/// Takes a leaver's numbers off the phones of those who are theirs, and the leaver off those for
/// whom they only cover. Answers how many are theirs.
pub(crate) fn clear_contacts(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &str,
    now_millis: i64,
) -> Result<usize, ServiceError> {
    let mut own = 0;
    for assigned in tx.assignments_of_staff(staff)? {
        let Some(person) = tx.person(&assigned.person)? else { continue };
        if assigned.covers.is_some() {
            cover_no_more(tx, scope, &person, &assigned, now_millis)?;
            continue;
        }
        let fields = gone(&assigned, calendar::today(now_millis));
        let contact = &assigned.contact;
        staff_writes::write_to(tx, scope, &person, CONTACT, contact, fields, now_millis)?;
        end_covers_of(tx, scope, &person, staff, now_millis)?;
        own += 1;
    }
    Ok(own)
}

/// What a leaver's contact holds on phones: until yesterday, and no way to reach them.
fn gone(assigned: &Assignment, today: NaiveDate) -> BTreeMap<String, Value> {
    let starts = assigned.starts.filter(|starts| *starts < today);
    let over = Assignment { starts, ends: Some(today), ..assigned.clone() };
    let mut fields: BTreeMap<String, Value> = contact::date_fields(&over).into();
    fields.extend(REACHED_BY.map(|field| (field.to_owned(), Value::Null)));
    fields
}

/// Ends that a leaver covers for a colleague, whose leave on the phone names nobody then.
fn cover_no_more(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &Person,
    cover: &Assignment,
    now_millis: i64,
) -> Result<(), ServiceError> {
    assignments::end(tx, scope, person, &cover.staff, now_millis)?;
    let away = cover.covers.clone().unwrap_or_default();
    let (Some(colleague), Some(own)) = (tx.staff(&away)?, tx.assignment(&person.id, &away)?) else {
        return Ok(());
    };
    if colleague.is_deactivated() {
        return Ok(());
    }
    let shown = contact::fields_for(tx, &person.id, &colleague.card)?;
    let leave = shown.get("leave").cloned().unwrap_or(Value::Null);
    let fields = [("leave".to_owned(), leave)].into();
    let contact = &own.contact;
    staff_writes::write_to(tx, scope, person, CONTACT, contact, fields, now_millis)?;
    Ok(())
}

/// Ends that colleagues stand in for a leaver while they would have been away. Whoever stands in
/// today stays until their days are over: they are the one to ring.
fn end_covers_of(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &Person,
    leaver: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let today = calendar::today(now_millis);
    for other in tx.assignments_of_person(&person.id)? {
        if other.covers.as_deref() == Some(leaver) && !other.is_active_on(today) {
            assignments::end(tx, scope, person, &other.staff, now_millis)?;
        }
    }
    Ok(())
}

/// Shows a returning staff member's card again.
pub(crate) fn restore_contacts(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &StaffMember,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<usize, ServiceError> {
    cover::arrange(tx, scope, &staff.id, now_millis, random)?;
    let mut shown = 0;
    for assigned in tx.assignments_of_staff(&staff.id)? {
        let Some(person) = tx.person(&assigned.person)? else { continue };
        let mut fields: BTreeMap<String, Value> =
            REACHED_BY.map(|field| (field.to_owned(), Value::Null)).into();
        fields.extend(contact::fields_for(tx, &person.id, &staff.card)?);
        fields.extend(contact::date_fields(&assigned));
        let contact = &assigned.contact;
        staff_writes::write_to(tx, scope, &person, CONTACT, contact, fields, now_millis)?;
        shown += 1;
    }
    for colleague in tx.staff_of(&staff.council)? {
        if names_as_cover(&colleague, &staff.id) {
            cover::arrange(tx, scope, &colleague.id, now_millis, random)?;
        }
    }
    Ok(shown)
}

fn names_as_cover(colleague: &StaffMember, staff: &str) -> bool {
    let leave = colleague.card.get("leave").and_then(Value::as_array);
    let covers = leave.into_iter().flatten().filter_map(|leave| leave.get("cover"));
    covers.into_iter().any(|cover| cover.as_str() == Some(staff))
}

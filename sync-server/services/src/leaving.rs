//! Switching off a member of staff who leaves, and switching them on again.
//!
//! A leaver's contact stays on the phones until the young person has somebody else: to lose both
//! the person and their name from one day to the next is what care leavers describe as being cut
//! off. But it shows nothing that is dead: it counts until the day before, and every way to reach
//! them is taken out, also for phones that do not reckon with days. What the phone rings instead is
//! the duty line in the directory. Their card keeps everything, so that switching on brings it back.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value;

use super::{
    Permission, Random, ServiceError, StaffScope,
    audit::{self, About},
    card, cover, day, people, staff_words,
};
use promise_database::{Assignment, Person, StaffMember, Tx};

/// The fields of a contact by which somebody is reached.
const REACHED_BY: [&str; 7] =
    ["phones", "email", "text_ok", "whatsapp_ok", "voicemail_note", "working_pattern", "leave"];

/// How many young people are a member of staff's own.
pub fn people_of(tx: &mut dyn Tx, scope: &StaffScope, staff: &str) -> Result<usize, ServiceError> {
    scope.permit(Permission::ManageStaff)?;
    let staff = scope.staff(tx, staff)?;
    Ok(tx.assignments_of_staff(&staff.id)?.iter().filter(|own| own.covers.is_none()).count())
}

/// Switches a member of staff off: their sessions and links end, they have no password and no
/// authenticator any more, and they cover for nobody. Answers how many young people were theirs.
///
/// [`ServiceError::CannotDeactivateSelf`], [`ServiceError::StaffDeactivated`] if they are switched off already.
pub fn switch_off(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &str,
    now_millis: i64,
) -> Result<usize, ServiceError> {
    scope.permit_still(tx, Permission::ManageStaff)?;
    let staff = scope.colleague(tx, staff)?;
    if scope.staff_id() == staff.id {
        return Err(ServiceError::CannotDeactivateSelf);
    }
    let about = About::Council(&staff.council);
    audit::note(tx, scope, about, "switched_off", &staff.id, now_millis)?;
    keep_out(tx, &staff.id, now_millis)?;
    take_off_phones(tx, scope, &staff.id, now_millis)
}

/// Takes a leaver's numbers off the phones of those who are theirs, and the leaver off those for
/// whom they only cover. Answers how many are theirs.
pub(super) fn take_off_phones(
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
        let fields = gone(&assigned, day::today(now_millis));
        let contact = &assigned.contact;
        staff_words::write_to(tx, scope, &person, card::COLLECTION, contact, fields, now_millis)?;
        end_covers_of(tx, scope, &person, staff, now_millis)?;
        own += 1;
    }
    Ok(own)
}

/// Notes that somebody left, and ends what lets them in. Their name and role stay, to be seen in
/// the list.
pub(super) fn keep_out(
    tx: &mut dyn Tx,
    staff: &str,
    deactivated_at: i64,
) -> Result<(), ServiceError> {
    tx.set_deactivated(staff, Some(deactivated_at))?;
    tx.delete_sessions_of(staff)?;
    tx.delete_sign_in_links(staff)?;
    tx.set_recovery_codes(staff, &[])?;
    if let Some(mut sign_in) = tx.sign_in(staff)? {
        sign_in.password = None;
        sign_in.totp = None;
        tx.set_sign_in(&sign_in)?;
    }
    Ok(())
}

/// What a leaver's contact holds on phones: until yesterday, and no way to reach them.
fn gone(assigned: &Assignment, today: NaiveDate) -> BTreeMap<String, Value> {
    let starts = assigned.starts.filter(|starts| *starts < today);
    let over = Assignment { starts, ends: Some(today), ..assigned.clone() };
    let mut fields: BTreeMap<String, Value> = card::days(&over).into();
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
    people::end(tx, scope, person, &cover.staff, now_millis)?;
    let away = cover.covers.clone().unwrap_or_default();
    let (Some(colleague), Some(own)) = (tx.staff(&away)?, tx.assignment(&person.id, &away)?) else {
        return Ok(());
    };
    if colleague.is_deactivated() {
        return Ok(());
    }
    let shown = card::on_phones_of(tx, &person.id, &colleague.card)?;
    let leave = shown.get("leave").cloned().unwrap_or(Value::Null);
    let fields = [("leave".to_owned(), leave)].into();
    let contact = &own.contact;
    staff_words::write_to(tx, scope, person, card::COLLECTION, contact, fields, now_millis)?;
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
    let today = day::today(now_millis);
    for other in tx.assignments_of_person(&person.id)? {
        if other.covers.as_deref() == Some(leaver) && !other.is_active_on(today) {
            people::end(tx, scope, person, &other.staff, now_millis)?;
        }
    }
    Ok(())
}

/// Switches a member of staff on again. The phones of those who are still theirs show their card
/// as it is. They sign in with a new link.
pub fn switch_on(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &str,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<usize, ServiceError> {
    scope.permit_still(tx, Permission::ManageStaff)?;
    let staff = scope.staff(tx, staff)?;
    if !staff.is_deactivated() {
        return Err(ServiceError::NotFound("leaver"));
    }
    let about = About::Council(&staff.council);
    audit::note(tx, scope, about, "switched_on", &staff.id, now_millis)?;
    tx.set_deactivated(&staff.id, None)?;
    cover::arrange(tx, scope, &staff.id, now_millis, random)?;
    let mut shown = 0;
    for assigned in tx.assignments_of_staff(&staff.id)? {
        let Some(person) = tx.person(&assigned.person)? else { continue };
        let mut fields: BTreeMap<String, Value> =
            REACHED_BY.map(|field| (field.to_owned(), Value::Null)).into();
        fields.extend(card::on_phones_of(tx, &person.id, &staff.card)?);
        fields.extend(card::days(&assigned));
        let contact = &assigned.contact;
        staff_words::write_to(tx, scope, &person, card::COLLECTION, contact, fields, now_millis)?;
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

#[cfg(test)]
mod tests;

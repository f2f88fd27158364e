//! Handing young people over to a colleague, from a day on. Until that day the young person sees
//! both, side by side.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde_json::Value;

use crate::{
    Permission, Random, ServiceError, StaffScope,
    assignments::{self, CONTACT, contact},
    audit::{self, Subject},
    calendar, random, staff_writes,
};
use promise_database::{Assignment, Person, StaffMember, Tx};

/// How far ahead a hand-over can be, in days.
pub const MAX_DAYS_AHEAD: u64 = 366;

/// Who hands over to whom, and the first day on which the new one is the one to ring.
#[derive(Clone, Debug)]
pub struct HandOver {
    /// The member of staff who has the young people now.
    pub from: String,
    /// The colleague.
    pub to: String,
    /// The colleague's first day: today or later.
    pub first_day: NaiveDate,
}

/// Hands people over. All of them, or none if one of them cannot be.
///
/// [`ServiceError::InvalidDay`]: the day is over, or more than [`MAX_DAYS_AHEAD`] ahead.
pub fn plan(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    people: &[String],
    hand_over: &HandOver,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<usize, ServiceError> {
    scope.permit(Permission::ChangePeople)?;
    let today = calendar::today(now_millis);
    let last = today.checked_add_days(Days::new(MAX_DAYS_AHEAD));
    if hand_over.first_day < today || Some(hand_over.first_day) > last {
        return Err(ServiceError::InvalidDay("first day"));
    }
    let colleague = scope.colleague(tx, &hand_over.to)?;
    // Those of somebody who left are given to a colleague at once: see `alarm::give`.
    scope.colleague(tx, &hand_over.from)?;
    for person in people {
        let person = scope.person_to_change(tx, person)?;
        one(tx, scope, &person, hand_over, &colleague, now_millis, random)?;
    }
    assignments::end_expired(tx, now_millis)?;
    Ok(people.len())
}

fn one(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &Person,
    hand_over: &HandOver,
    colleague: &StaffMember,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<(), ServiceError> {
    let old = tx.assignment(&person.id, &hand_over.from)?.filter(|old| old.covers.is_none());
    let old = old.ok_or(ServiceError::NotFound("assignment"))?;
    if old.staff == colleague.id {
        return Err(ServiceError::AlreadyExists("assignment"));
    }
    audit::record(tx, scope, Subject::Person(person), "handed_over", "contact", now_millis)?;
    let contact = take_on(tx, scope, person, hand_over, colleague, now_millis, random)?;
    let old = Assignment { ends: Some(hand_over.first_day), ..old };
    tx.set_assignment(&old)?;
    let mut fields: BTreeMap<String, Value> = contact::date_fields(&old).into();
    fields.insert("replaced_by".into(), contact.into());
    staff_writes::write_to(tx, scope, person, CONTACT, &old.contact, fields, now_millis)?;
    Ok(())
}

/// Makes the young person the colleague's, and answers the colleague's contact.
fn take_on(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &Person,
    hand_over: &HandOver,
    colleague: &StaffMember,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<String, ServiceError> {
    let starts = Some(hand_over.first_day);
    let Some(known) = tx.assignment(&person.id, &colleague.id)? else {
        let contact = random::record_id(random)?;
        let open = Assignment::open(&person.id, &colleague.id, &contact);
        let new = Assignment { starts, ..open };
        assignments::start(tx, scope, person, colleague, &new, now_millis)?;
        return Ok(contact);
    };
    // Whoever covered already, or is theirs already, is the one to ring without a gap.
    let new = Assignment { covers: None, ends: None, ..known };
    tx.set_assignment(&new)?;
    let fields = contact::date_fields(&new).into();
    staff_writes::write_to(tx, scope, person, CONTACT, &new.contact, fields, now_millis)?;
    Ok(new.contact)
}

/// Takes a hand-over back that has not happened yet.
pub fn cancel(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &str,
    from: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let person = scope.person_to_change(tx, person)?;
    scope.colleague(tx, from)?;
    let old = tx.assignment(&person.id, from)?.filter(|old| old.covers.is_none());
    let first_day = old.as_ref().and_then(|old| old.ends);
    let (Some(old), Some(first_day)) = (old, first_day) else {
        return Err(ServiceError::NotFound("hand-over"));
    };
    audit::record(tx, scope, Subject::Person(&person), "kept", "contact", now_millis)?;
    for new in tx.assignments_of_person(&person.id)? {
        if new.covers.is_none() && new.starts == Some(first_day) {
            assignments::end(tx, scope, &person, &new.staff, now_millis)?;
        }
    }
    let old = Assignment { ends: None, ..old };
    tx.set_assignment(&old)?;
    let mut fields: BTreeMap<String, Value> = contact::date_fields(&old).into();
    fields.insert("replaced_by".into(), Value::Null);
    staff_writes::write_to(tx, scope, &person, CONTACT, &old.contact, fields, now_millis)?;
    Ok(())
}

#[cfg(test)]
mod tests;

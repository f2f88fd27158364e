//! Young people whom nobody looks after today, and giving them somebody at once.
//!
//! Somebody looks after them if an assignment counts today whose member of staff has not left and
//! is not on leave. Whoever covers for a colleague has an assignment of their own for those days,
//! so leave with cover raises no alarm. A member of staff who has no sign-in counts: young people
//! can ring them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use promise_protocol::values::Leave;

use super::{
    Permission, Random, ServiceError, StaffScope,
    audit::{self, About},
    card,
    caseload::staff_name,
    cover, day, people, random, staff_words,
};
use promise_database::{Assignment, Person, StaffMember, Tx, UnassignedPerson};

/// Why nobody looks after somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nobody ever did.
    Never,
    /// Whoever did no longer works here. Holds their name.
    Left(String),
    /// Whoever does is on leave, and nobody covers.
    Away {
        /// The member of staff.
        staff: String,
        /// Their name.
        name: String,
        /// The last day of their leave.
        until: NaiveDate,
    },
    /// It ended, and nobody came after.
    Ended,
}

/// A young person whom nobody looks after today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alone {
    /// Their random name.
    pub person: String,
    /// The council's reference.
    pub reference: Option<String>,
    /// Why.
    pub reason: Reason,
    /// Who is to look after them, by name, and from which day.
    pub coming: Option<(String, NaiveDate)>,
}

/// The young people of a council whom nobody looks after today, by reference.
pub fn list(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &str,
    now_millis: i64,
) -> Result<Vec<Alone>, ServiceError> {
    scope.permit(Permission::SeeTeams)?;
    let council = scope.council(tx, council)?;
    let today = day::today(now_millis);
    let found = tx.unassigned(&council, today)?;
    let staff = tx.staff_of(&council)?.into_iter().map(|it| (it.id.clone(), it)).collect();
    let mut alone: Vec<Alone> =
        found.into_iter().map(|found| explain(found, &staff, today)).collect();
    alone.sort_by(|a, b| (&a.reference, &a.person).cmp(&(&b.reference, &b.person)));
    Ok(alone)
}

/// How many they are in the caller's own council; 0 for a role that does not give anybody an
/// adviser.
pub fn count(tx: &mut dyn Tx, scope: &StaffScope, now_millis: i64) -> Result<usize, ServiceError> {
    let council = scope.own_council().filter(|_| scope.may(Permission::GivePeople));
    let Some(council) = council else { return Ok(0) };
    Ok(tx.count_unassigned(council, day::today(now_millis))?)
}

/// Who is away matters most, for they come back; then who left.
fn explain(
    found: UnassignedPerson,
    staff: &BTreeMap<String, StaffMember>,
    today: NaiveDate,
) -> Alone {
    let now = found.assignments.iter().filter(|it| it.is_active_on(today));
    let now: Vec<_> = now.filter_map(|it| staff.get(&it.staff)).collect();
    let away = now.iter().filter(|it| !it.is_deactivated()).find_map(|it| {
        let (staff, name) = (it.id.clone(), staff_name(it));
        away_until(it, today).map(|until| Reason::Away { staff, name, until })
    });
    let left = now.iter().find(|it| it.is_deactivated()).map(|it| Reason::Left(staff_name(it)));
    let before = if found.was_assigned { Reason::Ended } else { Reason::Never };
    let coming = found.assignments.iter().filter_map(|it| {
        let starts = it.starts.filter(|starts| *starts > today)?;
        let colleague = staff.get(&it.staff).filter(|colleague| !colleague.is_deactivated())?;
        Some((staff_name(colleague), starts))
    });
    Alone {
        coming: coming.min_by_key(|(_, starts)| *starts),
        reason: away.or(left).unwrap_or(before),
        person: found.person,
        reference: found.reference,
    }
}

/// The last day of a leave that a member of staff is on.
pub fn away_until(staff: &StaffMember, today: NaiveDate) -> Option<NaiveDate> {
    let leave = staff.card.get("leave")?;
    let leave: Vec<Leave> = serde_json::from_value(leave.clone()).unwrap_or_default();
    let now = leave.iter().filter(|leave| leave.from <= today && today <= leave.to);
    now.map(|leave| leave.to).max()
}

/// Gives young people whom nobody looks after to a colleague, who is on their phones with the same
/// transaction. Contacts of those who left go from the phones. All of them, or none if one of them
/// has somebody by now ([`ServiceError::AlreadyExists`]).
pub fn give(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    people: &[String],
    to: &str,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<usize, ServiceError> {
    scope.permit(Permission::GivePeople)?;
    let today = day::today(now_millis);
    let colleague = scope.colleague(tx, to)?;
    if away_until(&colleague, today).is_some() {
        return Err(ServiceError::Away);
    }
    let alone = tx.unassigned(&colleague.council, today)?;
    for id in people {
        let person = scope.person_to_change(tx, id)?;
        if !alone.iter().any(|alone| &alone.person == id) {
            return Err(ServiceError::AlreadyExists("adviser"));
        }
        audit::note(tx, scope, About::Person(&person), "gave_adviser", to, now_millis)?;
        take_off_leavers(tx, scope, &person, now_millis)?;
        take_on(tx, scope, &person, &colleague, now_millis, random)?;
    }
    cover::arrange(tx, scope, &colleague.id, now_millis, random)?;
    Ok(people.len())
}

fn take_off_leavers(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &Person,
    now_millis: i64,
) -> Result<(), ServiceError> {
    for old in tx.assignments_of_person(&person.id)? {
        if tx.staff(&old.staff)?.is_some_and(|staff| staff.is_deactivated()) {
            people::end(tx, scope, person, &old.staff, now_millis)?;
        }
    }
    Ok(())
}

fn take_on(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &Person,
    colleague: &StaffMember,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<(), ServiceError> {
    let Some(known) = tx.assignment(&person.id, &colleague.id)? else {
        let open = Assignment::open(&person.id, &colleague.id, &random::record_id(random)?);
        return people::introduce(tx, scope, person, colleague, &open, now_millis);
    };
    // Somebody who was to come later, or only to cover, looks after them from now on.
    let changed = Assignment { covers: None, starts: None, ends: None, ..known };
    tx.set_assignment(&changed)?;
    let (fields, contact) = (card::days(&changed).into(), &changed.contact);
    staff_words::write_to(tx, scope, person, card::COLLECTION, contact, fields, now_millis)?;
    Ok(())
}

#[cfg(test)]
mod tests;

//! Young people whom nobody looks after today, and giving them somebody at once.
//!
//! Somebody looks after them if an assignment counts today whose member of staff has not left and
//! is not on leave. Whoever covers for a colleague has an assignment of their own for those days,
//! so leave with cover raises no alarm. A member of staff who has no sign-in counts: young people
//! can ring them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    Permission, Random, ServiceError, StaffScope,
    assignments::{self, CONTACT, contact, cover, leave},
    audit::{self, Subject},
    calendar,
    people::caseload::staff_name,
    random, staff_writes,
};
use promise_database::{Assignment, Person, StaffMember, Tx, UnassignedPerson};

/// Why nobody looks after somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nobody ever did.
    NeverAssigned,
    /// Whoever did no longer works here. Holds their name.
    AdviserLeft(String),
    /// Whoever does is on leave, and nobody covers.
    AdviserOnLeave {
        /// The member of staff.
        staff: String,
        /// Their name.
        name: String,
        /// The last day of their leave.
        until: NaiveDate,
    },
    /// It ended, and nobody came after.
    AssignmentEnded,
}

/// A young person whom nobody looks after today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unassigned {
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
) -> Result<Vec<Unassigned>, ServiceError> {
    scope.permit(Permission::SeeTeams)?;
    let council = scope.council(tx, council)?;
    let today = calendar::today(now_millis);
    let found = tx.unassigned(&council, today)?;
    let staff = tx.staff_of(&council)?.into_iter().map(|it| (it.id.clone(), it)).collect();
    let mut alone: Vec<Unassigned> =
        found.into_iter().map(|found| explain(found, &staff, today)).collect();
    alone.sort_by(|a, b| (&a.reference, &a.person).cmp(&(&b.reference, &b.person)));
    Ok(alone)
}

/// How many they are in the caller's own council; 0 for a role that does not give anybody an
/// adviser.
pub fn count(tx: &mut dyn Tx, scope: &StaffScope, now_millis: i64) -> Result<usize, ServiceError> {
    let council = scope.own_council().filter(|_| scope.may(Permission::GivePeople));
    let Some(council) = council else { return Ok(0) };
    Ok(tx.count_unassigned(council, calendar::today(now_millis))?)
}

/// Who is away matters most, for they come back; then who left.
fn explain(
    found: UnassignedPerson,
    staff: &BTreeMap<String, StaffMember>,
    today: NaiveDate,
) -> Unassigned {
    let now = found.assignments.iter().filter(|it| it.is_active_on(today));
    let now: Vec<_> = now.filter_map(|it| staff.get(&it.staff)).collect();
    let away = now.iter().filter(|it| !it.is_deactivated()).find_map(|it| {
        let (staff, name) = (it.id.clone(), staff_name(it));
        leave::away_until(it, today).map(|until| Reason::AdviserOnLeave { staff, name, until })
    });
    let left =
        now.iter().find(|it| it.is_deactivated()).map(|it| Reason::AdviserLeft(staff_name(it)));
    let before = if found.was_assigned { Reason::AssignmentEnded } else { Reason::NeverAssigned };
    let coming = found.assignments.iter().filter_map(|it| {
        let starts = it.starts.filter(|starts| *starts > today)?;
        let colleague = staff.get(&it.staff).filter(|colleague| !colleague.is_deactivated())?;
        Some((staff_name(colleague), starts))
    });
    Unassigned {
        coming: coming.min_by_key(|(_, starts)| *starts),
        reason: away.or(left).unwrap_or(before),
        person: found.person,
        reference: found.reference,
    }
}

/// Gives young people whom nobody looks after to a colleague, who is on their phones with the same
/// transaction. Contacts of those who left go from the phones. All of them, or none if one of them
/// has somebody by now ([`ServiceError::AlreadyExists`]).
pub fn assign_all(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    people: &[String],
    to: &str,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<usize, ServiceError> {
    scope.permit(Permission::GivePeople)?;
    let today = calendar::today(now_millis);
    let colleague = scope.colleague(tx, to)?;
    if leave::away_until(&colleague, today).is_some() {
        return Err(ServiceError::StaffOnLeave);
    }
    let alone = tx.unassigned(&colleague.council, today)?;
    for id in people {
        let person = scope.person_to_change(tx, id)?;
        if !alone.iter().any(|alone| &alone.person == id) {
            return Err(ServiceError::AlreadyExists("adviser"));
        }
        audit::record(tx, scope, Subject::Person(&person), "gave_adviser", to, now_millis)?;
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
            assignments::end(tx, scope, person, &old.staff, now_millis)?;
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
        return assignments::start(tx, scope, person, colleague, &open, now_millis);
    };
    // Somebody who was to come later, or only to cover, looks after them from now on.
    let changed = Assignment { covers: None, starts: None, ends: None, ..known };
    tx.set_assignment(&changed)?;
    let (fields, contact) = (contact::date_fields(&changed).into(), &changed.contact);
    staff_writes::write_to(tx, scope, person, CONTACT, contact, fields, now_millis)?;
    Ok(())
}

#[cfg(test)]
mod tests;

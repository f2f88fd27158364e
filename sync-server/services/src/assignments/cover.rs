//! Who stands in while somebody is away.

use chrono::{Days, NaiveDate};
use promise_protocol::values::Leave;
use serde_json::Value;

use crate::{
    Random, ServiceError, StaffScope,
    assignments::{self, CONTACT, contact},
    calendar, random, staff_writes,
};
use promise_database::{Assignment, StaffMember, Tx};

/// Makes everybody whom a member of staff looks after known to whoever covers, from the first day
/// of the leave to the last, and ends what an earlier card had arranged and this one does not.
pub(crate) fn arrange(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &str,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<(), ServiceError> {
    // Whoever left is not away: they are gone, and nobody stands in for them.
    let Some(staff) = tx.staff(staff)?.filter(|staff| !staff.is_deactivated()) else {
        return Ok(());
    };
    let mut wanted = wanted(&staff, calendar::today(now_millis));
    let mut here = Vec::new();
    for planned in wanted.drain(..) {
        if !scope.staff(tx, &planned.0)?.is_deactivated() {
            here.push(planned);
        }
    }
    let wanted = here;
    for own in tx.assignments_of_staff(&staff.id)? {
        if own.covers.is_some() {
            continue;
        }
        drop_unwanted(tx, scope, &own, &wanted, now_millis)?;
        for (cover, from, to) in &wanted {
            stand_in(tx, scope, &own, cover, (*from, *to), now_millis, random)?;
        }
    }
    Ok(())
}

/// Who covers, the first day and the day after the last, of every leave that is not over.
fn wanted(staff: &StaffMember, today: NaiveDate) -> Vec<(String, NaiveDate, NaiveDate)> {
    let leave = staff.card.get("leave").cloned().unwrap_or(Value::Null);
    let leave: Vec<Leave> = serde_json::from_value(leave).unwrap_or_default();
    let ahead = leave.into_iter().filter(|leave| leave.to >= today);
    ahead
        .filter_map(|leave| {
            let cover = leave.cover.filter(|cover| cover != &staff.id)?;
            Some((cover, leave.from, leave.to.checked_add_days(Days::new(1))?))
        })
        .collect()
}

fn drop_unwanted(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    own: &Assignment,
    wanted: &[(String, NaiveDate, NaiveDate)],
    now_millis: i64,
) -> Result<(), ServiceError> {
    let Some(person) = tx.person(&own.person)? else { return Ok(()) };
    for other in tx.assignments_of_person(&own.person)? {
        let stands_in = other.covers.as_deref() == Some(&own.staff);
        if stands_in && !wanted.iter().any(|(cover, ..)| cover == &other.staff) {
            assignments::end(tx, scope, &person, &other.staff, now_millis)?;
        }
    }
    Ok(())
}

fn stand_in(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    own: &Assignment,
    cover: &str,
    (from, to): (NaiveDate, NaiveDate),
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<(), ServiceError> {
    let colleague = scope.staff(tx, cover)?;
    let Some(person) = tx.person(&own.person)? else { return Ok(()) };
    let (starts, ends) = (Some(from), Some(to));
    let Some(known) = tx.assignment(&person.id, &colleague.id)? else {
        let contact = random::record_id(random)?;
        let covers = Some(own.staff.clone());
        let open = Assignment::open(&person.id, &colleague.id, &contact);
        let assignment = Assignment { covers, starts, ends, ..open };
        return assignments::start(tx, scope, &person, &colleague, &assignment, now_millis);
    };
    // Somebody whose the young person is anyway needs no dates.
    if known.covers.as_deref() != Some(&own.staff) {
        return Ok(());
    }
    let changed = Assignment { starts, ends, ..known };
    tx.set_assignment(&changed)?;
    let (fields, contact) = (contact::date_fields(&changed).into(), &changed.contact);
    staff_writes::write_to(tx, scope, &person, CONTACT, contact, fields, now_millis)?;
    Ok(())
}

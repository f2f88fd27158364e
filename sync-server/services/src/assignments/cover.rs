//! Cover: colleagues to whom an adviser's young people are assigned while the adviser is on leave. If
//! a colleague who covers is on leave too, so are those who cover for the colleague: phones follow
//! the chain to a contact who is at work.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use promise_database::{Assignment, Person, StaffMember};
use promise_protocol::{cover, ids::StaffId};

use crate::{
    Random, ServiceError,
    assignments::{contact, cover_clash, writer::AssignmentWriter},
    random,
};

/// A colleague who covers. If they cover during several leaves, from the first to the last.
struct Cover {
    colleague: StaffMember,
    starts: NaiveDate,
    /// The day after the last.
    ends: NaiveDate,
}

/// Assigns the colleagues who cover during the leave on a staff member's card to each of their own
/// young people, for the days of the leave. Ends cover that an earlier card arranged and this one
/// does not.
pub(super) fn arrange(
    writer: &mut AssignmentWriter<'_>,
    staff: &StaffMember,
    random: &mut dyn Random,
) -> Result<(), ServiceError> {
    let covers = planned(writer, staff)?;
    for own in writer.tx.assignments_of_staff(&staff.id)? {
        if own.covers.is_some() {
            continue;
        }
        let Some(person) = writer.tx.person_for_update(&own.person)? else { continue };
        end_others(writer, &person, &staff.id, &covers)?;
        for cover in &covers {
            assign(writer, &person, &staff.id, cover, random)?;
        }
        // Once all of them are contacts: their own leave may name one of the others.
        for Cover { colleague, .. } in &covers {
            if let Some(assignment) = writer.tx.assignment(&person.id, &colleague.id)? {
                let fields = contact::card_fields(writer.tx, &person.id, &colleague.card)?;
                writer.write_contact(&person, &assignment, fields)?;
            }
        }
    }
    Ok(())
}

/// Returns the cover of every current and future leave, without colleagues who are deactivated.
fn planned(
    writer: &mut AssignmentWriter<'_>,
    staff: &StaffMember,
) -> Result<Vec<Cover>, ServiceError> {
    let today = writer.today();
    let colleagues = writer.tx.staff_of(&staff.council)?;
    let people = cover_clash::absences(&colleagues);
    let leave = staff.card.leave();
    let links = leave.iter().flat_map(|leave| cover::chain(&people, staff.id.as_str(), leave));
    let mut covers: Vec<Cover> = Vec::new();
    for link in links.filter(|link| link.to >= today) {
        let is_cover = |it: &&StaffMember| Some(it.id.as_str()) == link.cover.as_deref();
        let colleague = colleagues.iter().find(is_cover).filter(|it| !it.is_deactivated());
        let ends = link.to.checked_add_days(Days::new(1));
        let (Some(colleague), Some(ends)) = (colleague, ends) else { continue };
        match covers.iter_mut().find(|cover| cover.colleague.id == colleague.id) {
            Some(known) => {
                known.starts = known.starts.min(link.from);
                known.ends = known.ends.max(ends);
            }
            None => {
                covers.push(Cover { colleague: colleague.clone(), starts: link.from, ends });
            }
        }
    }
    Ok(covers)
}

/// Returns the advisers whose cover depends on a staff member: those for whom they cover during a
/// current or future leave, and those for whom one of these covers.
pub(super) fn covered_by(
    writer: &mut AssignmentWriter<'_>,
    staff: &StaffMember,
) -> Result<Vec<StaffMember>, ServiceError> {
    let today = writer.today();
    let colleagues = writer.tx.staff_of(&staff.council)?;
    let mut known = BTreeSet::from([staff.id.as_str().to_owned()]);
    let mut advisers = Vec::new();
    loop {
        let depends = |it: &&StaffMember| {
            let leave = it.card.leave();
            let mut current = leave.iter().filter(|leave| leave.to >= today);
            !known.contains(it.id.as_str())
                && !it.is_deactivated()
                && current.any(|it| it.cover.as_ref().is_some_and(|cover| known.contains(cover)))
        };
        let Some(next) = colleagues.iter().find(depends) else { return Ok(advisers) };
        known.insert(next.id.as_str().to_owned());
        advisers.push(next.clone());
    }
}

/// Ends the assignments of colleagues who cover for `staff` and are not among `covers`.
fn end_others(
    writer: &mut AssignmentWriter<'_>,
    person: &Person,
    staff: &StaffId,
    covers: &[Cover],
) -> Result<(), ServiceError> {
    for other in writer.tx.assignments_of_person(&person.id)? {
        let is_cover = other.covers.as_ref() == Some(staff);
        if is_cover && !covers.iter().any(|cover| cover.colleague.id == other.staff) {
            writer.end(person, &other.staff)?;
        }
    }
    Ok(())
}

fn assign(
    writer: &mut AssignmentWriter<'_>,
    person: &Person,
    staff: &StaffId,
    cover: &Cover,
    random: &mut dyn Random,
) -> Result<(), ServiceError> {
    let (starts, ends) = (Some(cover.starts), Some(cover.ends));
    match writer.tx.assignment(&person.id, &cover.colleague.id)? {
        None => {
            let contact: String = random::record_id(random)?;
            let covers = Some(staff.to_owned());
            let open = Assignment::open(&person.id, &cover.colleague.id, &contact);
            writer.add(person, &cover.colleague, &Assignment { covers, starts, ends, ..open })
        }
        Some(known) if known.covers.as_ref() == Some(staff) => {
            writer.change(person, &Assignment { starts, ends, ..known }, BTreeMap::new())
        }
        // The person is the colleague's own, so no days limit the assignment.
        Some(_) => Ok(()),
    }
}

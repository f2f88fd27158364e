//! Cover: colleagues to whom an adviser's young people are assigned while the adviser is on leave.

use promise_protocol::ids::StaffId;
use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use promise_database::{Assignment, Person, StaffMember};

use crate::{Random, ServiceError, assignments::writer::AssignmentWriter, random};

/// A colleague who covers during one leave.
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
    }
    Ok(())
}

/// Returns the cover of every current and future leave, without colleagues who are deactivated.
fn planned(
    writer: &mut AssignmentWriter<'_>,
    staff: &StaffMember,
) -> Result<Vec<Cover>, ServiceError> {
    let today = writer.today();
    let mut covers = Vec::new();
    for leave in staff.card.leave().into_iter().filter(|leave| leave.to >= today) {
        let cover = leave.cover.map(StaffId::new).filter(|cover| cover != &staff.id);
        let Some(cover) = cover else { continue };
        let Some(ends) = leave.to.checked_add_days(Days::new(1)) else { continue };
        let colleague = writer.scope.staff(writer.tx, &cover)?;
        if !colleague.is_deactivated() {
            covers.push(Cover { colleague, starts: leave.from, ends });
        }
    }
    Ok(covers)
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

//! Cover: colleagues to whom an adviser's young people are assigned while the adviser is on leave. If
//! a colleague who covers is on leave too, so are those who cover for the colleague: phones follow
//! the chain to a contact who is at work.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use promise_database::{Assignment, Person, StaffMember};
use promise_protocol::{
    cover::Absences,
    ids::{CouncilId, StaffId},
};

use crate::{
    Random, ServiceError,
    assignments::{
        contact, cover_clash,
        cover_periods::{self, CoverPeriod},
        writer::AssignmentWriter,
    },
    random,
};

/// A colleague who covers: see [`CoverPeriod`].
struct Cover<'a> {
    colleague: &'a StaffMember,
    starts: NaiveDate,
    /// The day after the last.
    ends: NaiveDate,
}

/// The staff of a council, and the leave of those who are not deactivated.
pub(super) struct Colleagues {
    staff: Vec<StaffMember>,
    absences: Vec<Absences>,
}

impl Colleagues {
    pub(super) fn load(
        writer: &mut AssignmentWriter<'_>,
        council: &CouncilId,
    ) -> Result<Self, ServiceError> {
        let staff = writer.tx.staff_of(council)?;
        Ok(Self { absences: cover_clash::absences(&staff), staff })
    }

    fn find(&self, id: &str) -> Option<&StaffMember> {
        self.staff.iter().find(|member| member.id.as_str() == id)
    }

    /// Returns the cover of every current and future leave of a staff member, without colleagues who
    /// are deactivated.
    fn covers_of(&self, staff: &StaffMember, today: NaiveDate) -> Vec<Cover<'_>> {
        let leave = staff.card.leave();
        let periods = cover_periods::of_leave(&self.absences, staff.id.as_str(), &leave, today);
        let covers = periods.into_iter().filter_map(|CoverPeriod { colleague, starts, ends }| {
            let colleague = self.find(colleague.as_str())?;
            Some(Cover { colleague, starts, ends })
        });
        covers.collect()
    }

    /// Returns the advisers whose cover depends on a staff member: those for whom they cover during a
    /// current or future leave, and those for whom one of these covers.
    pub(super) fn covered_by(&self, staff: &StaffId, today: NaiveDate) -> Vec<&StaffMember> {
        let mut known = BTreeSet::from([staff.as_str()]);
        let names = |absences: &Absences, known: &BTreeSet<&str>| {
            let mut current = absences.leave.iter().filter(|leave| leave.to >= today);
            current.any(|leave| leave.cover.as_deref().is_some_and(|cover| known.contains(cover)))
        };
        let mut advisers = Vec::new();
        while let Some(next) = self
            .absences
            .iter()
            .find(|absences| !known.contains(&*absences.id) && names(absences, &known))
        {
            known.insert(&next.id);
            advisers.extend(self.find(&next.id));
        }
        advisers
    }
}

/// Assigns the colleagues who cover during the leave on a staff member's card to each of their own
/// young people, for the days of the leave. Ends cover that an earlier card arranged and this one
/// does not.
pub(super) fn arrange(
    writer: &mut AssignmentWriter<'_>,
    colleagues: &Colleagues,
    staff: &StaffMember,
    random: &mut dyn Random,
) -> Result<(), ServiceError> {
    let covers = colleagues.covers_of(staff, writer.today());
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

/// Ends the assignments of colleagues who cover for `staff` and are not among `covers`.
fn end_others(
    writer: &mut AssignmentWriter<'_>,
    person: &Person,
    staff: &StaffId,
    covers: &[Cover<'_>],
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
    cover: &Cover<'_>,
    random: &mut dyn Random,
) -> Result<(), ServiceError> {
    let (starts, ends) = (Some(cover.starts), Some(cover.ends));
    match writer.tx.assignment(&person.id, &cover.colleague.id)? {
        None => {
            let contact: String = random::record_id(random)?;
            let covers = Some(staff.to_owned());
            let open = Assignment::open(&person.id, &cover.colleague.id, &contact);
            writer.add(person, cover.colleague, &Assignment { covers, starts, ends, ..open })
        }
        Some(known) if known.covers.as_ref() == Some(staff) => {
            writer.change(person, &Assignment { starts, ends, ..known }, BTreeMap::new())
        }
        // The person is the colleague's own, so no days limit the assignment.
        Some(_) => Ok(()),
    }
}

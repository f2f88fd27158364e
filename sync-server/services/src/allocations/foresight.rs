//! A young person's assignments once an import is applied, with the cover that applying arranges.

use std::collections::BTreeSet;

use promise_database::Assignment;
use promise_protocol::{cover::Absences, ids::StaffId};

use super::{Change, KnownStaff, State};
use crate::assignments::cover_periods::{self, CoverPeriod};

/// What applying does besides the changes: [`super::apply()`] deactivates leavers, and arranges cover for
/// the leave of each adviser who is given a young person.
pub(super) struct Foresight<'a> {
    state: &'a State,
    /// The staff whom the import deactivates.
    switched_off: BTreeSet<&'a StaffId>,
    /// The advisers who are given a young person, and who covers during their leave.
    given: Vec<(&'a StaffId, Vec<CoverPeriod>)>,
}

impl<'a> Foresight<'a> {
    pub(super) fn new(
        state: &'a State,
        switched_off: BTreeSet<&'a StaffId>,
        changes: impl Iterator<Item = &'a Change>,
    ) -> Self {
        let present = state.staff.iter();
        let present = present.filter(|staff| !staff.has_left && !switched_off.contains(&staff.id));
        let absences: Vec<Absences> = present.map(KnownStaff::absences).collect();
        let covers = |adviser: &StaffId| {
            let leave = state.find_staff(adviser).map(|adviser| adviser.leave.as_slice());
            let leave = leave.unwrap_or_default();
            cover_periods::of_leave(&absences, adviser.as_str(), leave, state.today)
        };
        let given: BTreeSet<&StaffId> = changes.filter_map(Change::assigned).collect();
        let given = given.into_iter().map(|adviser| (adviser, covers(adviser))).collect();
        Self { state, switched_off, given }
    }

    /// Returns a young person's assignments once the changes about them are applied.
    pub(super) fn after(&self, held: &[&Assignment], changes: &[Change]) -> Vec<Assignment> {
        let mut after: Vec<Assignment> = held.iter().map(|held| (*held).clone()).collect();
        after.retain(|assignment| !self.ends_with_a_leaver(assignment));
        for change in changes {
            self.apply(change, &mut after);
        }
        for (adviser, covers) in &self.given {
            arrange_cover(adviser, covers, &mut after);
        }
        after
    }

    /// A leaver covers for no colleague any more. Of the cover for a leaver only today's stays.
    fn ends_with_a_leaver(&self, assignment: &Assignment) -> bool {
        let Some(covered) = &assignment.covers else { return false };
        self.switched_off.contains(&assignment.staff)
            || (self.switched_off.contains(covered) && !assignment.is_active_on(self.state.today))
    }

    fn apply(&self, change: &Change, after: &mut Vec<Assignment>) {
        match change {
            Change::SwitchOff { .. } => {}
            Change::End { staff, .. } => after.retain(|it| &it.staff != staff),
            Change::SetDays { staff, starts, ends, .. } => {
                if let Some(own) = after.iter_mut().find(|it| &it.staff == staff) {
                    (own.starts, own.ends) = (*starts, *ends);
                }
            }
            Change::Assign { person, staff, starts, ends } => {
                if starts.is_none() {
                    after.retain(|it| !self.is_deactivated(&it.staff));
                }
                // A colleague who covers already keeps the young person without a gap.
                let known = after.iter().find(|it| &it.staff == staff).map(|known| known.starts);
                let starts = known.map_or(*starts, |known| starts.and(known));
                after.retain(|it| &it.staff != staff);
                let open = Assignment::open(person, staff, "");
                after.push(Assignment { starts, ends: *ends, ..open });
            }
        }
    }

    fn is_deactivated(&self, staff: &StaffId) -> bool {
        self.switched_off.contains(staff)
            || self.state.find_staff(staff).is_some_and(|staff| staff.has_left)
    }
}

/// Arranges cover for an adviser's leave as [`crate::assignments`] does.
fn arrange_cover(adviser: &StaffId, covers: &[CoverPeriod], after: &mut Vec<Assignment>) {
    let own = after.iter().find(|it| &it.staff == adviser && it.covers.is_none());
    let Some(person) = own.map(|own| own.person.clone()) else { return };
    after.retain(|it| {
        it.covers.as_ref() != Some(adviser)
            || covers.iter().any(|cover| cover.colleague == it.staff)
    });
    for CoverPeriod { colleague, starts, ends } in covers {
        let (starts, ends) = (Some(*starts), Some(*ends));
        match after.iter_mut().find(|it| &it.staff == colleague) {
            None => {
                let open = Assignment::open(&person, colleague, "");
                let covers = Some(adviser.clone());
                after.push(Assignment { covers, starts, ends, ..open });
            }
            Some(known) if known.covers.as_ref() == Some(adviser) => {
                (known.starts, known.ends) = (starts, ends);
            }
            // The young person is the colleague's own, or they cover for another adviser.
            Some(_) => {}
        }
    }
}

impl Change {
    /// Returns the adviser who is given a young person.
    fn assigned(&self) -> Option<&StaffId> {
        match self {
            Self::Assign { staff, .. } => Some(staff),
            Self::SwitchOff { .. } | Self::End { .. } | Self::SetDays { .. } => None,
        }
    }
}

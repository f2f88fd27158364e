//! Whether a young person would have an adviser today once an import is applied, and who would cover.

use std::collections::BTreeSet;

use promise_database::Assignment;
use promise_protocol::ids::{PersonId, StaffId};

use super::{PlannedCover, State, WhyUnassigned, WithoutAdviser};

/// What becomes of one young person's assignments.
pub(super) struct Prospect<'a> {
    pub(super) state: &'a State,
    /// The staff who left by the directory.
    pub(super) leavers: &'a BTreeSet<&'a StaffId>,
    /// Their assignments now.
    pub(super) held: &'a [&'a Assignment],
    /// Their assignments once the import is applied.
    pub(super) after: &'a [Assignment],
}

impl Prospect<'_> {
    /// Returns why the young person would have no adviser today, if they would have none. `otherwise` is
    /// why as far as the files say.
    pub(super) fn without_adviser(
        &self,
        person: &PersonId,
        otherwise: WhyUnassigned,
    ) -> Option<WithoutAdviser> {
        let today = self.state.today;
        let then = self.after.iter().filter(|it| it.is_active_on(today)).map(|it| &it.staff);
        let then: Vec<&StaffId> = then.collect();
        if then.iter().any(|staff| self.can_be_rung(staff) && !self.leavers.contains(*staff)) {
            return None;
        }
        let mut own = self.after.iter().filter(|it| it.covers.is_none());
        let comes_later = own.any(|it| it.starts.is_some_and(|starts| starts > today));
        let why = if then.iter().any(|staff| !self.has_left(staff)) {
            WhyUnassigned::AdviserAway
        } else if !then.is_empty() {
            WhyUnassigned::AdviserLeft
        } else if comes_later {
            WhyUnassigned::ComesLater
        } else {
            otherwise
        };
        let mut active = self.held.iter().filter(|it| it.is_active_on(today));
        let is_new = active.any(|it| self.can_be_rung(&it.staff));
        Some(WithoutAdviser { person: person.clone(), why, is_new })
    }

    /// Returns the cover that is not there yet, or that has other days now.
    pub(super) fn new_covers(&self) -> Vec<PlannedCover> {
        let is_there = |cover: &Assignment| {
            let days = (cover.starts, cover.ends);
            let mut held = self.held.iter().filter(|held| held.staff == cover.staff);
            held.any(|held| held.covers == cover.covers && (held.starts, held.ends) == days)
        };
        let covers = self.after.iter().filter(|it| !is_there(it)).filter_map(|cover| {
            let (person, colleague) = (cover.person.clone(), cover.staff.clone());
            let (adviser, starts, ends) = (cover.covers.clone()?, cover.starts?, cover.ends?);
            Some(PlannedCover { person, colleague, adviser, starts, ends })
        });
        covers.collect()
    }

    /// Returns `true` if a staff member works here and is not on leave.
    fn can_be_rung(&self, id: &StaffId) -> bool {
        let today = self.state.today;
        self.state.find_staff(id).is_some_and(|staff| !staff.has_left && !staff.is_away_on(today))
    }

    fn has_left(&self, id: &StaffId) -> bool {
        self.leavers.contains(id) || self.state.find_staff(id).is_some_and(|staff| staff.has_left)
    }
}

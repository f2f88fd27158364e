//! Whether a young person would have an adviser today, once an import is applied.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use promise_database::Assignment;
use promise_protocol::ids::{PersonId, StaffId};

use super::{Change, State, WhyUnassigned, WithoutAdviser};

/// What becomes of one young person's assignments.
pub(super) struct Prospect<'a> {
    pub(super) state: &'a State,
    /// The staff who left by the directory.
    pub(super) leavers: &'a BTreeSet<&'a StaffId>,
    /// Their assignments now.
    pub(super) held: &'a [&'a Assignment],
    /// What the import changes about them.
    pub(super) changes: &'a [Change],
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
        let then = self.advisers();
        if then.iter().any(|staff| self.can_be_rung(staff) && !self.leavers.contains(*staff)) {
            return None;
        }
        let comes_later = self.changes.iter().any(|it| matches!(it, Change::Assign { .. }))
            || self.held.iter().any(|it| it.starts.is_some_and(|starts| starts > today));
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

    /// Returns the staff whose assignments are active today once the changes are applied.
    fn advisers(&self) -> Vec<&StaffId> {
        let today = self.state.today;
        let ended: BTreeSet<&StaffId> = self.changes.iter().filter_map(Change::ended).collect();
        let active = self.held.iter().filter(|it| it.is_active_on(today)).map(|it| &it.staff);
        let kept = active.filter(|staff| !ended.contains(*staff));
        kept.chain(self.changes.iter().filter_map(|change| change.begun(today))).collect()
    }

    /// Returns `true` if a staff member works here and is not on leave.
    fn can_be_rung(&self, id: &StaffId) -> bool {
        self.state.find_staff(id).is_some_and(|staff| !staff.has_left && !staff.is_away)
    }

    fn has_left(&self, id: &StaffId) -> bool {
        self.leavers.contains(id) || self.state.find_staff(id).is_some_and(|staff| staff.has_left)
    }
}

impl Change {
    /// Returns the adviser whose assignment ends.
    fn ended(&self) -> Option<&StaffId> {
        match self {
            Self::End { staff, .. } => Some(staff),
            Self::SwitchOff { .. } | Self::SetDays { .. } | Self::Assign { .. } => None,
        }
    }

    /// Returns the adviser whose assignment is active from now on.
    fn begun(&self, today: NaiveDate) -> Option<&StaffId> {
        match self {
            Self::Assign { staff, starts, .. } | Self::SetDays { staff, starts, .. } => {
                starts.is_none_or(|starts| starts <= today).then_some(staff)
            }
            Self::SwitchOff { .. } | Self::End { .. } => None,
        }
    }
}

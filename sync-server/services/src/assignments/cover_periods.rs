//! The days on which each colleague covers for an adviser, worked out from leave alone.

use chrono::{Days, NaiveDate};
use promise_protocol::{
    cover::{self, Absences},
    ids::StaffId,
    values::Leave,
};

/// The days on which a colleague covers. If they do during several leaves, from the first to the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CoverPeriod {
    pub(crate) colleague: StaffId,
    pub(crate) starts: NaiveDate,
    /// The day after the last.
    pub(crate) ends: NaiveDate,
}

/// Returns who covers during the current and future leave of a staff member, in the order of the chain.
/// Colleagues who are not among `absences` were deactivated, and cover for no one.
pub(crate) fn of_leave(
    absences: &[Absences],
    away: &str,
    leave: &[Leave],
    today: NaiveDate,
) -> Vec<CoverPeriod> {
    let chain = |leave| cover::chain(absences, away, leave);
    let mut periods: Vec<CoverPeriod> = Vec::new();
    for link in leave.iter().flat_map(chain).filter(|link| link.to >= today) {
        let is_present = |id: &String| absences.iter().any(|colleague| &colleague.id == id);
        let colleague = link.cover.filter(is_present).map(StaffId::from);
        let ends = link.to.checked_add_days(Days::new(1));
        let (Some(colleague), Some(ends)) = (colleague, ends) else { continue };
        match periods.iter_mut().find(|period| period.colleague == colleague) {
            Some(known) => {
                known.starts = known.starts.min(link.from);
                known.ends = known.ends.max(ends);
            }
            None => periods.push(CoverPeriod { colleague, starts: link.from, ends }),
        }
    }
    periods
}

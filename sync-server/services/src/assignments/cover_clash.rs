//! Colleagues who are to cover for an adviser and are on leave themselves on some of the days.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use promise_database::{StaffMember, Tx};
use promise_protocol::{
    cover::{self, Absences},
    ids::StaffId,
};
use serde::{Deserialize, Serialize};

use crate::{Permission, ServiceError, StaffScope, calendar};

/// Days on which an adviser is on leave, and so is the colleague who covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverClash {
    /// The adviser.
    pub adviser: StaffId,
    /// Their name.
    pub adviser_name: String,
    /// The name of the colleague who covers.
    pub cover_name: String,
    /// The first of the days.
    pub from: NaiveDate,
    /// The last of them.
    pub to: NaiveDate,
    /// The name of the colleague who is at work instead; `None` if young people ring the duty line.
    pub instead: Option<String>,
}

impl CoverClash {
    /// Returns `true` if the other clash is the same on some of these days.
    pub(crate) fn includes(&self, other: &Self) -> bool {
        let is_same = *self == Self { from: self.from, to: self.to, ..other.clone() };
        is_same && self.from <= other.from && other.to <= self.to
    }
}

/// Returns the clashes of the caller's council from today on, by day.
pub fn list(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    now_millis: i64,
) -> Result<Vec<CoverClash>, ServiceError> {
    scope.permit(Permission::SeeTeams)?;
    let staff = tx.staff_of(scope.require_council()?)?;
    Ok(find(&staff, calendar::today(now_millis)))
}

/// Finds the clashes among these staff from `today` on, by day.
pub(crate) fn find(staff: &[StaffMember], today: NaiveDate) -> Vec<CoverClash> {
    let people = absences(staff);
    let names: BTreeMap<&str, &str> =
        staff.iter().map(|member| (member.id.as_str(), member.name())).collect();
    let name = |id: &str| names.get(id).map(|name| (*name).to_owned());
    let mut clashes = Vec::new();
    for (adviser, leave) in people.iter().flat_map(|it| it.leave.iter().map(move |l| (it, l))) {
        let cover = people.iter().find(|it| leave.cover.as_ref() == Some(&it.id));
        let Some(cover) = cover.filter(|cover| cover.id != adviser.id) else { continue };
        for days in cover::days(&people, &adviser.id, leave) {
            for theirs in &cover.leave {
                let from = days.from.max(theirs.from).max(today);
                let to = days.to.min(theirs.to);
                if from <= to {
                    clashes.push(CoverClash {
                        adviser: StaffId::new(adviser.id.clone()),
                        adviser_name: name(&adviser.id).unwrap_or_default(),
                        cover_name: name(&cover.id).unwrap_or_default(),
                        from,
                        to,
                        instead: days.cover.as_deref().and_then(name),
                    });
                }
            }
        }
    }
    clashes.sort_by(|a, b| (a.from, &a.adviser).cmp(&(b.from, &b.adviser)));
    clashes.dedup();
    clashes
}

/// Returns the leave of staff who are not deactivated.
pub(super) fn absences(staff: &[StaffMember]) -> Vec<Absences> {
    let active = staff.iter().filter(|member| !member.is_deactivated());
    let absences = active.map(|member| Absences {
        id: member.id.as_str().to_owned(),
        leave: member.card.leave(),
        from: None,
        to: None,
        can_be_named: true,
    });
    absences.collect()
}

#[cfg(test)]
mod tests;

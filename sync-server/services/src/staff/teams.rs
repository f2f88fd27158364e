//! The size and state of every adviser's caseload, for managers and auditors.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use promise_database::{Assignment, StaffMember, Tx};
use promise_protocol::{
    ids::{CouncilId, PersonId, StaffId},
    text,
};

use crate::{
    Permission, ServiceError, StaffRole, StaffScope, calendar, colleagues,
    people::{
        caseload::{self, Activity},
        due::{self, DueTimescale},
    },
};

/// One adviser's caseload in numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdviserCaseload {
    /// The adviser.
    pub staff: StaffId,
    /// Their name.
    pub name: String,
    /// The team on their card. Empty if it has none.
    pub team: String,
    /// Young people who are their own today.
    pub people: usize,
    /// Young people for whom they cover today.
    pub covering: usize,
    /// Of their own, those without a phone.
    pub without_phone: usize,
    /// Of their own, those whose phones have not synced for a long time.
    pub silent: usize,
    /// Unanswered asks of their own young people.
    pub waiting: usize,
    /// When the oldest of those was asked, in milliseconds since 1970.
    pub oldest_at: Option<i64>,
    /// Of their own, those with a visit or a review that is due soon.
    pub due_soon: usize,
    /// Of their own, those with a visit or a review that is overdue, by the council's promise or by law.
    pub overdue: usize,
    /// Of those, the ones with one that is overdue by law.
    pub overdue_by_law: usize,
    /// The last day of the leave they are on.
    pub away_until: Option<NaiveDate>,
    /// The names of colleagues who cover for them today.
    pub covered_by: Vec<String>,
    /// `true` if they are deactivated.
    pub is_deactivated: bool,
}

/// Returns the caseloads of the caller's council, by team and name. A deactivated staff member is
/// included while young people are assigned to them.
pub fn list(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    now_millis: i64,
) -> Result<Vec<AdviserCaseload>, ServiceError> {
    scope.permit(Permission::SeeTeams)?;
    let council = scope.require_council()?.clone();
    let today = calendar::today(now_millis);
    let activity = caseload::activity_in_council(tx, &council, now_millis)?;
    let due = due::of_council(tx, &council, today)?;
    let mut active = tx.assignments_in(&council)?;
    active.retain(|assignment| assignment.is_active_on(today));
    let roles = roles(tx, &council)?;
    let staff = tx.staff_of(&council)?;
    let mut covered_by = covered_by(&active, &staff);
    let mut assigned: BTreeMap<&StaffId, Vec<&Assignment>> = BTreeMap::new();
    for assignment in &active {
        assigned.entry(&assignment.staff).or_default().push(assignment);
    }
    let mut caseloads = Vec::new();
    for member in &staff {
        let assigned = assigned.remove(&member.id).unwrap_or_default();
        if !assigned.is_empty() || can_advise(member, roles.get(&member.id)) {
            let mut caseload = count(member, &assigned, (&activity, &due), today);
            caseload.covered_by = covered_by.remove(&member.id).unwrap_or_default();
            caseloads.push(caseload);
        }
    }
    caseloads.sort_by_cached_key(|it| {
        // A team is one in capitals or not.
        let (team, name) = (text::sort_key(&text::key(&it.team)), text::sort_key(&it.name));
        (it.team.is_empty(), team, name, it.staff.clone())
    });
    Ok(caseloads)
}

/// Returns the staff of the caller's council to whom young people can be assigned, by name: those who
/// are not deactivated and whose role has a card. A staff member without a sign-in can be rung.
pub fn list_advisers(
    tx: &mut dyn Tx,
    scope: &StaffScope,
) -> Result<Vec<StaffMember>, ServiceError> {
    scope.permit(Permission::SeeTeams)?;
    let council = scope.require_council()?;
    let roles = roles(tx, council)?;
    let mut advisers = colleagues::by_name(tx, council)?;
    advisers.retain(|member| can_advise(member, roles.get(&member.id)));
    Ok(advisers)
}

fn roles(
    tx: &mut dyn Tx,
    council: &CouncilId,
) -> Result<BTreeMap<StaffId, StaffRole>, ServiceError> {
    let sign_ins = tx.sign_in_statuses(council)?.into_iter();
    Ok(sign_ins.map(|sign_in| (sign_in.staff, sign_in.role)).collect())
}

/// Returns `true` if young people can be assigned to a staff member with this role, if they sign in.
pub(crate) fn can_advise(member: &StaffMember, role: Option<&StaffRole>) -> bool {
    !member.is_deactivated() && role.is_none_or(|role| Permission::OwnCard.is_granted_to(*role))
}

/// Returns by staff id the names of colleagues who cover for them.
fn covered_by(active: &[Assignment], staff: &[StaffMember]) -> BTreeMap<StaffId, Vec<String>> {
    let names: BTreeMap<&StaffId, &str> =
        staff.iter().map(|member| (&member.id, member.name())).collect();
    let mut covered_by: BTreeMap<StaffId, Vec<String>> = BTreeMap::new();
    for assignment in active {
        let (Some(covered), Some(name)) = (&assignment.covers, names.get(&assignment.staff)) else {
            continue;
        };
        let names = covered_by.entry(covered.clone()).or_default();
        if !names.iter().any(|known| known == name) {
            names.push((*name).to_owned());
        }
    }
    covered_by
}

fn count(
    member: &StaffMember,
    assigned: &[&Assignment],
    (activity, due): (&BTreeMap<PersonId, Activity>, &BTreeMap<PersonId, Vec<DueTimescale>>),
    today: NaiveDate,
) -> AdviserCaseload {
    let own: Vec<_> = assigned.iter().filter(|assignment| assignment.covers.is_none()).collect();
    let none = Activity::default();
    let activities: Vec<&Activity> =
        own.iter().map(|own| activity.get(&own.person).unwrap_or(&none)).collect();
    let with_due = |counts: fn(&DueTimescale) -> bool| {
        let due = own.iter().filter_map(|own| due.get(&own.person));
        due.filter(|due| due.iter().any(counts)).count()
    };
    AdviserCaseload {
        staff: member.id.clone(),
        name: member.name().to_owned(),
        team: member.card.text("team").to_owned(),
        people: own.len(),
        covering: assigned.len() - own.len(),
        without_phone: activities.iter().filter(|it| it.phones == 0).count(),
        silent: activities.iter().filter(|it| it.silent).count(),
        waiting: activities.iter().map(|it| it.waiting).sum(),
        oldest_at: activities.iter().filter_map(|it| it.oldest_at).min(),
        due_soon: with_due(|due| !due.is_overdue()),
        overdue: with_due(DueTimescale::is_overdue),
        overdue_by_law: with_due(DueTimescale::is_overdue_by_law),
        away_until: member.card.on_leave_until(today),
        covered_by: Vec::new(),
        is_deactivated: member.is_deactivated(),
    }
}

#[cfg(test)]
mod tests;

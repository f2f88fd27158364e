//! Every adviser's caseload in figures, for whoever runs the teams.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    Permission, ServiceError, StaffRole, StaffScope,
    assignments::leave,
    calendar,
    people::caseload::{self, Activity, staff_name},
};
use promise_database::{Assignment, StaffMember, Tx};

/// One adviser's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AdviserCaseload {
    /// The adviser.
    pub staff: String,
    /// Their name.
    pub name: String,
    /// Their team, from their card; empty if it says none.
    pub team: String,
    /// Young people who are theirs today.
    pub people: usize,
    /// Young people for whom they cover today.
    pub covering: usize,
    /// Of their own, those without a phone.
    pub without_phone: usize,
    /// Of their own, those whose phones are silent.
    pub silent: usize,
    /// Asks of their own that wait for an answer.
    pub waiting: usize,
    /// When the oldest of those was asked, in milliseconds since 1970.
    pub oldest_at: Option<i64>,
    /// The last day of the leave they are on.
    pub away_until: Option<NaiveDate>,
    /// Who covers for them today, by name.
    pub covered_by: Vec<String>,
    /// Whether they no longer work here.
    pub is_deactivated: bool,
}

/// Every adviser of the caller's council, by team and name. Somebody who left is among them for as
/// long as young people are theirs.
pub fn list(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    now_millis: i64,
) -> Result<Vec<AdviserCaseload>, ServiceError> {
    scope.permit(Permission::SeeTeams)?;
    let council = scope.own_council().unwrap_or_default().to_owned();
    let today = calendar::today(now_millis);
    let facts = caseload::activity_in_council(tx, &council, now_millis)?;
    let assignments = tx.assignments_in(&council)?;
    let today_only = assignments.iter().filter(|assigned| assigned.is_active_on(today));
    let mut of: BTreeMap<&str, Vec<&Assignment>> = BTreeMap::new();
    for assigned in today_only.clone() {
        of.entry(&assigned.staff).or_default().push(assigned);
    }
    let roles: BTreeMap<String, String> =
        tx.sign_in_statuses(&council)?.into_iter().map(|seat| (seat.staff, seat.role)).collect();
    let staff = tx.staff_of(&council)?;
    let names: BTreeMap<&str, String> =
        staff.iter().map(|staff| (staff.id.as_str(), staff_name(staff))).collect();
    let mut covered_by: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for assigned in today_only {
        let (Some(away), Some(name)) = (&assigned.covers, names.get(assigned.staff.as_str()))
        else {
            continue;
        };
        let names = covered_by.entry(away).or_default();
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    let mut all = Vec::new();
    for member in &staff {
        let assigned = of.remove(member.id.as_str()).unwrap_or_default();
        if belongs(member, roles.get(&member.id), !assigned.is_empty()) {
            let mut caseload = figures(member, &assigned, &facts, today);
            caseload.covered_by = covered_by.remove(member.id.as_str()).unwrap_or_default();
            all.push(caseload);
        }
    }
    all.sort_by_key(|it| (it.team.is_empty(), it.team.to_lowercase(), it.name.to_lowercase()));
    Ok(all)
}

/// Those of the caller's council who could look after young people: they work here, and their role
/// lets them see whom they look after. Somebody without a sign-in is rung, and sees nobody.
pub fn list_advisers(
    tx: &mut dyn Tx,
    scope: &StaffScope,
) -> Result<Vec<StaffMember>, ServiceError> {
    scope.permit(Permission::SeeTeams)?;
    let council = scope.own_council().unwrap_or_default();
    let roles: BTreeMap<String, String> =
        tx.sign_in_statuses(council)?.into_iter().map(|seat| (seat.staff, seat.role)).collect();
    let mut all = tx.staff_of(council)?;
    all.retain(|member| belongs(member, roles.get(&member.id), false));
    Ok(all)
}

/// Whether somebody looks after young people, or could.
fn belongs(member: &StaffMember, role: Option<&String>, has_people: bool) -> bool {
    let role = role.and_then(|role| role.parse::<StaffRole>().ok());
    has_people
        || (!member.is_deactivated()
            && role.is_none_or(|role| Permission::OwnCard.is_granted_to(role)))
}

fn figures(
    member: &StaffMember,
    assigned: &[&Assignment],
    facts: &BTreeMap<String, Activity>,
    today: NaiveDate,
) -> AdviserCaseload {
    let team = member.card.get("team").and_then(|team| team.as_str()).unwrap_or_default();
    let own: Vec<_> = assigned.iter().filter(|assigned| assigned.covers.is_none()).collect();
    let nothing = Activity::default();
    let known: Vec<&Activity> =
        own.iter().map(|own| facts.get(&own.person).unwrap_or(&nothing)).collect();
    AdviserCaseload {
        staff: member.id.clone(),
        name: staff_name(member),
        team: team.to_owned(),
        people: own.len(),
        covering: assigned.len() - own.len(),
        without_phone: known.iter().filter(|facts| facts.phones == 0).count(),
        silent: known.iter().filter(|facts| facts.silent).count(),
        waiting: known.iter().map(|facts| facts.waiting).sum(),
        oldest_at: known.iter().filter_map(|facts| facts.oldest_at).min(),
        away_until: leave::away_until(member, today),
        covered_by: Vec::new(),
        is_deactivated: member.is_deactivated(),
    }
}

#[cfg(test)]
mod tests;

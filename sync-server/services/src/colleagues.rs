//! Colleagues, as their administrator sees them: how each signs in, and in which role.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    Permission, Random, ServiceError, StaffRole, StaffScope,
    audit::{self, About},
    people, sign_in,
};
use promise_database::{SignInStatus, StaffMember, Tx};

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Colleague {
    /// Who.
    pub staff: StaffMember,
    /// How they sign in; none if they never got a link.
    pub seat: Option<SignInStatus>,
}

/// Everybody of the caller's council, by handle.
pub fn list(tx: &mut dyn Tx, scope: &StaffScope) -> Result<Vec<Colleague>, ServiceError> {
    scope.permit(Permission::ManageStaff)?;
    let council = scope.own_council().unwrap_or_default().to_owned();
    let seats = tx.sign_in_statuses(&council)?;
    let mut seats: BTreeMap<String, SignInStatus> =
        seats.into_iter().map(|seat| (seat.staff.clone(), seat)).collect();
    let all = tx.staff_of(&council)?.into_iter();
    Ok(all.map(|staff| Colleague { seat: seats.remove(&staff.id), staff }).collect())
}

/// One of them.
pub fn find(tx: &mut dyn Tx, scope: &StaffScope, id: &str) -> Result<Colleague, ServiceError> {
    scope.permit(Permission::ManageStaff)?;
    let staff = scope.staff(tx, id)?;
    let seat = tx.sign_in_statuses(&staff.council)?.into_iter().find(|seat| seat.staff == staff.id);
    Ok(Colleague { staff, seat })
}

/// Adds a colleague with their card and a sign-in of this name and role, and answers their random
/// name and the secret of their link.
pub fn add(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    (name, role): (&str, StaffRole),
    card: BTreeMap<String, Value>,
    valid_minutes: u32,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<(String, String), ServiceError> {
    let council = scope.own_council().unwrap_or_default().to_owned();
    let handle = name.trim().to_lowercase();
    let id = people::add_staff(tx, scope, &council, &handle, card, random)?;
    audit::note(tx, scope, About::Council(&council), "added_staff", &id, now_millis)?;
    let sign_in = (handle.as_str(), role);
    let token = sign_in::give(tx, scope, &id, sign_in, valid_minutes, now_millis, random)?;
    Ok((id, token))
}

/// Gives a colleague another role. They are signed out, and have it when they sign in again.
pub fn change_role(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &str,
    role: StaffRole,
    now_millis: i64,
) -> Result<(), ServiceError> {
    scope.permit_still(tx, Permission::ManageStaff)?;
    let staff = scope.colleague(tx, staff)?;
    let mut sign_in = tx.sign_in(&staff.id)?.ok_or(ServiceError::NotFound("sign-in"))?;
    if sign_in.role == role.as_str() {
        return Ok(());
    }
    keep_an_administrator(tx, scope, &staff, role)?;
    let detail = format!("{} {} {}", staff.id, sign_in.role, role.as_str());
    role.as_str().clone_into(&mut sign_in.role);
    tx.set_sign_in(&sign_in)?;
    tx.delete_sessions_of(&staff.id)?;
    let about = About::Council(&staff.council);
    audit::note(tx, scope, about, "changed_role", &detail, now_millis)
}

/// [`ServiceError::LastAdministrator`], if with this role for this member of staff nobody could
/// sign in as an administrator. Whoever runs the server can always make a new one.
pub(super) fn keep_an_administrator(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &StaffMember,
    role: StaffRole,
) -> Result<(), ServiceError> {
    if scope.role().is_none() || role == StaffRole::Administrator {
        return Ok(());
    }
    let seats = tx.sign_in_statuses(&staff.council)?;
    let (own, others): (Vec<_>, Vec<_>) = seats
        .into_iter()
        .filter(|seat| seat.role == StaffRole::Administrator.as_str())
        .partition(|seat| seat.staff == staff.id);
    // Switching off takes password and authenticator away.
    let another = others.iter().any(|seat| seat.has_password && seat.has_authenticator);
    if own.is_empty() || another { Ok(()) } else { Err(ServiceError::LastAdministrator) }
}

#[cfg(test)]
mod tests;

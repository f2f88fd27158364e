//! Colleagues, as their administrator sees them: how each signs in, and in which role.

mod deactivation;
pub mod teams;

pub(crate) use deactivation::revoke_access;
pub use deactivation::{count_own_people, deactivate, reactivate};

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    Permission, Random, ServiceError, StaffRole, StaffScope,
    audit::{self, Subject},
    cards, random, sign_in,
};
use promise_database::{SignInStatus, StaffMember, Tx};

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub struct StaffAccount {
    /// Who.
    pub staff: StaffMember,
    /// How they sign in; none if they never got a link.
    pub seat: Option<SignInStatus>,
}

/// Everybody of the caller's council, by handle.
pub fn list(tx: &mut dyn Tx, scope: &StaffScope) -> Result<Vec<StaffAccount>, ServiceError> {
    scope.permit(Permission::ManageStaff)?;
    let council = scope.own_council().unwrap_or_default().to_owned();
    let seats = tx.sign_in_statuses(&council)?;
    let mut seats: BTreeMap<String, SignInStatus> =
        seats.into_iter().map(|seat| (seat.staff.clone(), seat)).collect();
    let all = tx.staff_of(&council)?.into_iter();
    Ok(all.map(|staff| StaffAccount { seat: seats.remove(&staff.id), staff }).collect())
}

/// One of them.
pub fn find(tx: &mut dyn Tx, scope: &StaffScope, id: &str) -> Result<StaffAccount, ServiceError> {
    scope.permit(Permission::ManageStaff)?;
    let staff = scope.staff(tx, id)?;
    let seat = tx.sign_in_statuses(&staff.council)?.into_iter().find(|seat| seat.staff == staff.id);
    Ok(StaffAccount { staff, seat })
}

/// Adds a colleague with their card and a sign-in of this name and role, and answers their random
/// name and the secret of their link.
pub fn add_with_sign_in(
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
    let id = add(tx, scope, &council, &handle, card, random)?;
    audit::record(tx, scope, Subject::Council(&council), "added_staff", &id, now_millis)?;
    let sign_in = (handle.as_str(), role);
    let token = sign_in::invite(tx, scope, &id, sign_in, valid_minutes, now_millis, random)?;
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
    sign_in::require_another_administrator(tx, scope, &staff, role)?;
    let detail = format!("{} {} {}", staff.id, sign_in.role, role.as_str());
    role.as_str().clone_into(&mut sign_in.role);
    tx.set_sign_in(&sign_in)?;
    tx.delete_sessions_of(&staff.id)?;
    let about = Subject::Council(&staff.council);
    audit::record(tx, scope, about, "changed_role", &detail, now_millis)
}

/// Adds a member of staff with their card, and answers their random name.
pub fn add(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &str,
    handle: &str,
    card: BTreeMap<String, Value>,
    random: &mut dyn Random,
) -> Result<String, ServiceError> {
    scope.permit(Permission::ManageStaff)?;
    scope.council(tx, council)?;
    cards::validate(&card)?;
    let id = random::record_id(random)?;
    let (council, handle) = (council.to_owned(), handle.to_owned());
    let added =
        tx.add_staff(&StaffMember { id: id.clone(), council, handle, card, deactivated_at: None })?;
    if added { Ok(id) } else { Err(ServiceError::AlreadyExists("handle in this council")) }
}

#[cfg(test)]
mod tests;

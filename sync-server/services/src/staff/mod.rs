//! Staff: their accounts, roles and teams.

mod deactivation;
pub mod teams;

use std::collections::BTreeMap;

use promise_database::{SignInStatus, StaffMember, Tx};
use promise_protocol::{
    ids::{CouncilId, StaffId},
    text,
};

use crate::{
    Entity, Existing, Permission, Random, ServiceError, StaffRole, StaffScope,
    audit::{self, AuditAction, Subject},
    cards::CardEdit,
    random, sign_in,
};

pub(crate) use deactivation::revoke_access;
pub use deactivation::{count_own_people, deactivate, reactivate};

/// A staff member and how they sign in.
#[derive(Clone, Debug, PartialEq)]
pub struct StaffAccount {
    /// The staff member.
    pub staff: StaffMember,
    /// Their sign-in. `None` if they never got a link.
    pub sign_in: Option<SignInStatus>,
}

/// Returns the accounts of the caller's council, by handle.
pub fn list(tx: &mut dyn Tx, scope: &StaffScope) -> Result<Vec<StaffAccount>, ServiceError> {
    scope.permit(Permission::ManageStaff)?;
    let council = scope.require_council()?.clone();
    let sign_ins = tx.sign_in_statuses(&council)?.into_iter();
    let mut sign_ins: BTreeMap<StaffId, SignInStatus> =
        sign_ins.map(|sign_in| (sign_in.staff.clone(), sign_in)).collect();
    let staff = tx.staff_of(&council)?.into_iter();
    Ok(staff.map(|staff| StaffAccount { sign_in: sign_ins.remove(&staff.id), staff }).collect())
}

/// Returns one account.
pub fn find(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    id: &StaffId,
) -> Result<StaffAccount, ServiceError> {
    scope.permit(Permission::ManageStaff)?;
    let staff = scope.staff(tx, id)?;
    let mut sign_ins = tx.sign_in_statuses(&staff.council)?.into_iter();
    Ok(StaffAccount { sign_in: sign_ins.find(|sign_in| sign_in.staff == staff.id), staff })
}

/// Adds a staff member with their card, without a sign-in. Returns their id.
pub fn add(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    council: &CouncilId,
    handle: &str,
    card: CardEdit,
    random: &mut dyn Random,
) -> Result<StaffId, ServiceError> {
    scope.permit(Permission::ManageStaff)?;
    let staff = StaffMember {
        id: random::record_id(random)?,
        council: scope.council(tx, council)?,
        handle: text::key(handle),
        card: card.into_card(),
        deactivated_at: None,
    };
    if tx.add_staff(&staff)? {
        Ok(staff.id)
    } else {
        Err(ServiceError::AlreadyExists(Existing::Handle))
    }
}

/// Adds a staff member of the caller's council with a card and a sign-in, whose name is also their
/// handle. Returns their id and the token of their sign-in link.
pub fn add_with_sign_in(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    (name, role): (&str, StaffRole),
    card: CardEdit,
    valid_minutes: u32,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<(StaffId, String), ServiceError> {
    let council = scope.require_council()?.clone();
    let handle = text::key(name);
    let id = add(tx, scope, &council, &handle, card, random)?;
    let subject = Subject::Council(&council);
    audit::record(tx, scope, subject, AuditAction::AddedStaff, id.as_str(), now_millis)?;
    let sign_in = (handle.as_str(), role);
    let token = sign_in::invite(tx, scope, &id, sign_in, valid_minutes, now_millis, random)?;
    Ok((id, token))
}

/// Changes a staff member's role. They are signed out, and have the role at their next sign-in.
pub fn change_role(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &StaffId,
    role: StaffRole,
    now_millis: i64,
) -> Result<(), ServiceError> {
    scope.permit_now(tx, Permission::ManageStaff)?;
    let staff = scope.colleague(tx, staff)?;
    let mut sign_in = tx.sign_in(&staff.id)?.ok_or(ServiceError::NotFound(Entity::SignIn))?;
    if sign_in.role == role {
        return Ok(());
    }
    sign_in::require_another_administrator(tx, scope, &staff, role)?;
    let detail = format!("{} {} {role}", staff.id, sign_in.role);
    sign_in.role = role;
    tx.set_sign_in(&sign_in)?;
    tx.delete_sessions_of(&staff.id)?;
    let subject = Subject::Council(&staff.council);
    audit::record(tx, scope, subject, AuditAction::ChangedRole, &detail, now_millis)
}

#[cfg(test)]
mod tests;

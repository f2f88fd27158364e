//! Staff: their accounts, roles and teams.

mod deactivation;
mod emergency;
pub mod handle;
mod requests;
pub mod teams;

use std::collections::BTreeMap;

use promise_database::{Actor, ImportKind, PrivilegedActKind, SignInStatus, StaffMember, Tx};
use promise_protocol::{
    ids::{CouncilId, PrivilegedActId, StaffId},
    text,
};

use crate::{
    Entity, Existing, Permission, Random, ServiceError, StaffRole, StaffScope,
    audit::{self, AuditAction, Subject},
    cards::CardEdit,
    dual_control::{self, NewAct},
    random, sign_in,
};

use deactivation::apply_reactivation;
pub(crate) use deactivation::revoke_access;
pub use deactivation::{count_own_people, deactivate, reactivate};
pub use emergency::{reset_in_emergency, review, review_refusal};
pub use requests::{
    Confirmed, Wanted, ask, confirm, confirm_as_operator, confirm_refusal, find_request,
    list_confirmers, refuse, withdraw,
};

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
    Ok(StaffAccount { sign_in: tx.sign_in_status(&staff.id)?, staff })
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
///
/// Returns [`ServiceError::NeedsSecondPerson`] to an administrator if the role is privileged:
/// [`add_and_ask`] then.
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

/// Adds a staff member of the caller's council with a card, and asks for a sign-in in a role that takes
/// two people. Returns their id and the id of the request.
pub fn add_and_ask(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    (name, role): (&str, StaffRole),
    card: CardEdit,
    reason: &str,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<(StaffId, PrivilegedActId), ServiceError> {
    let council = scope.require_council()?.clone();
    let id = add(tx, scope, &council, &text::key(name), card, random)?;
    let subject = Subject::Council(&council);
    audit::record(tx, scope, subject, AuditAction::AddedStaff, id.as_str(), now_millis)?;
    let request = ask(tx, scope, &id, Wanted::Link(name, role), reason, now_millis, random)?;
    Ok((id, request))
}

/// Changes a staff member's role. They are signed out, and have the role at their next sign-in.
///
/// Returns [`ServiceError::NeedsSecondPerson`] to an administrator if the role is privileged.
pub fn change_role(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &StaffId,
    role: StaffRole,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<(), ServiceError> {
    scope.permit_now(tx, Permission::ManageStaff)?;
    let staff = scope.colleague(tx, staff)?;
    let before = tx.sign_in(&staff.id)?.ok_or(ServiceError::NotFound(Entity::SignIn))?;
    if before.role == role {
        return Ok(());
    }
    if dual_control::is_privileged(role) {
        if !scope.may(Permission::Operate) {
            return Err(ServiceError::NeedsSecondPerson);
        }
        let new = NewAct {
            kind: PrivilegedActKind::Grant,
            staff: &staff,
            before: Some(&before),
            sign_in: (&before.name, role),
            reason: "",
        };
        dual_control::record_done(tx, scope, &new, now_millis, random)?;
    }
    apply_role(tx, scope, &staff, role, now_millis)
}

/// Like [`change_role`], for what two people or the operator decided.
fn apply_role(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &StaffMember,
    role: StaffRole,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let mut sign_in = tx.sign_in(&staff.id)?.ok_or(ServiceError::NotFound(Entity::SignIn))?;
    sign_in::require_another_administrator(tx, scope, staff, role)?;
    let detail = format!("{} {} {role}", staff.id, sign_in.role);
    sign_in.role = role;
    tx.set_sign_in(&sign_in)?;
    tx.delete_sessions_of(&staff.id)?;
    let actor = Actor::Staff(staff.id.clone());
    for (kind, permission) in [
        (ImportKind::Opportunities, Permission::Edit),
        (ImportKind::Cards, Permission::UseAddressBook),
    ] {
        if !permission.is_granted_to(role) {
            tx.delete_import(&staff.council, &actor, kind)?;
        }
    }
    let subject = Subject::Council(&staff.council);
    audit::record(tx, scope, subject, AuditAction::ChangedRole, &detail, now_millis)
}

#[cfg(test)]
mod tests;

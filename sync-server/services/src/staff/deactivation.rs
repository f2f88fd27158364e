//! Deactivating a staff member who leaves, and reactivating them.

use promise_database::{Actor, ImportKind, PrivilegedActKind, StaffMember, Tx};
use promise_protocol::ids::StaffId;

use crate::{
    Entity, Permission, Random, ServiceError, StaffScope, assignments,
    audit::{self, AuditAction, Subject},
    dual_control::{self, NewAct},
};

/// Returns how many young people are a staff member's own, not counting those they cover for.
pub fn count_own_people(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &StaffId,
) -> Result<usize, ServiceError> {
    scope.permit(Permission::ManageStaff)?;
    let staff = scope.staff(tx, staff)?;
    Ok(tx.assignments_of_staff(&staff.id)?.iter().filter(|own| own.covers.is_none()).count())
}

/// Deactivates a staff member: they can no longer sign in, cover for no colleague, and the phones of
/// their young people stop showing how to reach them. Returns how many young people are their own.
///
/// Returns [`ServiceError::CannotDeactivateSelf`], and [`ServiceError::StaffDeactivated`] if they
/// are deactivated already.
pub fn deactivate(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &StaffId,
    now_millis: i64,
) -> Result<usize, ServiceError> {
    scope.permit_now(tx, Permission::ManageStaff)?;
    let staff = scope.colleague(tx, staff)?;
    if scope.actor().staff() == Some(&staff.id) {
        return Err(ServiceError::CannotDeactivateSelf);
    }
    let subject = Subject::Council(&staff.council);
    audit::record(tx, scope, subject, AuditAction::Deactivated, staff.id.as_str(), now_millis)?;
    revoke_access(tx, &staff.id, now_millis)?;
    assignments::clear_contacts(tx, scope, &staff.id, now_millis)
}

/// Marks a staff member as deactivated and deletes everything that lets them sign in. Their name
/// and role stay for the list of staff.
pub(crate) fn revoke_access(
    tx: &mut dyn Tx,
    staff: &StaffId,
    deactivated_at: i64,
) -> Result<(), ServiceError> {
    tx.set_deactivated(staff, Some(deactivated_at))?;
    tx.delete_sessions_of(staff)?;
    tx.delete_sign_in_links(staff)?;
    tx.set_recovery_codes(staff, &[])?;
    if let Some(member) = tx.staff(staff)? {
        // A file that they uploaded waits for their confirmation.
        let actor = Actor::Staff(staff.clone());
        for kind in ImportKind::ALL {
            tx.delete_import(&member.council, &actor, kind)?;
        }
    }
    if let Some(mut sign_in) = tx.sign_in(staff)? {
        sign_in.password = None;
        sign_in.totp = None;
        tx.set_sign_in(&sign_in)?;
    }
    Ok(())
}

/// Reactivates a staff member. The phones of young people who are still assigned to them show their
/// card again. They need a new sign-in link. Returns how many young people that are.
///
/// Returns [`ServiceError::NotFound`] if they are not deactivated, and
/// [`ServiceError::NeedsSecondPerson`] to an administrator if their role is privileged.
pub fn reactivate(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &StaffId,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<usize, ServiceError> {
    scope.permit_now(tx, Permission::ManageStaff)?;
    let staff = scope.staff(tx, staff)?;
    if !staff.is_deactivated() {
        return Err(ServiceError::NotFound(Entity::DeactivatedStaff));
    }
    let known = tx.sign_in(&staff.id)?.filter(|known| dual_control::is_privileged(known.role));
    if let Some(known) = known {
        if !scope.may(Permission::Operate) {
            return Err(ServiceError::NeedsSecondPerson);
        }
        let new = NewAct {
            kind: PrivilegedActKind::Reactivate,
            staff: &staff,
            before: Some(&known),
            sign_in: (&known.name, known.role),
            reason: "",
        };
        dual_control::record_done(tx, scope, &new, now_millis, random)?;
    }
    apply_reactivation(tx, scope, &staff, now_millis, random)
}

/// Like [`reactivate`], for what two people or the operator decided.
pub(super) fn apply_reactivation(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &StaffMember,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<usize, ServiceError> {
    let subject = Subject::Council(&staff.council);
    audit::record(tx, scope, subject, AuditAction::Reactivated, staff.id.as_str(), now_millis)?;
    tx.set_deactivated(&staff.id, None)?;
    let staff = StaffMember { deactivated_at: None, ..staff.clone() };
    assignments::restore_contacts(tx, scope, &staff, now_millis, random)
}

#[cfg(test)]
mod tests;

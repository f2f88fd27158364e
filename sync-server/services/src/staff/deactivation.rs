//! Switching off a member of staff who leaves, and switching them on again.
//!
//! A leaver's contact stays on the phones until the young person has somebody else: to lose both
//! the person and their name from one day to the next is what care leavers describe as being cut
//! off. But it shows nothing that is dead: it counts until the day before, and every way to reach
//! them is taken out, also for phones that do not reckon with days. What the phone rings instead is
//! the duty line in the directory. Their card keeps everything, so that switching on brings it back.

use crate::{
    Permission, Random, ServiceError, StaffScope, assignments,
    audit::{self, Subject},
};
use promise_database::{StaffMember, Tx};

/// How many young people are a member of staff's own.
pub fn count_own_people(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &str,
) -> Result<usize, ServiceError> {
    scope.permit(Permission::ManageStaff)?;
    let staff = scope.staff(tx, staff)?;
    Ok(tx.assignments_of_staff(&staff.id)?.iter().filter(|own| own.covers.is_none()).count())
}

/// Switches a member of staff off: their sessions and links end, they have no password and no
/// authenticator any more, and they cover for nobody. Answers how many young people were theirs.
///
/// [`ServiceError::CannotDeactivateSelf`], [`ServiceError::StaffDeactivated`] if they are switched off already.
pub fn deactivate(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &str,
    now_millis: i64,
) -> Result<usize, ServiceError> {
    scope.permit_still(tx, Permission::ManageStaff)?;
    let staff = scope.colleague(tx, staff)?;
    if scope.actor().staff() == Some(&staff.id) {
        return Err(ServiceError::CannotDeactivateSelf);
    }
    let about = Subject::Council(&staff.council);
    audit::record(tx, scope, about, "switched_off", &staff.id, now_millis)?;
    revoke_access(tx, &staff.id, now_millis)?;
    assignments::clear_contacts(tx, scope, &staff.id, now_millis)
}

/// Notes that somebody left, and ends what lets them in. Their name and role stay, to be seen in
/// the list.
pub(crate) fn revoke_access(
    tx: &mut dyn Tx,
    staff: &str,
    deactivated_at: i64,
) -> Result<(), ServiceError> {
    tx.set_deactivated(staff, Some(deactivated_at))?;
    tx.delete_sessions_of(staff)?;
    tx.delete_sign_in_links(staff)?;
    tx.set_recovery_codes(staff, &[])?;
    if let Some(mut sign_in) = tx.sign_in(staff)? {
        sign_in.password = None;
        sign_in.totp = None;
        tx.set_sign_in(&sign_in)?;
    }
    Ok(())
}

/// Switches a member of staff on again. The phones of those who are still theirs show their card
/// as it is. They sign in with a new link.
pub fn reactivate(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &str,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<usize, ServiceError> {
    scope.permit_still(tx, Permission::ManageStaff)?;
    let staff = scope.staff(tx, staff)?;
    if !staff.is_deactivated() {
        return Err(ServiceError::NotFound("leaver"));
    }
    let about = Subject::Council(&staff.council);
    audit::record(tx, scope, about, "switched_on", &staff.id, now_millis)?;
    tx.set_deactivated(&staff.id, None)?;
    let staff = StaffMember { deactivated_at: None, ..staff };
    assignments::restore_contacts(tx, scope, &staff, now_millis, random)
}

#[cfg(test)]
mod tests;

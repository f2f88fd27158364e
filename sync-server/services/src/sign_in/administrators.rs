//! The rule that a council keeps an administrator who can sign in.

use promise_database::{StaffMember, Tx};

use crate::{ServiceError, StaffRole, StaffScope};

/// Returns [`ServiceError::LastAdministrator`] if giving this role to this staff member would leave
/// their council without an administrator who can sign in. The operator may do that, because the
/// operator can always create a new one.
pub(crate) fn require_another_administrator(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &StaffMember,
    role: StaffRole,
) -> Result<(), ServiceError> {
    if scope.role().is_none() || role == StaffRole::Administrator {
        return Ok(());
    }
    let (own, others): (Vec<_>, Vec<_>) = tx
        .sign_in_statuses(&staff.council)?
        .into_iter()
        .filter(|sign_in| sign_in.role == StaffRole::Administrator)
        .partition(|sign_in| sign_in.staff == staff.id);
    // Deactivated administrators have neither.
    let another = others.iter().any(|it| it.has_password && it.has_authenticator);
    if own.is_empty() || another { Ok(()) } else { Err(ServiceError::LastAdministrator) }
}

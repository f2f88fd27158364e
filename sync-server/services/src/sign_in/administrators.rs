//! A council always has an administrator who can sign in.

use crate::{ServiceError, StaffRole, StaffScope};
use promise_database::{StaffMember, Tx};

/// [`ServiceError::LastAdministrator`], if with this role for this member of staff nobody could
/// sign in as an administrator. Whoever runs the server can always make a new one.
pub(crate) fn require_another_administrator(
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

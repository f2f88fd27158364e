//! Forgetting what need not be kept.

use super::ServiceError;
use crate::store::Tx;

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// How long a value that lost or was overwritten is kept, in days.
pub const HISTORY_DAYS: i64 = 90;

/// How long after its end an invitation still answers "too old" rather than "not a code", in days.
const INVITATION_DAYS: i64 = 7;

/// Forgets old history and old invitations, and answers how much history went.
pub fn tidy(tx: &mut dyn Tx, now_millis: i64) -> Result<usize, ServiceError> {
    tx.forget_invitations(now_millis - INVITATION_DAYS * DAY_MILLIS)?;
    Ok(tx.forget_history(now_millis - HISTORY_DAYS * DAY_MILLIS)?)
}

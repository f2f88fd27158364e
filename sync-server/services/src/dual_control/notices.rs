//! What a staff member must read about their own sign-in before anything else.

use promise_database::{Decision, PrivilegedAct, PrivilegedActKind, PrivilegedActState, Tx};
use promise_protocol::ids::StaffId;

use super::COOLING_OFF_MILLIS;
use crate::{
    Entity, ServiceError, StaffScope,
    audit::{self, AuditAction, Subject},
};

/// Returns what was done to this staff member's sign-in that they have not confirmed to have read, the
/// last one first.
pub fn list_notices(tx: &mut dyn Tx, staff: &StaffId) -> Result<Vec<PrivilegedAct>, ServiceError> {
    let mut acts = tx.privileged_acts_about(staff)?;
    acts.retain(|act| act.state == PrivilegedActState::Done && is_unread(act));
    Ok(acts)
}

/// The first link of a new colleague is no news to them.
fn is_unread(act: &PrivilegedAct) -> bool {
    act.seen_at.is_none() && act.kind != PrivilegedActKind::Invite
}

/// Makes the staff member read what was done, and what was done in the last days: who opened the
/// link of an earlier reset has read that notice, and was perhaps not the holder.
pub(super) fn require(
    tx: &mut dyn Tx,
    new: &PrivilegedAct,
    now_millis: i64,
) -> Result<(), ServiceError> {
    if new.kind == PrivilegedActKind::Invite {
        return Ok(());
    }
    let since = now_millis.saturating_sub(COOLING_OFF_MILLIS);
    for act in tx.privileged_acts_about(&new.subject)? {
        let is_recent = act.done_at().is_some_and(|at| at > since);
        if act.seen_at.is_some() && (is_recent || act.id == new.id) {
            tx.set_privileged_act(&PrivilegedAct { seen_at: None, ..act })?;
        }
    }
    Ok(())
}

/// Stores that what the staff member disputed was looked at: people who had no part in it, or the
/// operator, make a new link.
pub(crate) fn settle_disputes(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &StaffId,
    now_millis: i64,
) -> Result<(), ServiceError> {
    for act in tx.privileged_acts_about(staff)? {
        if act.disputed_at.is_some() && act.review.is_none() {
            let review = Some(Decision { by: scope.actor(), at: now_millis });
            tx.set_privileged_act(&PrivilegedAct { review, ..act })?;
        }
    }
    Ok(())
}

/// Stores that the caller has read the notices about their sign-in.
pub fn acknowledge(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let Some(staff) = scope.actor().staff().cloned() else { return Ok(()) };
    for act in list_notices(tx, &staff)? {
        let detail = format!("{staff} {}", act.kind.as_str());
        let subject = Subject::Council(&act.council);
        audit::record(tx, scope, subject, AuditAction::ReadNotice, &detail, now_millis)?;
        tx.set_privileged_act(&PrivilegedAct { seen_at: Some(now_millis), ..act })?;
    }
    Ok(())
}

/// Stores that the caller did not want what the notices tell of, and holds the account: every session
/// and link ends, and no password works. A reset by two people who had no part in it, or by the
/// operator, releases the account.
///
/// Returns [`ServiceError::NotFound`] if there is no notice.
pub fn dispute(tx: &mut dyn Tx, scope: &StaffScope, now_millis: i64) -> Result<(), ServiceError> {
    let not_found = || ServiceError::NotFound(Entity::Notice);
    let staff = scope.actor().staff().cloned().ok_or_else(not_found)?;
    let acts = list_notices(tx, &staff)?;
    let council = acts.first().map(|act| act.council.clone()).ok_or_else(not_found)?;
    for act in acts {
        tx.set_privileged_act(&PrivilegedAct { disputed_at: Some(now_millis), ..act })?;
    }
    if let Some(mut sign_in) = tx.sign_in(&staff)? {
        sign_in.held_at = Some(now_millis);
        tx.set_sign_in(&sign_in)?;
    }
    tx.delete_sign_in_links(&staff)?;
    tx.delete_sessions_of(&staff)?;
    let subject = Subject::Council(&council);
    audit::record(tx, scope, subject, AuditAction::HeldAccount, staff.as_str(), now_millis)
}

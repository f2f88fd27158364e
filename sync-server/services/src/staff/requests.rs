//! Acts of power that wait for a second person: asking, withdrawing, refusing and confirming.

use promise_database::{Decision, PrivilegedAct, PrivilegedActKind, PrivilegedActState, Tx};
use promise_protocol::ids::{PrivilegedActId, StaffId};

use super::{apply_reactivation, apply_role};
use crate::{
    Entity, Permission, Random, ServiceError, StaffRole, StaffScope,
    audit::{self, AuditAction, Subject},
    calendar,
    dual_control::{self, DualControlRefusal, History, NewAct},
    sign_in::{self, CodeRefusal},
};

/// What an administrator asks for.
#[derive(Clone, Copy, Debug)]
pub enum Wanted<'a> {
    /// A new sign-in link, with this sign-in name and role.
    Link(&'a str, StaffRole),
    /// This role, with the sign-in that they have.
    Role(StaffRole),
    /// To be reactivated, with a new sign-in link.
    Reactivation,
}

/// What was confirmed and done.
#[derive(Clone, Debug)]
pub struct Confirmed {
    /// The staff member whose sign-in it was about.
    pub subject: StaffId,
    /// The token of their new sign-in link, if they need one. The second person passes it on, so that
    /// the one who asked never has it.
    pub link: Option<String>,
}

/// Asks for an act of power. Nothing changes until [`confirm`]. Returns the request's id.
///
/// Returns [`DualControlRefusal::NoReason`], [`DualControlRefusal::AlreadyWaiting`] if there is a
/// request about this staff member, [`DualControlRefusal::InEmergency`] if the caller's own account was
/// reset in an emergency, and [`ServiceError::StaffDeactivated`].
pub fn ask(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &StaffId,
    wanted: Wanted<'_>,
    reason: &str,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<PrivilegedActId, ServiceError> {
    scope.permit_now(tx, Permission::ManageStaff)?;
    let reason = dual_control::check_reason(reason)?;
    let staff = scope.staff(tx, staff)?;
    let history = History::load(tx, &staff.council)?;
    require_settled(&history, scope, now_millis)?;
    require_no_part_in_dispute(tx, &history, scope, &staff.id)?;
    let waiting = tx.privileged_acts_about(&staff.id)?.into_iter();
    let mut waiting = waiting.filter(|act| act.state == PrivilegedActState::Waiting);
    if waiting.any(|act| !dual_control::is_expired(&act, now_millis)) {
        return Err(DualControlRefusal::AlreadyWaiting.into());
    }
    let before = tx.sign_in(&staff.id)?;
    let is_reactivation = matches!(wanted, Wanted::Reactivation);
    if staff.is_deactivated() != is_reactivation {
        return Err(if is_reactivation {
            ServiceError::NotFound(Entity::DeactivatedStaff)
        } else {
            ServiceError::StaffDeactivated
        });
    }
    let known = || before.clone().ok_or(ServiceError::NotFound(Entity::SignIn));
    let (kind, name, role) = match wanted {
        Wanted::Link(name, role) => {
            sign_in::require_free_name(tx, &staff.id, name)?;
            let kind = if dual_control::was_used(tx, &staff.id)? {
                PrivilegedActKind::Reset
            } else {
                PrivilegedActKind::Invite
            };
            (kind, name.to_owned(), role)
        }
        Wanted::Role(role) => (PrivilegedActKind::Grant, known()?.name, role),
        Wanted::Reactivation => {
            let known = known()?;
            (PrivilegedActKind::Reactivate, known.name, known.role)
        }
    };
    let new = NewAct {
        kind,
        staff: &staff,
        before: before.as_ref(),
        sign_in: (&name, role),
        reason: &reason,
    };
    let act = dual_control::record_request(tx, scope, &new, now_millis, random)?;
    log(tx, scope, &act, AuditAction::AskedForPower, now_millis)?;
    Ok(act.id)
}

/// Returns a request or a past act of the caller's council.
pub fn find_request(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    id: &PrivilegedActId,
) -> Result<PrivilegedAct, ServiceError> {
    scope.permit(Permission::ManageStaff)?;
    let act = tx.privileged_act(id)?.filter(|act| scope.reaches(&act.council));
    act.ok_or(ServiceError::NotFound(Entity::Request))
}

/// Withdraws the caller's own request.
///
/// Returns [`DualControlRefusal::NotWaiting`], and [`ServiceError::NotAllowed`] for the request of a
/// colleague.
pub fn withdraw(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    id: &PrivilegedActId,
    now_millis: i64,
) -> Result<(), ServiceError> {
    scope.permit_now(tx, Permission::ManageStaff)?;
    let act = find_request(tx, scope, id)?;
    if act.asked_by != scope.actor() {
        return Err(ServiceError::NotAllowed);
    }
    close(tx, scope, act, (PrivilegedActState::Withdrawn, AuditAction::WithdrewPower), now_millis)
}

/// Refuses a colleague's request. It stays in the log.
///
/// Returns [`DualControlRefusal::NotWaiting`], and [`DualControlRefusal::OwnRequest`] for the caller's
/// own: they withdraw it.
pub fn refuse(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    id: &PrivilegedActId,
    now_millis: i64,
) -> Result<(), ServiceError> {
    scope.permit_now(tx, Permission::ManageStaff)?;
    let act = find_request(tx, scope, id)?;
    if act.asked_by == scope.actor() {
        return Err(DualControlRefusal::OwnRequest.into());
    }
    close(tx, scope, act, (PrivilegedActState::Refused, AuditAction::RefusedPower), now_millis)
}

fn close(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    act: PrivilegedAct,
    (state, action): (PrivilegedActState, AuditAction),
    now_millis: i64,
) -> Result<(), ServiceError> {
    if act.state != PrivilegedActState::Waiting {
        return Err(DualControlRefusal::NotWaiting.into());
    }
    let decision = Some(Decision { by: scope.actor(), at: now_millis });
    let act = PrivilegedAct { state, decision, ..act };
    tx.set_privileged_act(&act)?;
    log(tx, scope, &act, action, now_millis)
}

/// Returns why the caller cannot confirm a request, or `None` if they can.
pub fn confirm_refusal(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    act: &PrivilegedAct,
    now_millis: i64,
) -> Result<Option<DualControlRefusal>, ServiceError> {
    match require_confirmable(tx, scope, act, now_millis) {
        Ok(()) => Ok(None),
        Err(ServiceError::DualControl(refusal)) => Ok(Some(refusal)),
        Err(error) => Err(error),
    }
}

/// Returns the administrators who could confirm a request, by sign-in name.
pub fn list_confirmers(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    act: &PrivilegedAct,
    now_millis: i64,
) -> Result<Vec<StaffId>, ServiceError> {
    scope.permit(Permission::ManageStaff)?;
    let mut found = Vec::new();
    for status in tx.sign_in_statuses(&act.council)? {
        if status.role != StaffRole::Administrator || !status.has_authenticator {
            continue;
        }
        let today = calendar::today(now_millis);
        let Some(other) = StaffScope::of_stored_member(tx, &status.staff, today)? else { continue };
        if confirm_refusal(tx, &other, act, now_millis)?.is_none() {
            found.push(status.staff);
        }
    }
    Ok(found)
}

/// Confirms a colleague's request, which is done now. `typed_code` is the current code of the caller's
/// own authenticator, or one of their recovery codes: a browser that is left open is not enough.
///
/// A refused code is no error of the transaction, which must commit: see [`sign_in::verify_code`].
/// Returns [`ServiceError::DualControl`] with the reason if the caller cannot confirm it.
pub fn confirm(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    id: &PrivilegedActId,
    typed_code: &str,
    valid_minutes: u32,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<Result<Confirmed, CodeRefusal>, ServiceError> {
    scope.permit_now(tx, Permission::ManageStaff)?;
    let act = find_request(tx, scope, id)?;
    require_confirmable(tx, scope, &act, now_millis)?;
    let staff = scope.actor().staff().cloned().ok_or(ServiceError::NotAllowed)?;
    if let Err(refusal) = sign_in::verify_code(tx, &staff, typed_code, now_millis)? {
        sign_in::record_failure(tx, &staff, now_millis)?;
        return Ok(Err(refusal));
    }
    apply(tx, scope, act, valid_minutes, now_millis, random).map(Ok)
}

/// Confirms a request as the operator, whose access to the machine is the second factor.
pub fn confirm_as_operator(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    id: &PrivilegedActId,
    valid_minutes: u32,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<Confirmed, ServiceError> {
    scope.permit(Permission::Operate)?;
    let act = find_request(tx, scope, id)?;
    require_confirmable(tx, scope, &act, now_millis)?;
    apply(tx, scope, act, valid_minutes, now_millis, random)
}

fn apply(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    act: PrivilegedAct,
    valid_minutes: u32,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<Confirmed, ServiceError> {
    let staff = scope.staff(tx, &act.subject)?;
    let subject = staff.id.clone();
    log(tx, scope, &act, AuditAction::ConfirmedPower, now_millis)?;
    let link = if act.kind == PrivilegedActKind::Grant {
        apply_role(tx, scope, &staff, act.role, now_millis)?;
        None
    } else {
        let mut staff = staff;
        if act.kind == PrivilegedActKind::Reactivate {
            apply_reactivation(tx, scope, &staff, now_millis, random)?;
            staff.deactivated_at = None;
        }
        let sign_in = (act.sign_in_name.as_str(), act.role);
        Some(sign_in::create_link(tx, scope, &staff, sign_in, valid_minutes, now_millis, random)?)
    };
    dual_control::record_confirmed(tx, scope, act, now_millis)?;
    Ok(Confirmed { subject, link })
}

fn require_confirmable(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    act: &PrivilegedAct,
    now_millis: i64,
) -> Result<(), ServiceError> {
    if act.state != PrivilegedActState::Waiting || dual_control::is_expired(act, now_millis) {
        return Err(DualControlRefusal::NotWaiting.into());
    }
    let history = History::load(tx, &act.council)?;
    require_unchanged(tx, &history, act, now_millis)?;
    require_no_part_in_dispute(tx, &history, scope, &act.subject)?;
    match history.decision_refusal(&scope.actor(), act, now_millis) {
        Some(refusal) => Err(refusal.into()),
        None => Ok(()),
    }
}

/// A request ends with the power of the one who asked, and when its subject has changed since.
fn require_unchanged(
    tx: &mut dyn Tx,
    history: &History,
    act: &PrivilegedAct,
    now_millis: i64,
) -> Result<(), ServiceError> {
    if let Some(asker) = act.asked_by.staff() {
        let today = calendar::today(now_millis);
        let asker = StaffScope::of_stored_member(tx, asker, today)?;
        let asker = asker.filter(|asker| asker.may(Permission::ManageStaff));
        let asker = asker.ok_or(DualControlRefusal::AskerGone)?;
        if require_settled(history, &asker, now_millis).is_err() {
            return Err(DualControlRefusal::AskerGone.into());
        }
    }
    let role = tx.sign_in(&act.subject)?.map(|sign_in| sign_in.role);
    let staff = tx.staff(&act.subject)?.ok_or(ServiceError::NotFound(Entity::Staff))?;
    let wants_leaver = act.kind == PrivilegedActKind::Reactivate;
    if role != act.role_before || staff.is_deactivated() != wants_leaver {
        return Err(DualControlRefusal::Changed.into());
    }
    Ok(())
}

/// Returns [`DualControlRefusal::InEmergency`] if the caller's own account was reset in an emergency that
/// is not over. Who reset it may be using it.
pub(super) fn require_settled(
    history: &History,
    scope: &StaffScope,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let actor = scope.actor();
    let is_settled =
        actor.staff().is_none_or(|caller| !history.is_in_emergency(caller, now_millis));
    if is_settled { Ok(()) } else { Err(DualControlRefusal::InEmergency.into()) }
}

/// Returns [`DualControlRefusal::TookPart`] if the staff member's account is held because of what the
/// caller did.
fn require_no_part_in_dispute(
    tx: &mut dyn Tx,
    history: &History,
    scope: &StaffScope,
    subject: &StaffId,
) -> Result<(), ServiceError> {
    let is_held = tx.sign_in(subject)?.is_some_and(|sign_in| sign_in.held_at.is_some());
    if is_held && history.is_disputed_by(subject, &scope.actor()) {
        return Err(DualControlRefusal::TookPart.into());
    }
    Ok(())
}

pub(super) fn log(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    act: &PrivilegedAct,
    action: AuditAction,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let detail = format!("{} {} {}", act.subject, act.kind.as_str(), act.role);
    audit::record(tx, scope, Subject::Council(&act.council), action, &detail, now_millis)
}

#[cfg(test)]
mod tests;

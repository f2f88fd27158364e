//! Two people for power over sign-ins.
//!
//! Who opens a sign-in link has the account. An administrator alone could
//! otherwise become a publisher or an adviser, and the log would name the account's owner. So one
//! administrator asks for an act of power and another one confirms it, or the operator does.
//!
//! - [`needs_second_person`] and [`is_privileged`] tell which acts these are.
//! - `History` computes from past acts which accounts one human may control. It decides who can
//!   confirm, and whose draft a publisher can publish.
//! - The acts themselves are in [`crate::staff`] and [`crate::sign_in`].

mod history;
mod notices;

use promise_database::{
    Decision, PrivilegedAct, PrivilegedActKind, PrivilegedActState, SignIn, StaffMember, Tx,
};
use promise_protocol::ids::StaffId;

use crate::{
    Permission, Random, ServiceError, StaffRole, StaffScope, calendar::DAY_MILLIS, random,
};

pub use crate::error::DualControlRefusal;
pub(crate) use history::History;
pub(crate) use notices::settle_disputes;
pub use notices::{acknowledge, dispute, list_notices};

/// How long a request can be confirmed, in milliseconds: a weekend and a day.
pub const CONFIRM_WITHIN_MILLIS: i64 = 3 * DAY_MILLIS;

/// How long an act ties the accounts of those who did it to the account it was done to, in
/// milliseconds. Its holder notices within that time that they cannot sign in, or reads the notice.
pub const COOLING_OFF_MILLIS: i64 = 7 * DAY_MILLIS;

/// The most characters of a reason.
pub const MAX_REASON_CHARS: usize = 500;

/// The fewest characters of a reason. `ok` and `-` explain nothing.
const MIN_REASON_CHARS: usize = 4;

/// Returns `true` if granting the role takes two people: its holder publishes, reads about every young
/// person, or decides who signs in.
pub fn is_privileged(role: StaffRole) -> bool {
    match role {
        StaffRole::Administrator
        | StaffRole::Publisher
        | StaffRole::Manager
        | StaffRole::Auditor => true,
        StaffRole::Adviser | StaffRole::Editor => false,
    }
}

/// Returns `true` if a new sign-in link in this role takes two people: the staff member signed in
/// before, or the role is privileged.
///
/// A privileged staff member who has not used the first link yet counts too. A second link would give
/// the role to the administrator who made it.
pub fn needs_second_person(
    tx: &mut dyn Tx,
    staff: &StaffMember,
    role: StaffRole,
) -> Result<bool, ServiceError> {
    Ok(is_privileged(role) || was_used(tx, &staff.id)?)
}

/// Returns `true` if the staff member ever chose a password or signed in.
pub(crate) fn was_used(tx: &mut dyn Tx, staff: &StaffId) -> Result<bool, ServiceError> {
    Ok(tx.sign_in_status(staff)?.is_some_and(|status| status.was_used()))
}

/// Returns the reason without the white space around it, or [`DualControlRefusal::NoReason`].
pub(crate) fn check_reason(reason: &str) -> Result<String, ServiceError> {
    let reason = reason.trim();
    if (MIN_REASON_CHARS..=MAX_REASON_CHARS).contains(&reason.chars().count()) {
        Ok(reason.to_owned())
    } else {
        Err(DualControlRefusal::NoReason.into())
    }
}

/// What is done to a staff member's sign-in.
pub(crate) struct NewAct<'a> {
    pub(crate) kind: PrivilegedActKind,
    pub(crate) staff: &'a StaffMember,
    pub(crate) before: Option<&'a SignIn>,
    pub(crate) sign_in: (&'a str, StaffRole),
    pub(crate) reason: &'a str,
}

/// Stores an act that waits for a second person.
pub(crate) fn record_request(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    new: &NewAct<'_>,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<PrivilegedAct, ServiceError> {
    store(tx, scope, new, PrivilegedActState::Waiting, now_millis, random)
}

/// Stores an act that was done without a second person.
pub(crate) fn record_done(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    new: &NewAct<'_>,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<PrivilegedAct, ServiceError> {
    let act = store(tx, scope, new, PrivilegedActState::Done, now_millis, random)?;
    notices::require(tx, &act, now_millis)?;
    Ok(act)
}

/// Stores that the second person confirmed an act, which was done.
pub(crate) fn record_confirmed(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    act: PrivilegedAct,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let decision = Some(Decision { by: scope.actor(), at: now_millis });
    let act = PrivilegedAct { state: PrivilegedActState::Done, decision, ..act };
    tx.set_privileged_act(&act)?;
    notices::require(tx, &act, now_millis)
}

fn store(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    new: &NewAct<'_>,
    state: PrivilegedActState,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<PrivilegedAct, ServiceError> {
    let (name, role) = new.sign_in;
    let act = PrivilegedAct {
        id: random::record_id(random)?,
        council: new.staff.council.clone(),
        subject: new.staff.id.clone(),
        kind: new.kind,
        role,
        role_before: new.before.map(|sign_in| sign_in.role),
        sign_in_name: name.to_owned(),
        reason: new.reason.to_owned(),
        asked_by: scope.actor(),
        asked_at: now_millis,
        state,
        decision: None,
        seen_at: None,
        disputed_at: None,
        review: None,
    };
    tx.set_privileged_act(&act)?;
    Ok(act)
}

/// Returns `true` if the act can no longer be confirmed because it waited too long.
pub fn is_expired(act: &PrivilegedAct, now_millis: i64) -> bool {
    act.state == PrivilegedActState::Waiting
        && now_millis.saturating_sub(act.asked_at) >= CONFIRM_WITHIN_MILLIS
}

/// Returns the acts of the caller's council, the last one asked for first.
pub fn list(tx: &mut dyn Tx, scope: &StaffScope) -> Result<Vec<PrivilegedAct>, ServiceError> {
    scope.permit(Permission::ManageStaff)?;
    Ok(tx.privileged_acts_of(scope.require_council()?)?)
}

/// Returns the acts about a staff member of the caller's council, the last one asked for first.
pub fn list_about(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &StaffId,
) -> Result<Vec<PrivilegedAct>, ServiceError> {
    scope.permit(Permission::ManageStaff)?;
    let staff = scope.staff(tx, staff)?;
    Ok(tx.privileged_acts_about(&staff.id)?)
}

/// Returns the emergencies and disputes of the caller's council that wait for a review, for those who
/// are to know of them: administrators, managers and auditors. Returns none to others.
pub fn list_open(tx: &mut dyn Tx, scope: &StaffScope) -> Result<Vec<PrivilegedAct>, ServiceError> {
    if !scope.may(Permission::SeeEmergencies) {
        return Ok(Vec::new());
    }
    Ok(tx.open_privileged_acts(scope.require_council()?)?)
}

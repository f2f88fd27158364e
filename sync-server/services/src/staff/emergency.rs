//! Break-glass: one administrator alone resets a colleague's sign-in, for a leaver with access at night.
//!
//! It is loud. Every administrator, manager and auditor sees a banner until another administrator has
//! signed it off, the log has an action of its own, and the phones of the young people whom the account
//! reaches show it. Until it is signed off, and for seven days, the account neither publishes nor
//! decides about other sign-ins.

use promise_database::{Decision, Person, PrivilegedAct, PrivilegedActKind, StaffMember, Tx};
use promise_protocol::ids::{PrivilegedActId, StaffId};

use super::requests::{self, require_settled};
use crate::{
    Entity, Permission, Random, ServiceError, StaffRole, StaffScope,
    audit::{self, AuditAction, Subject},
    calendar,
    dual_control::{self, DualControlRefusal, History, NewAct},
    sign_in,
};

/// Resets a colleague's sign-in alone, and returns the token of the new link.
///
/// Returns [`DualControlRefusal::NoReason`], [`DualControlRefusal::AboutSelf`],
/// [`DualControlRefusal::InEmergency`] for a caller who was reset in an emergency, and
/// [`DualControlRefusal::Held`]. Returns [`ServiceError::NotFound`] for a colleague who never signed in:
/// an ordinary link does.
pub fn reset_in_emergency(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &StaffId,
    reason: &str,
    valid_minutes: u32,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<String, ServiceError> {
    scope.permit_now(tx, Permission::ManageStaff)?;
    let staff = scope.colleague(tx, staff)?;
    if scope.actor().staff() == Some(&staff.id) {
        return Err(DualControlRefusal::AboutSelf.into());
    }
    let history = History::load(tx, &staff.council)?;
    require_settled(&history, scope, now_millis)?;
    let not_found = ServiceError::NotFound(Entity::SignIn);
    let known = tx.sign_in(&staff.id)?.ok_or(not_found)?;
    if !dual_control::was_used(tx, &staff.id)? {
        return Err(ServiceError::NotFound(Entity::SignIn));
    }
    if known.held_at.is_some() {
        return Err(DualControlRefusal::Held.into());
    }
    let reason = dual_control::check_reason(reason)?;
    let new = NewAct {
        kind: PrivilegedActKind::Emergency,
        staff: &staff,
        before: Some(&known),
        sign_in: (&known.name, known.role),
        reason: &reason,
    };
    let act = dual_control::record_done(tx, scope, &new, now_millis, random)?;
    requests::log(tx, scope, &act, AuditAction::ResetInEmergency, now_millis)?;
    for person in reached_people(tx, &staff, known.role, now_millis)? {
        let subject = Subject::Person(&person);
        let detail = staff.id.as_str();
        audit::record(tx, scope, subject, AuditAction::EmergencyAccess, detail, now_millis)?;
    }
    let sign_in = (known.name.as_str(), known.role);
    sign_in::create_link(tx, scope, &staff, sign_in, valid_minutes, now_millis, random)
}

/// Returns the young people whom an account reaches: its caseload, and for a manager or an auditor all
/// of the council.
fn reached_people(
    tx: &mut dyn Tx,
    staff: &StaffMember,
    role: StaffRole,
    now_millis: i64,
) -> Result<Vec<Person>, ServiceError> {
    match role {
        StaffRole::Manager | StaffRole::Auditor => Ok(tx.people(&staff.council)?),
        StaffRole::Adviser => {
            let today = calendar::today(now_millis);
            let mut people = Vec::new();
            for assignment in tx.assignments_of_staff(&staff.id)? {
                if assignment.grants_access_on(today) {
                    people.extend(tx.person(&assignment.person)?);
                }
            }
            Ok(people)
        }
        StaffRole::Editor | StaffRole::Publisher | StaffRole::Administrator => Ok(Vec::new()),
    }
}

/// Signs an emergency off: another administrator, or the operator, has looked at it.
///
/// Returns [`DualControlRefusal::NotWaiting`] if there is nothing to review,
/// [`DualControlRefusal::OwnRequest`], [`DualControlRefusal::AboutSelf`],
/// [`DualControlRefusal::SameHands`] and [`DualControlRefusal::InEmergency`]. A dispute cannot be signed
/// off: a new link by other people releases the account.
pub fn review(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    id: &PrivilegedActId,
    now_millis: i64,
) -> Result<(), ServiceError> {
    scope.permit_now(tx, Permission::ManageStaff)?;
    let act = requests::find_request(tx, scope, id)?;
    if let Some(refusal) = review_refusal(tx, scope, &act, now_millis)? {
        return Err(refusal.into());
    }
    let review = Some(Decision { by: scope.actor(), at: now_millis });
    let act = PrivilegedAct { review, ..act };
    tx.set_privileged_act(&act)?;
    requests::log(tx, scope, &act, AuditAction::ReviewedEmergency, now_millis)
}

/// Returns why the caller cannot sign an emergency off, or `None` if they can.
pub fn review_refusal(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    act: &PrivilegedAct,
    now_millis: i64,
) -> Result<Option<DualControlRefusal>, ServiceError> {
    scope.permit(Permission::ManageStaff)?;
    let is_open = act.kind == PrivilegedActKind::Emergency
        && act.review.is_none()
        && act.disputed_at.is_none();
    if !is_open {
        return Ok(Some(DualControlRefusal::NotWaiting));
    }
    let history = History::load(tx, &act.council)?;
    Ok(history.decision_refusal(&scope.actor(), act, now_millis))
}

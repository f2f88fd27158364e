//! Sign-in links: with one, a staff member chooses a first password, or a new one after losing
//! theirs.

use super::{administrators::require_another_administrator, password::HashedPassword};
use crate::{
    Entity, Existing, Permission, Random, ServiceError, StaffRole, StaffScope,
    audit::{self, AuditAction, Subject},
    calendar,
    dual_control::{self, NewAct},
    names, tokens,
};
use promise_database::{Actor, PrivilegedActKind, SignIn, SignInLink, StaffMember, Tx};
use promise_protocol::{ids::StaffId, text};

/// The staff member to whom a link belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitee {
    /// The staff member.
    pub staff: StaffId,
    /// Their sign-in name.
    pub name: String,
    /// The name on their card.
    pub display_name: String,
}

/// Creates a staff member's sign-in with this name and role, and returns the token of a link with
/// which they choose a password. Their sessions end now; an existing password and authenticator
/// work until the link is used.
///
/// Returns [`ServiceError::NeedsSecondPerson`] to an administrator if they signed in before or the role
/// is privileged: [`staff::ask`](crate::staff::ask) then. The operator needs none. Returns
/// [`ServiceError::AlreadyExists`] if a colleague has the name, [`ServiceError::LastAdministrator`] and
/// [`ServiceError::StaffDeactivated`].
pub fn invite(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &StaffId,
    (name, role): (&str, StaffRole),
    valid_minutes: u32,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<String, ServiceError> {
    scope.permit_now(tx, Permission::ManageStaff)?;
    let staff = scope.colleague(tx, staff)?;
    let needs_second = dual_control::needs_second_person(tx, &staff, role)?;
    if needs_second && !scope.may(Permission::Operate) {
        return Err(ServiceError::NeedsSecondPerson);
    }
    let before = tx.sign_in(&staff.id)?;
    let kind = if dual_control::was_used(tx, &staff.id)? {
        PrivilegedActKind::Reset
    } else {
        PrivilegedActKind::Invite
    };
    let before = before.as_ref();
    let new = NewAct { kind, staff: &staff, before, sign_in: (name, role), reason: "" };
    dual_control::record_done(tx, scope, &new, now_millis, random)?;
    create_link(tx, scope, &staff, (name, role), valid_minutes, now_millis, random)
}

/// Like [`invite`], for what two people or the operator decided. The caller stores the act.
pub(crate) fn create_link(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &StaffMember,
    (name, role): (&str, StaffRole),
    valid_minutes: u32,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<String, ServiceError> {
    let known = tx.sign_in(&staff.id)?;
    require_another_administrator(tx, scope, staff, role)?;
    let name = text::key(name);
    let sign_in = match known {
        Some(known) => SignIn { name, role, ..known },
        None => SignIn::new(staff.id.clone(), name, role),
    };
    if !tx.set_sign_in(&sign_in)? {
        return Err(ServiceError::AlreadyExists(Existing::SignInName));
    }
    let token = tokens::new_token(random)?;
    let expires_at = now_millis + i64::from(valid_minutes) * 60_000;
    let link = SignInLink { staff: staff.id.clone(), expires_at, made_by: scope.actor() };
    tx.set_sign_in_link(&link, &tokens::hash(&token))?;
    tx.delete_sessions_of(&staff.id)?;
    dual_control::settle_disputes(tx, scope, &staff.id, now_millis)?;
    let (about, detail) =
        (Subject::Council(&staff.council), format!("{} {}", staff.id, role.as_str()));
    audit::record(tx, scope, about, AuditAction::InvitedStaff, &detail, now_millis)?;
    Ok(token)
}

/// Returns [`ServiceError::AlreadyExists`] if another staff member signs in with this name.
pub(crate) fn require_free_name(
    tx: &mut dyn Tx,
    staff: &StaffId,
    name: &str,
) -> Result<(), ServiceError> {
    let other = tx.sign_in_by_name(&text::key(name))?.filter(|other| &other.staff != staff);
    match other {
        Some(_) => Err(ServiceError::AlreadyExists(Existing::SignInName)),
        None => Ok(()),
    }
}

/// Finds the staff member of a link. Returns `None` if the link was used, has expired or is
/// unknown, or if the administrator who made it was deactivated or has another role since.
pub fn find_invitee(
    tx: &mut dyn Tx,
    token: &str,
    now_millis: i64,
) -> Result<Option<Invitee>, ServiceError> {
    let Some(SignInLink { staff, expires_at, made_by }) = tx.sign_in_link(&tokens::hash(token))?
    else {
        return Ok(None);
    };
    if !may_make_links(tx, &made_by, now_millis)? {
        return Ok(None);
    }
    let works_here = tx.staff(&staff)?.is_some_and(|staff| !staff.is_deactivated());
    let sign_in = tx.sign_in(&staff)?.filter(|_| now_millis < expires_at && works_here);
    let Some(SignIn { name, .. }) = sign_in else { return Ok(None) };
    let display_name = names::display_name(tx, &staff)?;
    Ok(Some(Invitee { staff, name, display_name }))
}

/// A link that a leaver took along must not let them in as a colleague.
fn may_make_links(tx: &mut dyn Tx, maker: &Actor, now_millis: i64) -> Result<bool, ServiceError> {
    let Some(maker) = maker.staff() else { return Ok(true) };
    let scope = StaffScope::of_stored_member(tx, maker, calendar::today(now_millis))?;
    Ok(scope.is_some_and(|scope| scope.may(Permission::ManageStaff)))
}

/// Stores the password that the owner of a link chose. The link, the old authenticator, the recovery
/// codes and all sessions stop working; the staff member sets up an authenticator next.
pub fn set_password(
    tx: &mut dyn Tx,
    token: &str,
    password: HashedPassword,
    now_millis: i64,
) -> Result<Invitee, ServiceError> {
    let invitee =
        find_invitee(tx, token, now_millis)?.ok_or(ServiceError::NotFound(Entity::SignInLink))?;
    let mut sign_in = tx.sign_in(&invitee.staff)?.ok_or(ServiceError::NotFound(Entity::SignIn))?;
    sign_in.password = Some(password.0);
    sign_in.totp = None;
    sign_in.held_at = None;
    tx.set_sign_in(&sign_in)?;
    tx.set_recovery_codes(&invitee.staff, &[])?;
    tx.delete_sign_in_links(&invitee.staff)?;
    tx.delete_sessions_of(&invitee.staff)?;
    Ok(invitee)
}

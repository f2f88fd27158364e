//! Sign-in links: with one, a staff member chooses a first password, or a new one after losing
//! theirs.

use super::{administrators::require_another_administrator, password::HashedPassword};
use crate::{
    Entity, Existing, Permission, Random, ServiceError, StaffRole, StaffScope,
    audit::{self, AuditAction, Subject},
    names, tokens,
};
use promise_database::{SignIn, Tx};
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
/// Returns [`ServiceError::AlreadyExists`] if a colleague has the name,
/// [`ServiceError::LastAdministrator`] and [`ServiceError::StaffDeactivated`].
pub fn invite(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    staff: &StaffId,
    (name, role): (&str, StaffRole),
    valid_minutes: u32,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<String, ServiceError> {
    scope.permit(Permission::ManageStaff)?;
    let staff = scope.colleague(tx, staff)?;
    let known = tx.sign_in(&staff.id)?;
    require_another_administrator(tx, scope, &staff, role)?;
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
    tx.set_sign_in_link(&staff.id, &tokens::hash(&token), expires_at)?;
    tx.delete_sessions_of(&staff.id)?;
    let (about, detail) =
        (Subject::Council(&staff.council), format!("{} {}", staff.id, role.as_str()));
    audit::record(tx, scope, about, AuditAction::InvitedStaff, &detail, now_millis)?;
    Ok(token)
}

/// Finds the staff member of a link. Returns `None` if the link was used, has expired or is
/// unknown.
pub fn find_invitee(
    tx: &mut dyn Tx,
    token: &str,
    now_millis: i64,
) -> Result<Option<Invitee>, ServiceError> {
    let Some((staff, expires_at)) = tx.sign_in_link(&tokens::hash(token))? else { return Ok(None) };
    let works_here = tx.staff(&staff)?.is_some_and(|staff| !staff.is_deactivated());
    let sign_in = tx.sign_in(&staff)?.filter(|_| now_millis < expires_at && works_here);
    let Some(SignIn { name, .. }) = sign_in else { return Ok(None) };
    let display_name = names::display_name(tx, &staff)?;
    Ok(Some(Invitee { staff, name, display_name }))
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
    tx.set_sign_in(&sign_in)?;
    tx.set_recovery_codes(&invitee.staff, &[])?;
    tx.delete_sign_in_links(&invitee.staff)?;
    tx.delete_sessions_of(&invitee.staff)?;
    Ok(invitee)
}

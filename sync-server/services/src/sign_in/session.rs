//! Sessions of browsers that sign in, and their time limits.

use crate::{
    Entity, Random, ServiceError, StaffRole, StaffScope,
    audit::{self, AuditAction, Subject},
    calendar, names, tokens,
};
use promise_database::{Actor, SignIn, StaffSession, Stage, Tx};
use promise_protocol::{ids::StaffId, text};

/// How long an unused session lasts, in milliseconds.
pub const MAX_IDLE_MILLIS: i64 = 30 * 60 * 1000;

/// How long a session lasts in total, in milliseconds.
pub const MAX_SESSION_MILLIS: i64 = 12 * 60 * 60 * 1000;

/// How long after typing the password a staff member can take sensitive steps without typing it
/// again, in milliseconds.
pub const RECENT_LOGIN_MILLIS: i64 = 10 * 60 * 1000;

/// How often the last use of a session is stored, in milliseconds.
const TOUCH_MILLIS: i64 = 60 * 1000;

/// A staff member with a session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The staff member.
    pub staff: StaffId,
    /// The name on their card.
    pub name: String,
    /// Their council's name.
    pub council: String,
    /// How much of signing in is complete.
    pub stage: Stage,
    /// Their role.
    pub role: StaffRole,
    /// `true` if the password was typed in the last [`RECENT_LOGIN_MILLIS`].
    pub is_fresh: bool,
    /// `true` if [`touch_session`] is due.
    pub is_stale: bool,
    scope: Option<StaffScope>,
}

impl SignedIn {
    /// Returns what they may reach, or `None` until signing in is complete.
    pub fn scope(&self) -> Option<&StaffScope> {
        self.scope.as_ref()
    }
}

/// Finds the sign-in with this name, to check a password against.
pub fn find_credentials(tx: &mut dyn Tx, name: &str) -> Result<Option<SignIn>, ServiceError> {
    Ok(tx.sign_in_by_name(&text::key(name))?)
}

/// Begins a session, and returns its token.
pub fn begin_session(
    tx: &mut dyn Tx,
    staff: &StaffId,
    stage: Stage,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<String, ServiceError> {
    let token = tokens::new_token(random)?;
    tx.set_session(&StaffSession {
        hash: tokens::hash(&token),
        staff: staff.to_owned(),
        stage,
        started_at: now_millis,
        last_used_at: now_millis,
        authenticated_at: now_millis,
    })?;
    Ok(token)
}

/// Replaces a session whose sign-in was incomplete with a complete one, and returns its token. The
/// token is new, so that one which leaked before the second step is worthless (session fixation).
///
/// Returns [`ServiceError::NotFound`] if the old session has ended.
pub fn complete(
    tx: &mut dyn Tx,
    token: &str,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<String, ServiceError> {
    let old = live(tx, token, now_millis)?.ok_or(ServiceError::NotFound(Entity::Session))?;
    tx.delete_session(&old.hash)?;
    let new = begin_session(tx, &old.staff, Stage::Full, now_millis, random)?;
    record(tx, &old.staff, AuditAction::SignedIn, now_millis)?;
    tx.set_last_sign_in(&old.staff, now_millis)?;
    Ok(new)
}

/// Finds the session of a token. Returns `None` if the token is unknown, the session has ended, or
/// the staff member was deactivated or their account is held.
pub fn find_session(
    tx: &mut dyn Tx,
    token: &str,
    now_millis: i64,
) -> Result<Option<SignedIn>, ServiceError> {
    let Some(session) = live(tx, token, now_millis)? else { return Ok(None) };
    // Deactivating deletes sessions. One that began at the same moment is refused here.
    let staff = tx.staff(&session.staff)?.filter(|staff| !staff.is_deactivated());
    let (Some(staff), Some(sign_in)) = (staff, tx.sign_in(&session.staff)?) else {
        return Ok(None);
    };
    if sign_in.held_at.is_some() {
        return Ok(None);
    }
    let role = sign_in.role;
    let council = tx.council(&staff.council)?.map(|council| council.name).unwrap_or_default();
    let scope = (session.stage == Stage::Full).then(|| {
        StaffScope::of_member(staff.council, staff.id.clone(), role, calendar::today(now_millis))
    });
    Ok(Some(SignedIn {
        name: names::display_name(tx, &staff.id)?,
        staff: staff.id,
        council,
        stage: session.stage,
        role,
        is_fresh: now_millis - session.authenticated_at < RECENT_LOGIN_MILLIS,
        is_stale: now_millis - session.last_used_at >= TOUCH_MILLIS,
        scope,
    }))
}

/// Stores that a session is in use.
pub fn touch_session(tx: &mut dyn Tx, token: &str, now_millis: i64) -> Result<(), ServiceError> {
    if let Some(session) = live(tx, token, now_millis)? {
        tx.set_session(&StaffSession { last_used_at: now_millis, ..session })?;
    }
    Ok(())
}

/// Stores that the password was typed again.
pub fn confirm_password(tx: &mut dyn Tx, token: &str, now_millis: i64) -> Result<(), ServiceError> {
    if let Some(session) = live(tx, token, now_millis)? {
        tx.set_session(&StaffSession {
            last_used_at: now_millis,
            authenticated_at: now_millis,
            ..session
        })?;
    }
    Ok(())
}

/// Ends a session.
pub fn end_session(tx: &mut dyn Tx, token: &str) -> Result<(), ServiceError> {
    Ok(tx.delete_session(&tokens::hash(token))?)
}

/// Records a failed attempt to sign in as this staff member.
pub fn record_failure(
    tx: &mut dyn Tx,
    staff: &StaffId,
    now_millis: i64,
) -> Result<(), ServiceError> {
    record(tx, staff, AuditAction::SignInFailed, now_millis)
}

fn record(
    tx: &mut dyn Tx,
    staff: &StaffId,
    act: AuditAction,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let (Some(member), Some(sign_in)) = (tx.staff(staff)?, tx.sign_in(staff)?) else {
        return Ok(());
    };
    let who = (&Actor::Staff(staff.to_owned()), &sign_in.role.into());
    audit::record_as(tx, who, Subject::Council(&member.council), act, "", now_millis)
}

fn live(
    tx: &mut dyn Tx,
    token: &str,
    now_millis: i64,
) -> Result<Option<StaffSession>, ServiceError> {
    let session = tx.session(&tokens::hash(token))?;
    Ok(session.filter(|session| {
        now_millis - session.last_used_at < MAX_IDLE_MILLIS
            && now_millis - session.started_at < MAX_SESSION_MILLIS
    }))
}

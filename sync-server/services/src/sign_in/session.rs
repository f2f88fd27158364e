//! Sessions: what a browser's cookie stands for, for how long, and how far.

use crate::{
    Random, ServiceError, StaffRole, StaffScope,
    audit::{self, AuditAction, Subject},
    calendar, names, tokens,
};
use promise_database::{Actor, SignIn, StaffSession, Stage, Tx};
use promise_protocol::ids::StaffId;

/// How long a session lasts that nobody uses.
pub const MAX_IDLE_MILLIS: i64 = 30 * 60 * 1000;

/// How long a session lasts at all.
pub const MAX_SESSION_MILLIS: i64 = 12 * 60 * 60 * 1000;

/// How long after the password was typed a sensitive step needs no new one.
pub const RECENT_LOGIN_MILLIS: i64 = 10 * 60 * 1000;

/// How often it is noted that a session is in use.
const TOUCH_MILLIS: i64 = 60 * 1000;

/// Somebody with a session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who.
    pub staff: StaffId,
    /// The name on their card.
    pub name: String,
    /// Their council's name.
    pub council: String,
    /// How far signing in went.
    pub stage: Stage,
    /// Their role.
    pub role: StaffRole,
    /// Whether the password was typed in the last [`RECENT_LOGIN_MILLIS`].
    pub is_fresh: bool,
    /// Whether `touch` is due.
    pub is_stale: bool,
    scope: Option<StaffScope>,
}

impl SignedIn {
    /// What they may reach, if they are signed in all the way.
    pub fn scope(&self) -> Option<&StaffScope> {
        self.scope.as_ref()
    }
}

/// What there is to check a name and password against.
pub fn find_credentials(tx: &mut dyn Tx, name: &str) -> Result<Option<SignIn>, ServiceError> {
    Ok(tx.sign_in_by_name(&name.trim().to_lowercase())?)
}

/// Begins a session, and answers the token for the cookie.
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

/// Puts a session that is signed in all the way in the place of one that was not: with a new
/// token, so that whoever knew the old one has nothing.
pub fn complete(
    tx: &mut dyn Tx,
    token: &str,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<String, ServiceError> {
    let old = live(tx, token, now_millis)?.ok_or(ServiceError::NotFound("session"))?;
    tx.delete_session(&old.hash)?;
    let new = begin_session(tx, &old.staff, Stage::Full, now_millis, random)?;
    note(tx, &old.staff, AuditAction::SignedIn, now_millis)?;
    tx.set_last_sign_in(&old.staff, now_millis)?;
    Ok(new)
}

/// Who has the session of this token. `None`: nobody, or it is over.
pub fn find_session(
    tx: &mut dyn Tx,
    token: &str,
    now_millis: i64,
) -> Result<Option<SignedIn>, ServiceError> {
    let Some(session) = live(tx, token, now_millis)? else { return Ok(None) };
    // Whoever was switched off has no session any more; this holds even if one was just beginning.
    let staff = tx.staff(&session.staff)?.filter(|staff| !staff.is_deactivated());
    let (Some(staff), Some(sign_in)) = (staff, tx.sign_in(&session.staff)?) else {
        return Ok(None);
    };
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

/// Notes that a session is in use.
pub fn touch_session(tx: &mut dyn Tx, token: &str, now_millis: i64) -> Result<(), ServiceError> {
    if let Some(session) = live(tx, token, now_millis)? {
        tx.set_session(&StaffSession { last_used_at: now_millis, ..session })?;
    }
    Ok(())
}

/// Notes that the password was typed again.
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

/// Notes that somebody could not sign in as this member of staff.
pub fn record_failure(
    tx: &mut dyn Tx,
    staff: &StaffId,
    now_millis: i64,
) -> Result<(), ServiceError> {
    note(tx, staff, AuditAction::SignInFailed, now_millis)
}

fn note(
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

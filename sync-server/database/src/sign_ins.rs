//! How staff sign in to the console, and their sessions.

use promise_protocol::{access::StaffRole, ids::StaffId};

use crate::{Actor, DatabaseError, SignInStatus};

/// How a staff member signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// The staff member's id.
    pub staff: StaffId,
    /// The name they sign in with, unique on this server.
    pub name: String,
    /// Their role.
    pub role: StaffRole,
    /// The hash of their password; `None` before they have chosen one.
    pub password: Option<String>,
    /// The secret of their authenticator; `None` before they have set one up.
    pub totp: Option<Vec<u8>>,
    /// The last time step whose code was used. A code works once.
    pub totp_step: u64,
    /// Time steps ahead of the last sign-in attempts whose codes were typed before their time. Their
    /// codes never work.
    pub totp_spent: Vec<u64>,
    /// When the account was held: the staff member reported that what was done to it was not by their
    /// wish. Until a new link is used no one signs in.
    pub held_at: Option<i64>,
}

impl SignIn {
    /// A sign-in that is not set up yet: without password and authenticator.
    pub fn new(staff: StaffId, name: String, role: StaffRole) -> Self {
        Self {
            staff,
            name,
            role,
            password: None,
            totp: None,
            totp_step: 0,
            totp_spent: Vec::new(),
            held_at: None,
        }
    }
}

/// A one-time link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInLink {
    /// The staff member whom it is for.
    pub staff: StaffId,
    /// When it expires.
    pub expires_at: i64,
    /// Who made it. It works while they may make links.
    pub made_by: Actor,
}

/// How far a sign-in has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The password was right; the code is missing.
    Password,
    /// The password was right, and no authenticator is set up yet.
    Enrol,
    /// Signed in.
    Full,
}

/// A session of the console, which a browser's cookie refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffSession {
    /// The hash of the cookie's token.
    pub hash: Vec<u8>,
    /// The staff member's id.
    pub staff: StaffId,
    /// How far the sign-in has come.
    pub stage: Stage,
    /// When it started.
    pub started_at: i64,
    /// When it was last used.
    pub last_used_at: i64,
    /// When the password was last entered.
    pub authenticated_at: i64,
}

/// Sign-ins and sessions.
pub trait SignIns {
    /// Stores how a staff member signs in, in place of what was stored. Returns `false` if another
    /// staff member has this name.
    fn set_sign_in(&mut self, sign_in: &SignIn) -> Result<bool, DatabaseError>;

    /// Returns how a staff member signs in.
    fn sign_in(&mut self, staff: &StaffId) -> Result<Option<SignIn>, DatabaseError>;

    /// Returns how far a staff member's sign-in is set up; `None` if they have none. For all of a council:
    /// [`Overview::sign_in_statuses`](crate::Overview::sign_in_statuses).
    fn sign_in_status(&mut self, staff: &StaffId) -> Result<Option<SignInStatus>, DatabaseError>;

    /// Returns the sign-ins of every council, by staff member.
    fn sign_ins(&mut self) -> Result<Vec<SignIn>, DatabaseError>;

    /// Returns the sign-in with this name.
    fn sign_in_by_name(&mut self, name: &str) -> Result<Option<SignIn>, DatabaseError>;

    /// Stores when a staff member last completed a sign-in.
    fn set_last_sign_in(&mut self, staff: &StaffId, at: i64) -> Result<(), DatabaseError>;

    /// Stores the hashes of new recovery codes, in place of the old ones.
    fn set_recovery_codes(
        &mut self,
        staff: &StaffId,
        hashes: &[Vec<u8>],
    ) -> Result<(), DatabaseError>;

    /// Uses up a recovery code. Returns `false` if the staff member has none with this hash.
    fn use_recovery_code(&mut self, staff: &StaffId, hash: &[u8]) -> Result<bool, DatabaseError>;

    /// Returns how many recovery codes a staff member has left.
    fn count_recovery_codes(&mut self, staff: &StaffId) -> Result<usize, DatabaseError>;

    /// Stores a one-time link, in place of those the staff member had.
    fn set_sign_in_link(&mut self, link: &SignInLink, hash: &[u8]) -> Result<(), DatabaseError>;

    /// Returns the link with this hash.
    fn sign_in_link(&mut self, hash: &[u8]) -> Result<Option<SignInLink>, DatabaseError>;

    /// Deletes a staff member's links.
    fn delete_sign_in_links(&mut self, staff: &StaffId) -> Result<(), DatabaseError>;

    /// Stores a session, in place of one with the same hash.
    fn set_session(&mut self, session: &StaffSession) -> Result<(), DatabaseError>;

    /// Returns the session with this hash.
    fn session(&mut self, hash: &[u8]) -> Result<Option<StaffSession>, DatabaseError>;

    /// Deletes a session.
    fn delete_session(&mut self, hash: &[u8]) -> Result<(), DatabaseError>;

    /// Deletes all sessions of a staff member.
    fn delete_sessions_of(&mut self, staff: &StaffId) -> Result<(), DatabaseError>;

    /// Deletes the sessions that were last used before a time.
    fn delete_sessions_before(&mut self, before_millis: i64) -> Result<(), DatabaseError>;
}

//! How staff sign in to the console, and who is signed in.

use super::DatabaseError;

/// How a member of staff signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// The member of staff.
    pub staff: String,
    /// What they type as their name. Nobody else on this server has it.
    pub name: String,
    /// Their role, as it is stored.
    pub role: String,
    /// Their password, hashed; none before they chose one.
    pub password: Option<String>,
    /// The secret of their authenticator; none before they set one up.
    pub totp: Option<Vec<u8>>,
    /// The last step whose code was used.
    pub totp_step: u64,
}

/// How far signing in went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The password was right; the code is still to come.
    Password,
    /// The password was right, and no authenticator is set up yet.
    Enrol,
    /// Signed in.
    Full,
}

/// What a browser's cookie stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffSession {
    /// The hash of the cookie's token.
    pub hash: Vec<u8>,
    /// Who it is.
    pub staff: String,
    /// How far signing in went.
    pub stage: Stage,
    /// When it began, in milliseconds since 1970.
    pub started_at: i64,
    /// When it was last used.
    pub last_used_at: i64,
    /// When the password was last typed.
    pub authenticated_at: i64,
}

/// Signing in.
pub trait SignIns {
    /// Keeps a way to sign in, in place of one the member of staff had. `false`: somebody else
    /// has this name.
    fn set_sign_in(&mut self, sign_in: &SignIn) -> Result<bool, DatabaseError>;

    /// How this member of staff signs in.
    fn sign_in(&mut self, staff: &str) -> Result<Option<SignIn>, DatabaseError>;

    /// Whoever signs in by this name.
    fn sign_in_by_name(&mut self, name: &str) -> Result<Option<SignIn>, DatabaseError>;

    /// Keeps when this member of staff last signed in.
    fn set_last_sign_in(&mut self, staff: &str, at: i64) -> Result<(), DatabaseError>;

    /// Keeps the hashes of new recovery codes, in place of the old ones.
    fn set_recovery_codes(&mut self, staff: &str, hashes: &[Vec<u8>]) -> Result<(), DatabaseError>;

    /// Uses up a recovery code; `false` if there is none of this hash.
    fn use_recovery_code(&mut self, staff: &str, hash: &[u8]) -> Result<bool, DatabaseError>;

    /// How many recovery codes are left.
    fn count_recovery_codes(&mut self, staff: &str) -> Result<usize, DatabaseError>;

    /// Keeps a link, in place of those the member of staff had.
    fn set_sign_in_link(
        &mut self,
        staff: &str,
        hash: &[u8],
        expires_at: i64,
    ) -> Result<(), DatabaseError>;

    /// Whose link this is, and when it stops working.
    fn sign_in_link(&mut self, hash: &[u8]) -> Result<Option<(String, i64)>, DatabaseError>;

    /// Forgets a member of staff's links.
    fn delete_sign_in_links(&mut self, staff: &str) -> Result<(), DatabaseError>;

    /// Keeps a session, in place of one with its hash.
    fn set_session(&mut self, session: &StaffSession) -> Result<(), DatabaseError>;

    /// The session of this hash.
    fn session(&mut self, hash: &[u8]) -> Result<Option<StaffSession>, DatabaseError>;

    /// Ends a session.
    fn delete_session(&mut self, hash: &[u8]) -> Result<(), DatabaseError>;

    /// Ends every session of a member of staff.
    fn delete_sessions_of(&mut self, staff: &str) -> Result<(), DatabaseError>;

    /// Forgets the sessions that were last used before a moment.
    fn delete_sessions_before(&mut self, before_millis: i64) -> Result<(), DatabaseError>;
}

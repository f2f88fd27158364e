//! Signing in to the console with a password and an authenticator's code, and the sessions that
//! result. Only a session creates the [`super::StaffScope`] of a staff member.

mod administrators;
mod code;
mod link;
mod password;
mod session;
mod totp;

pub use crate::error::WeakPassword;
pub(crate) use administrators::require_another_administrator;
pub use code::{CodeRefusal, RECOVERY_CODES, enrol_totp, new_recovery_codes, verify_code};
pub use link::{Invitee, find_invitee, invite, set_password};
pub(crate) use link::{create_link, require_free_name};
pub use password::{
    HashedPassword, MIN_PASSWORD_CHARS, check_password_strength, hash_password, verify_password,
};
pub use session::{
    MAX_IDLE_MILLIS, MAX_SESSION_MILLIS, RECENT_LOGIN_MILLIS, SignedIn, begin_session, complete,
    confirm_password, end_session, find_credentials, find_session, record_failure, touch_session,
};
pub use totp::{new_totp_secret, totp_uri};

#[cfg(test)]
mod tests;

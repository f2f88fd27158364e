//! Signing in to the console: a link to begin with, a password, an authenticator's code, and a
//! session. Only a session makes a [`super::StaffScope`] of a member of staff.

mod code;
mod link;
mod password;
mod session;

pub use code::{RECOVERY_CODES, check_code, confirm_totp, new_recovery_codes, new_totp, totp_link};
pub use link::{Invitee, choose_password, give, invitee};
pub use password::{Hashed, MIN_CHARS, WeakPassword, check_strength, hash, verify};
pub use session::{
    FRESH_MILLIS, IDLE_MILLIS, SignedIn, TOTAL_MILLIS, begin, credentials, end, failed, find,
    find_with_alarm, prove, touch, upgrade,
};

#[cfg(test)]
mod tests;

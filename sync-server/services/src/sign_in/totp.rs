//! The codes of an authenticator (TOTP, RFC 6238): which time step a typed code belongs to.

use data_encoding::BASE32_NOPAD;
use promise_protocol::digits;
use totp_rs::{Builder, Totp};

use crate::{Random, ServiceError, random};

/// How long a code is valid, in seconds (RFC 6238, section 4.1).
const STEP_SECONDS: u64 = 30;

/// How many steps before and after the current one are accepted: for a clock that is slightly off,
/// and for the time that typing takes (RFC 6238, section 5.2).
pub(super) const ACCEPTED_STEPS: u64 = 1;

/// How many steps before and after the current one are recognised: ten minutes.
///
/// A recognised code outside of [`ACCEPTED_STEPS`] is refused like every other wrong one, but the
/// caller reads why. Ten minutes cover phones whose clock was set by hand. A wider range would
/// explain more mistyped codes wrongly: each step is one of a million codes.
const RECOGNISED_STEPS: u64 = 20;

/// Generates the secret of a new authenticator, 160 bits as RFC 4226 recommends.
/// [`super::enrol_totp`] stores it.
pub fn new_totp_secret(random: &mut dyn Random) -> Result<Vec<u8>, ServiceError> {
    Ok(random::bytes::<20>(random)?.to_vec())
}

/// Returns the `otpauth` URI that the authenticator scans, and the secret in base32 for typing.
pub fn totp_uri(secret: &[u8], name: &str) -> (String, String) {
    let typed = BASE32_NOPAD.encode(secret);
    let label: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let link =
        format!("otpauth://totp/Pocket%20Promise:{label}?secret={typed}&issuer=Pocket%20Promise");
    (link, typed)
}

/// A code that is or was right, or will be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RecognisedCode {
    /// The time step of the code.
    pub(super) step: u64,
    /// The current time step.
    pub(super) current: u64,
}

impl RecognisedCode {
    /// Finds the step of a code, the nearest to the current one if several have this code. Returns
    /// `None` if none of the recognised steps has it.
    ///
    /// Every step is compared, each in constant time: the time that it takes does not reveal how far
    /// off a code is.
    pub(super) fn find(secret: &[u8], typed: &str, now_millis: i64) -> Option<Self> {
        let typed: String =
            digits::to_ascii(typed).chars().filter(|c| !c.is_whitespace()).collect();
        let totp = totp(secret)?;
        let current = u64::try_from(now_millis / 1000).ok()? / STEP_SECONDS;
        let mut found = None;
        for distance in (0..=RECOGNISED_STEPS).rev() {
            for step in [current + distance, current.saturating_sub(distance)] {
                if totp.check(&typed, step * STEP_SECONDS).is_some() {
                    found = Some(Self { step, current });
                }
            }
        }
        found
    }

    /// Returns `true` if the code is outside of the accepted steps, and its time is over.
    pub(super) fn is_old(self) -> bool {
        self.step + ACCEPTED_STEPS < self.current
    }

    /// Returns `true` if the code is outside of the accepted steps, and its time is still to come.
    pub(super) fn is_early(self) -> bool {
        self.step > self.current + ACCEPTED_STEPS
    }

    /// How many minutes the code is from the current time, at least one unless it is the current
    /// code.
    pub(super) fn minutes_off(self) -> u64 {
        (self.step.abs_diff(self.current) * STEP_SECONDS).div_ceil(60)
    }
}

/// The codes of a secret. [`Totp::check`] compares one step.
fn totp(secret: &[u8]) -> Option<Totp> {
    let builder = Builder::new().with_secret(secret).with_skew(0).with_step_duration(STEP_SECONDS);
    builder.build().ok()
}

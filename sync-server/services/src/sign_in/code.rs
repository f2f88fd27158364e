//! The second step: an authenticator's code (TOTP, RFC 6238), or a recovery code.

use data_encoding::BASE32_NOPAD;
use promise_protocol::{digits, ids::StaffId};
use sha2::{Digest, Sha256};
use totp_rs::{Builder, Totp};

use crate::{Entity, Random, ServiceError, random};
use promise_database::Tx;

/// How many recovery codes a staff member gets.
pub const RECOVERY_CODES: usize = 10;

/// How long a code is valid, in seconds (RFC 6238, section 4.1).
const STEP: u64 = 30;

/// Generates the secret of a new authenticator, 160 bits as RFC 4226 recommends. [`enrol_totp`]
/// stores it.
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

/// Stores a new authenticator and returns new recovery codes. Returns `None` and stores nothing if
/// `code` is not the current code of the secret.
pub fn enrol_totp(
    tx: &mut dyn Tx,
    staff: &StaffId,
    secret: &[u8],
    code: &str,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<Option<Vec<String>>, ServiceError> {
    let Some(step) = step_of(secret, code, now_millis) else { return Ok(None) };
    let mut sign_in = tx.sign_in(staff)?.ok_or(ServiceError::NotFound(Entity::SignIn))?;
    sign_in.totp = Some(secret.to_vec());
    sign_in.totp_step = step;
    tx.set_sign_in(&sign_in)?;
    new_recovery_codes(tx, staff, random).map(Some)
}

/// Replaces the recovery codes, and returns the new ones. Only their hashes are stored.
pub fn new_recovery_codes(
    tx: &mut dyn Tx,
    staff: &StaffId,
    random: &mut dyn Random,
) -> Result<Vec<String>, ServiceError> {
    let mut codes = Vec::new();
    for _ in 0..RECOVERY_CODES {
        // 80 random bits cannot be guessed from a plain hash.
        let letters = BASE32_NOPAD.encode(&random::bytes::<10>(random)?).to_lowercase();
        let parts: Vec<String> =
            letters.as_bytes().chunks(4).map(|part| String::from_utf8_lossy(part).into()).collect();
        codes.push(parts.join("-"));
    }
    let hashes: Vec<_> = codes.iter().map(|code| recovery_hash(code)).collect();
    tx.set_recovery_codes(staff, &hashes)?;
    Ok(codes)
}

/// Returns `true` if `typed` is the current code or an unused recovery code. Either works once.
pub fn verify_code(
    tx: &mut dyn Tx,
    staff: &StaffId,
    typed: &str,
    now_millis: i64,
) -> Result<bool, ServiceError> {
    let Some(mut sign_in) = tx.sign_in(staff)? else { return Ok(false) };
    let step = sign_in.totp.as_deref().and_then(|secret| step_of(secret, typed, now_millis));
    if let Some(step) = step {
        if step <= sign_in.totp_step {
            return Ok(false);
        }
        sign_in.totp_step = step;
        return Ok(tx.set_sign_in(&sign_in)?);
    }
    Ok(tx.use_recovery_code(staff, &recovery_hash(typed))?)
}

/// Returns the time step of a code: the current one, or one before or after it for a clock that is
/// slightly off.
fn step_of(secret: &[u8], typed: &str, now_millis: i64) -> Option<u64> {
    let digits: String = digits::to_ascii(typed).chars().filter(|c| !c.is_whitespace()).collect();
    let seconds = u64::try_from(now_millis / 1000).ok()?;
    if digits.len() != 6 {
        return None;
    }
    totp(secret)?.check(&digits, seconds)
}

fn totp(secret: &[u8]) -> Option<Totp> {
    let builder = Builder::new().with_secret(secret).with_skew(1).with_step_duration(STEP);
    builder.build().ok()
}

fn recovery_hash(typed: &str) -> Vec<u8> {
    let plain: String =
        digits::to_ascii(typed).chars().filter(char::is_ascii_alphanumeric).collect();
    Sha256::digest(plain.to_ascii_lowercase()).to_vec()
}

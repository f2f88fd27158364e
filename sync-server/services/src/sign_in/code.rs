//! The second step: an authenticator's code (TOTP, RFC 6238), or a recovery code.

use data_encoding::BASE32_NOPAD;
use promise_protocol::ids::StaffId;
use sha2::{Digest, Sha256};
use totp_rs::{Builder, Totp};

use crate::{Random, ServiceError, random};
use promise_database::Tx;

/// How many recovery codes somebody gets.
pub const RECOVERY_CODES: usize = 10;

/// Seconds that a code lasts.
const STEP: u64 = 30;

/// A new authenticator's secret. It is kept once a code shows that it works.
pub fn new_totp_secret(random: &mut dyn Random) -> Result<Vec<u8>, ServiceError> {
    Ok(random::bytes::<20>(random)?.to_vec())
}

/// What the authenticator scans, and the secret to type instead.
pub fn totp_uri(secret: &[u8], name: &str) -> (String, String) {
    let typed = BASE32_NOPAD.encode(secret);
    let label: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let link =
        format!("otpauth://totp/Pocket%20Promise:{label}?secret={typed}&issuer=Pocket%20Promise");
    (link, typed)
}

/// Keeps a new authenticator if `code` shows that it works, and answers new recovery codes.
/// `None`: the code is not the one it shows now.
pub fn enrol_totp(
    tx: &mut dyn Tx,
    staff: &StaffId,
    secret: &[u8],
    code: &str,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<Option<Vec<String>>, ServiceError> {
    let Some(step) = step_of(secret, code, now_millis) else { return Ok(None) };
    let mut sign_in = tx.sign_in(staff)?.ok_or(ServiceError::NotFound("sign-in"))?;
    sign_in.totp = Some(secret.to_vec());
    sign_in.totp_step = step;
    tx.set_sign_in(&sign_in)?;
    new_recovery_codes(tx, staff, random).map(Some)
}

/// Makes new recovery codes; the old ones stop working.
pub fn new_recovery_codes(
    tx: &mut dyn Tx,
    staff: &StaffId,
    random: &mut dyn Random,
) -> Result<Vec<String>, ServiceError> {
    let mut codes = Vec::new();
    for _ in 0..RECOVERY_CODES {
        // 80 bits: a plain hash of them cannot be guessed back.
        let letters = BASE32_NOPAD.encode(&random::bytes::<10>(random)?).to_lowercase();
        let parts: Vec<String> =
            letters.as_bytes().chunks(4).map(|part| String::from_utf8_lossy(part).into()).collect();
        codes.push(parts.join("-"));
    }
    let hashes: Vec<_> = codes.iter().map(|code| recovery_hash(code)).collect();
    tx.set_recovery_codes(staff, &hashes)?;
    Ok(codes)
}

/// Whether this is the code of now, or a recovery code. Either works once.
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

/// The step whose code this is: this one, or one beside it for a clock that is a little off.
fn step_of(secret: &[u8], typed: &str, now_millis: i64) -> Option<u64> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
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
    let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
    Sha256::digest(plain.to_ascii_lowercase()).to_vec()
}

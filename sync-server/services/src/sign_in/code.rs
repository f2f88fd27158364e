//! The second step: an authenticator's code, or a recovery code.

use data_encoding::BASE32_NOPAD;
use promise_protocol::{digits, ids::StaffId};
use sha2::{Digest, Sha256};

use super::totp::{ACCEPTED_STEPS, RecognisedCode};
use crate::{Entity, Random, ServiceError, random};
use promise_database::{SignIn, Tx};

/// How many recovery codes a staff member gets.
pub const RECOVERY_CODES: usize = 10;

/// Why a code is refused.
///
/// The reason helps the owner of the account, and must not help an attacker who guesses codes:
///
/// - Only a caller who has already given the right password receives it, so it reveals neither names
///   nor passwords.
/// - Every refusal counts as a failed attempt, whatever its reason, in the log and for the delays.
///   Only the current code and those beside it are accepted.
/// - The code of an earlier step never works again, and the codes of other steps do not follow from
///   it: that a guess was right five minutes ago is of no use.
/// - The code of a later step would work when its time comes. An attacker could wait for it, and
///   one guess would count for 20 more steps. So such a code is spent once this reason is given: it
///   is refused when its time comes, also after a restart. A guess is accepted with a chance of
///   three in a million, with these reasons as without them.
/// - A code that was used already reveals, to a caller who has it, that the owner has just signed
///   in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeRefusal {
    /// This code or a later one was used already, or it was typed before its time. The next code
    /// works.
    AlreadyUsed,
    /// The code was right so many minutes ago: it was typed late, or the clock of the authenticator
    /// is slow.
    Old {
        /// How many minutes.
        minutes: u64,
    },
    /// The code will be right in so many minutes: the clock of the authenticator is fast.
    Early {
        /// How many minutes.
        minutes: u64,
    },
    /// The code is neither the authenticator's nor an unused recovery code.
    NoMatch,
}

/// Stores a new authenticator and returns new recovery codes. Stores nothing if `code` is not the
/// current code of the secret.
pub fn enrol_totp(
    tx: &mut dyn Tx,
    staff: &StaffId,
    secret: &[u8],
    code: &str,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<Result<Vec<String>, CodeRefusal>, ServiceError> {
    let mut sign_in = tx.sign_in(staff)?.ok_or(ServiceError::NotFound(Entity::SignIn))?;
    // No code of this secret was used yet.
    (sign_in.totp_step, sign_in.totp_spent) = (0, Vec::new());
    let Some(code) = RecognisedCode::find(secret, code, now_millis) else {
        return Ok(Err(CodeRefusal::NoMatch));
    };
    if let Err(refusal) = spend(&mut sign_in, code) {
        return Ok(Err(refusal));
    }
    sign_in.totp = Some(secret.to_vec());
    tx.set_sign_in(&sign_in)?;
    new_recovery_codes(tx, staff, random).map(Ok)
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

/// Accepts the current code or an unused recovery code. Either works once.
///
/// A refusal is no error of the transaction, which must commit: it stores that an early code is
/// spent. The caller also records the failure ([`super::record_failure`]), whatever its kind.
pub fn verify_code(
    tx: &mut dyn Tx,
    staff: &StaffId,
    typed: &str,
    now_millis: i64,
) -> Result<Result<(), CodeRefusal>, ServiceError> {
    let Some(mut sign_in) = tx.sign_in(staff)? else { return Ok(Err(CodeRefusal::NoMatch)) };
    let secret = sign_in.totp.as_deref();
    let code = secret.and_then(|secret| RecognisedCode::find(secret, typed, now_millis));
    let Some(code) = code else {
        let is_right = tx.use_recovery_code(staff, &recovery_hash(typed))?;
        return Ok(if is_right { Ok(()) } else { Err(CodeRefusal::NoMatch) });
    };
    let spent = spend(&mut sign_in, code);
    tx.set_sign_in(&sign_in)?;
    Ok(spent)
}

/// Uses up a code that was recognised: it does not work again, whether it is accepted now or not.
fn spend(sign_in: &mut SignIn, code: RecognisedCode) -> Result<(), CodeRefusal> {
    let minutes = code.minutes_off();
    if code.is_old() {
        return Err(CodeRefusal::Old { minutes });
    }
    if code.is_early() {
        // Steps that are over need not be kept.
        sign_in.totp_spent.retain(|step| step + ACCEPTED_STEPS >= code.current);
        if !sign_in.totp_spent.contains(&code.step) {
            sign_in.totp_spent.push(code.step);
        }
        return Err(CodeRefusal::Early { minutes });
    }
    if code.step <= sign_in.totp_step || sign_in.totp_spent.contains(&code.step) {
        return Err(CodeRefusal::AlreadyUsed);
    }
    sign_in.totp_step = code.step;
    Ok(())
}

fn recovery_hash(typed: &str) -> Vec<u8> {
    let plain: String =
        digits::to_ascii(typed).chars().filter(char::is_ascii_alphanumeric).collect();
    Sha256::digest(plain.to_ascii_lowercase()).to_vec()
}

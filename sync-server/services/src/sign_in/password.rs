//! The strength and the hashing of passwords.

use std::sync::LazyLock;

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::phc::PasswordHash,
};

use promise_protocol::text;

use crate::{ServiceError, error::WeakPassword};

/// The minimum length of a password, in characters.
pub const MIN_PASSWORD_CHARS: usize = 12;

/// The maximum length, in characters. `zxcvbn` reads no more.
const MAX_CHARS: usize = 100;

/// The cost of argon2id: 19 MiB and two rounds, as OWASP's Password Storage Cheat Sheet recommends.
const MEMORY_KIB: u32 = 19 * 1024;
const ROUNDS: u32 = 2;

/// A password's hash, in PHC string format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HashedPassword(pub(super) String);

/// Checks that a password is hard to guess. `personal` are words about the staff member, which an
/// attacker would try first.
///
/// The lists of common breached passwords, names and words are compiled in.
pub fn check_password_strength(password: &str, personal: &[&str]) -> Result<(), WeakPassword> {
    let password = &text::password(password);
    let count = password.chars().count();
    if count < MIN_PASSWORD_CHARS {
        return Err(WeakPassword::TooShort);
    }
    if count > MAX_CHARS {
        return Err(WeakPassword::TooLong);
    }
    let score = zxcvbn::zxcvbn(password, personal).score();
    let guessable =
        score < zxcvbn::Score::Three || without(password, personal) < MIN_PASSWORD_CHARS / 2;
    if guessable { Err(WeakPassword::Guessable) } else { Ok(()) }
}

/// Returns how many characters of the password are not part of a personal word.
fn without(password: &str, personal: &[&str]) -> usize {
    let words = personal.iter().map(|word| text::key(word));
    let rest = words
        .filter(|word| !word.is_empty())
        .fold(text::key(password), |rest, word| rest.replace(&word, ""));
    rest.chars().count()
}

/// Hashes a password in its normal form: two keyboards may write `é` in two ways. This takes part of a
/// second and 19 MiB, so call it on a blocking thread.
pub fn hash_password(password: &str) -> Result<HashedPassword, ServiceError> {
    let password = text::password(password);
    let hash = argon2().and_then(|argon2| argon2.hash_password(password.as_bytes()).ok());
    hash.map(|hash| HashedPassword(hash.to_string())).ok_or(ServiceError::NoRandomness)
}

/// Returns `true` if the password has this hash. Takes as long without a hash, so that the duration
/// does not reveal which sign-in names exist. Call it on a blocking thread.
pub fn verify_password(password: &str, stored: Option<&str>) -> bool {
    /// The hash to compare with when there is no stored one.
    static DUMMY: LazyLock<String> = LazyLock::new(|| {
        hash_password("no such staff member").map(|hashed| hashed.0).unwrap_or_default()
    });
    let text = stored.unwrap_or(&DUMMY);
    let (Ok(hash), Some(argon2)) = (PasswordHash::new(text), argon2()) else { return false };
    let password = text::password(password);
    let is_right = argon2.verify_password(password.as_bytes(), &hash).is_ok();
    is_right && stored.is_some()
}

fn argon2() -> Option<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, ROUNDS, 1, None).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

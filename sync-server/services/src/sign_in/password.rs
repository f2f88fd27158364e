//! Passwords: which ones will do, and how they are kept.

use std::sync::LazyLock;

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::phc::PasswordHash,
};

use crate::{ServiceError, error::WeakPassword};

/// The fewest characters of a password.
pub const MIN_PASSWORD_CHARS: usize = 12;

/// The most: the library that judges passwords reads no more.
const MAX_CHARS: usize = 100;

/// What argon2id may cost: 19 MiB and two rounds, as OWASP advises for a server.
const MEMORY_KIB: u32 = 19 * 1024;
const ROUNDS: u32 = 2;

/// A password as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HashedPassword(pub(super) String);

/// Whether a password will do. `personal` are words that whoever guesses would try first.
///
/// The lists of passwords that were breached most often, and of names and words, are compiled in.
pub fn check_password_strength(password: &str, personal: &[&str]) -> Result<(), WeakPassword> {
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

/// How many characters are left without the words that whoever guesses would try first.
fn without(password: &str, personal: &[&str]) -> usize {
    let words = personal.iter().map(|word| word.to_lowercase());
    let rest = words
        .filter(|word| !word.is_empty())
        .fold(password.to_lowercase(), |rest, word| rest.replace(&word, ""));
    rest.chars().count()
}

/// Hashes a password. It takes a part of a second and 19 MiB: not for a thread that others wait
/// for.
pub fn hash_password(password: &str) -> Result<HashedPassword, ServiceError> {
    let hash = argon2().and_then(|argon2| argon2.hash_password(password.as_bytes()).ok());
    hash.map(|hash| HashedPassword(hash.to_string())).ok_or(ServiceError::NoRandomness)
}

/// Whether this is the password. Where there is none to compare with it takes as long, so that
/// nobody learns from the time which names there are.
pub fn verify_password(password: &str, stored: Option<&str>) -> bool {
    /// A password that nobody has.
    static NOBODYS: LazyLock<String> = LazyLock::new(|| {
        hash_password("nobody's password").map(|hashed| hashed.0).unwrap_or_default()
    });
    let text = stored.unwrap_or(&NOBODYS);
    let (Ok(hash), Some(argon2)) = (PasswordHash::new(text), argon2()) else { return false };
    let is_right = argon2.verify_password(password.as_bytes(), &hash).is_ok();
    is_right && stored.is_some()
}

fn argon2() -> Option<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, ROUNDS, 1, None).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

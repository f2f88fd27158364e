//! Who is calling: tokens.

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

use super::{PhoneScope, Random, ServiceError, random};
use crate::store::Tx;

/// A new token, 256 bits.
pub(super) fn new_token(random: &mut dyn Random) -> Result<String, ServiceError> {
    Ok(BASE64URL_NOPAD.encode(&random::bytes::<32>(random)?))
}

/// What is stored of a token. It has 256 random bits, so a plain hash cannot be guessed back.
pub(super) fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// The scope of the phone that has this token. [`ServiceError::NotPaired`]: there is none, or it
/// was revoked.
pub fn phone(tx: &mut dyn Tx, token: &str) -> Result<PhoneScope, ServiceError> {
    let device = tx.device_by_token(&token_hash(token))?;
    let device = device.filter(|device| device.revoked_at.is_none());
    let device = device.ok_or(ServiceError::NotPaired)?;
    let person = tx.person(&device.person)?.ok_or(ServiceError::NotPaired)?;
    Ok(PhoneScope::new(person.council, person.id, device.author))
}

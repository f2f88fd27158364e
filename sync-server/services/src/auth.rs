//! Who is calling: tokens.

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

use super::{PhoneScope, Random, ServiceError, random};
use promise_database::{Device, Tx};

/// A new token, 256 bits.
pub(super) fn new_token(random: &mut dyn Random) -> Result<String, ServiceError> {
    Ok(BASE64URL_NOPAD.encode(&random::bytes::<32>(random)?))
}

/// What is stored of a token. It has 256 random bits, so a plain hash cannot be guessed back.
pub(super) fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// The scope of the phone that has this token. [`ServiceError::Revoked`]: it was taken off.
/// [`ServiceError::NotPaired`]: there never was one.
pub fn phone(tx: &mut dyn Tx, token: &str) -> Result<PhoneScope, ServiceError> {
    let hash = token_hash(token);
    let Some(device) = tx.device_by_token(&hash)? else {
        let was_revoked = tx.is_revoked_token(&hash)?;
        return Err(if was_revoked { ServiceError::Revoked } else { ServiceError::NotPaired });
    };
    if device.revoked_at.is_some() {
        return Err(ServiceError::Revoked);
    }
    let person = tx.person(&device.person)?.ok_or(ServiceError::NotPaired)?;
    Ok(PhoneScope::new(person.council, person.id, device.author))
}

/// The phone of a scope, unless it was taken off after the scope was made.
pub(super) fn device(tx: &mut dyn Tx, scope: &PhoneScope) -> Result<Device, ServiceError> {
    match tx.device(scope.device())? {
        Some(device) if device.revoked_at.is_none() => Ok(device),
        Some(_) => Err(ServiceError::Revoked),
        None if is_revoked(tx, scope)? => Err(ServiceError::Revoked),
        None => Err(ServiceError::NotPaired),
    }
}

fn is_revoked(tx: &mut dyn Tx, scope: &PhoneScope) -> Result<bool, ServiceError> {
    Ok(tx.revoked_phones()?.iter().any(|phone| &phone.author == scope.device()))
}

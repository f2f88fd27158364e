//! Who is calling: tokens.

use crate::{PhoneScope, ServiceError, tokens};
use promise_database::{Device, Tx};

/// The scope of the phone that has this token. [`ServiceError::Revoked`]: it was taken off.
/// [`ServiceError::NotPaired`]: there never was one.
pub fn authenticate(tx: &mut dyn Tx, token: &str) -> Result<PhoneScope, ServiceError> {
    let hash = tokens::hash(token);
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
pub(crate) fn require_paired(tx: &mut dyn Tx, scope: &PhoneScope) -> Result<Device, ServiceError> {
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

//! Authenticating phones by their tokens.

use crate::{PhoneScope, ServiceError, tokens};
use promise_database::{Device, Tx};

/// Returns the scope of the phone with this token.
///
/// Returns [`ServiceError::Revoked`] if the phone was revoked, and [`ServiceError::NotPaired`] if
/// the token is unknown. Retrying does not help.
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

/// Returns the phone of a scope. Returns an error if it was revoked after the scope was created.
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

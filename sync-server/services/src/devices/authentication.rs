//! Authenticating phones by their tokens.

use promise_database::{Device, Tx};
use promise_protocol::ids::CouncilId;

use crate::{PhoneScope, ServiceError, tokens};

/// Returns the scope of the phone with this token.
///
/// Returns [`ServiceError::Revoked`] if the phone was revoked, and [`ServiceError::NotPaired`] if
/// the token is unknown. Retrying does not help.
pub fn authenticate(tx: &mut dyn Tx, token: &str) -> Result<PhoneScope, ServiceError> {
    let hash = tokens::hash(token);
    let Some(device) = tx.device_by_token(&hash)? else {
        let revoked = tx.revoked_phone_by_token(&hash)?;
        return Err(revoked.map_or(ServiceError::NotPaired, |it| ServiceError::Revoked(it.order)));
    };
    if let Some(order) = device.revoked {
        return Err(ServiceError::Revoked(order));
    }
    let person = tx.person(&device.person)?.ok_or(ServiceError::NotPaired)?;
    Ok(PhoneScope::new(person.council, person.id, device.author))
}

/// Returns the council of the phone with this token, whether or not the phone was revoked: a revoked one
/// verifies its order with the council's newest key, and may have missed that the key was replaced.
///
/// Returns [`ServiceError::NotPaired`] if the token is unknown.
pub fn council(tx: &mut dyn Tx, token: &str) -> Result<CouncilId, ServiceError> {
    let hash = tokens::hash(token);
    if let Some(device) = tx.device_by_token(&hash)? {
        return Ok(tx.person(&device.person)?.ok_or(ServiceError::NotPaired)?.council);
    }
    Ok(tx.revoked_phone_by_token(&hash)?.ok_or(ServiceError::NotPaired)?.council)
}

/// Returns the phone of a scope. Returns an error if it was revoked after the scope was created.
pub(crate) fn require_paired(tx: &mut dyn Tx, scope: &PhoneScope) -> Result<Device, ServiceError> {
    if let Some(device) = tx.device(scope.device())? {
        return device
            .revoked
            .clone()
            .map_or(Ok(device), |order| Err(ServiceError::Revoked(order)));
    }
    let revoked = tx.revoked_phones()?.into_iter().find(|it| &it.author == scope.device());
    Err(revoked.map_or(ServiceError::NotPaired, |it| ServiceError::Revoked(it.order)))
}

//! A young person's paired phones: seeing them and revoking one.

use promise_protocol::Author;

use super::{ServiceError, StaffScope};
use crate::store::{Device, Tx};

/// Somebody's phones, the oldest pairing first.
pub fn list(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &str,
) -> Result<Vec<Device>, ServiceError> {
    let person = scope.person(tx, person)?;
    Ok(tx.devices(&person.id)?)
}

/// Revokes a phone: its token stops working at once. Revoking it again changes nothing.
pub fn revoke(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    phone: &Author,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let mut device = tx.device(phone)?.ok_or(ServiceError::Unknown("phone"))?;
    scope.person(tx, &device.person).map_err(|_| ServiceError::Unknown("phone"))?;
    device.revoked_at.get_or_insert(now_millis);
    Ok(tx.set_device(&device)?)
}

//! Taking a phone off: as staff, or with one of the person's phones.
//!
//! The council signs what the phone does in the transaction that revokes it. A server that lies, or that
//! someone has broken into, cannot make a phone delete anything.

use std::cmp::Reverse;

use promise_database::{Actor, Device, Person, Tx};
use promise_protocol::{
    Author, PROTOCOL, PhoneList, PhoneOrder, RevocationReason, RevokeRequest, SignedOrder,
    access::AccessRole,
    fault_injection::{Fault, is_injected},
    ids::CouncilId,
    signature::Signature,
};

use super::{ProvenPhone, authentication, capability, list_own, records};
use crate::{
    Entity, Permission, PhoneScope, ServiceError, StaffScope,
    audit::{self, AuditAction, Subject},
};

/// Revokes a phone: its token stops working at once, and it does what the reason says at its next
/// contact. Revoking it again changes nothing, unless it was released and has to be wiped.
///
/// Returns [`ServiceError::NotFound`] if there is no such phone, or its owner is out of reach.
pub fn revoke(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    phone: &Author,
    reason: RevocationReason,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let device = tx.device(phone)?.ok_or(ServiceError::NotFound(Entity::Phone))?;
    scope.permit(Permission::ChangePeople)?;
    let person =
        scope.person(tx, &device.person).map_err(|_| ServiceError::NotFound(Entity::Phone))?;
    if revoke_device(tx, &person, device, reason.order(), now_millis)? {
        let subject = Subject::Person(&person);
        audit::record(tx, scope, subject, action(reason), phone.as_str(), now_millis)?;
    }
    Ok(())
}

/// Revokes a phone of the calling phone's own person, which may be the calling phone, and returns
/// the phones afterwards. The log has it like what staff do: a thief of one phone could take the others
/// off.
///
/// Returns [`ServiceError::LimitedPhone`] if the calling phone is limited and revokes another one, and
/// [`ServiceError::NotFound`] for another person's phone too, so that a caller does not learn which
/// phones exist.
pub fn revoke_own(
    tx: &mut dyn Tx,
    scope: &ProvenPhone,
    phone: &str,
    request: &RevokeRequest,
    now_millis: i64,
) -> Result<PhoneList, ServiceError> {
    if request.protocol != PROTOCOL {
        return Err(ServiceError::UnsupportedProtocol);
    }
    let author = phone.parse::<Author>().map_err(|_| ServiceError::NotFound(Entity::Phone))?;
    let person = tx.person_for_update(scope.person())?.ok_or(ServiceError::NotPaired)?;
    if &author == scope.device() {
        authentication::require_paired(tx, scope)?;
    } else {
        capability::require_full(tx, scope)?;
    }
    let device = tx.device(&author)?.filter(|device| &device.person == scope.person());
    let device = device.ok_or(ServiceError::NotFound(Entity::Phone))?;
    if revoke_device(tx, &person, device, request.reason.order(), now_millis)? {
        record_own(tx, scope, &person, action(request.reason), author.as_str(), now_millis)?;
    }
    list_own(tx, scope)
}

/// Revokes a phone without an entry in the log: the stories of the simulation must not depend on it.
#[cfg(any(test, feature = "fault-injection"))]
pub fn revoke_for_simulation(
    tx: &mut dyn Tx,
    phone: &Author,
    reason: RevocationReason,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let device = tx.device(phone)?.ok_or(ServiceError::NotFound(Entity::Phone))?;
    let person = tx.person_for_update(&device.person)?.ok_or(ServiceError::NotPaired)?;
    revoke_device(tx, &person, device, reason.order(), now_millis).map(drop)
}

/// The most phones that were only released before and that an erasure orders to wipe themselves. A signer signs
/// only so many orders, and a person whose phones were paired and released again and again must be erased all
/// the same.
const MAX_RELEASED_TO_WIPE: usize = 20;

/// Revokes every phone of a person who is erased: each wipes itself. Those that were released last do too, if
/// they were not in touch since.
pub(crate) fn revoke_all(
    tx: &mut dyn Tx,
    person: &Person,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let devices = tx.devices(&person.id)?.into_iter();
    let (mut released, in_use): (Vec<_>, Vec<_>) = devices.partition(Device::is_revoked);
    released.retain(|device| device.revoked.as_ref().is_some_and(was_released));
    released.sort_by_key(|device| Reverse(device.revoked_at()));
    released.truncate(MAX_RELEASED_TO_WIPE);
    for device in in_use.into_iter().chain(released) {
        revoke_device(tx, person, device, PhoneOrder::Wipe, now_millis)?;
    }
    Ok(())
}

fn was_released(order: &SignedOrder) -> bool {
    PhoneOrder::Wipe.replaces(order.order)
}

/// Records what the person did with one of their own phones, in the council's log and on their phones.
pub(crate) fn record_own(
    tx: &mut dyn Tx,
    scope: &PhoneScope,
    person: &Person,
    action: AuditAction,
    phone: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let detail = format!("{phone} by {}", scope.device());
    let by = (&Actor::OwnPhone, &AccessRole::OwnPhone);
    audit::record_as(tx, by, Subject::Person(person), action, detail.trim_start(), now_millis)
}

/// Signs an order to one phone, by the id with which it knows its person.
pub(super) fn sign_order(
    tx: &mut dyn Tx,
    council: &CouncilId,
    (person, phone): (&str, &Author),
    order: PhoneOrder,
    at: i64,
) -> Result<SignedOrder, ServiceError> {
    let mut signed = SignedOrder { order, at, signature: Signature::new("") };
    signed.signature = tx.sign(council, &signed.statement(person, phone.as_str()))?;
    Ok(signed)
}

/// Revokes a phone, shows that on the person's other phones, and deletes its unused pairing codes, which
/// the finder of a lost phone could have created. Returns `false` if that changes nothing: then nothing is
/// signed either, because a signer signs only so many orders.
pub(super) fn revoke_device(
    tx: &mut dyn Tx,
    person: &Person,
    mut device: Device,
    order: PhoneOrder,
    now_millis: i64,
) -> Result<bool, ServiceError> {
    let order = if is_injected(Fault::LostPhoneReleased) { PhoneOrder::Release } else { order };
    if device.revoked.as_ref().is_some_and(|earlier| !order.replaces(earlier.order)) {
        return Ok(false);
    }
    tx.person_for_update(&person.id)?;
    let phone = (person.id_on_phones().as_str(), &device.author);
    device.revoked = Some(sign_order(tx, &person.council, phone, order, now_millis)?);
    tx.set_device(&device)?;
    records::write(tx, person, &device, now_millis)?;
    tx.delete_invitations_by(&device.author)?;
    Ok(true)
}

fn action(reason: RevocationReason) -> AuditAction {
    match reason {
        RevocationReason::LostOrStolen => AuditAction::WipedPhone,
        RevocationReason::NoLongerUsed => AuditAction::ReleasedPhone,
    }
}

#[cfg(test)]
mod tests;

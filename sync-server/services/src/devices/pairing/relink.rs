//! Linking a phone again whose person's record a restore lost.
//!
//! The person was added after the backup, so the council adds a new record for them. Their phone holds
//! the lost record's data, its signatures and its keys, all under the lost record's id. A phone never
//! changes its person: the new record takes the id instead, by which phones know the person from then
//! on. Nothing on the phone has to be sealed or stamped again.
//!
//! The phone proves who it was with the council's signature of its last pairing. The adviser
//! types the phone's check text, so that the code works for the phone that is in the room.

use promise_database::{Person, Tx};
use promise_protocol::{
    Author, PairingCode, PhoneCheck, PhoneOrder, Relink, SignedOrder,
    fault_injection::{Fault, is_injected},
    ids::PersonId,
    statement::Statement,
};

use super::invite::{NewInvitation, add, end};
use crate::{
    Permission, Random, ServiceError, StaffScope,
    audit::{self, AuditAction, Subject},
    cells::signed,
    devices::{records, revoking::sign_order},
};

/// Creates an invitation that links this one phone to this person's record. The returned code is not
/// stored, only a hash of its secret.
///
/// Returns [`ServiceError::HasOwnPhone`] if a phone of the record has synced already: its data is under
/// the record's own id. Returns [`ServiceError::AlreadyExists`] if no unused id was found; retry later.
pub fn invite_to_relink(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &PersonId,
    phone: PhoneCheck,
    valid_minutes: u32,
    now_millis: i64,
    random: &mut dyn Random,
) -> Result<PairingCode, ServiceError> {
    scope.permit_now(tx, Permission::ChangePeople)?;
    let person = scope.person_to_change(tx, person)?;
    if person.relinked_id.is_none() && has_own_phone(tx, &person)? {
        return Err(ServiceError::HasOwnPhone);
    }
    let phone = phone.into_author();
    let detail = format!("phone again {phone}");
    audit::record(tx, scope, Subject::Person(&person), AuditAction::Invited, &detail, now_millis)?;
    let new = NewInvitation::by_staff(scope, person.id, end(now_millis, valid_minutes));
    add(tx, new.relinking(phone), now_millis, random)
}

/// Checks the claim of a code that was made for `phone`, and gives the person's record the id that the
/// phone holds. Returns the record, or `None` if the code does not link the phone that claims it.
///
/// Returns [`ServiceError::Revoked`] if the phone was revoked, or if the account with that id was
/// erased.
pub(super) fn accept(
    tx: &mut dyn Tx,
    mut person: Person,
    phone: &Author,
    relink: &Relink,
    now_millis: i64,
) -> Result<Option<Person>, ServiceError> {
    let lost = PersonId::new(relink.person.as_str());
    if !is_phone(phone, relink) || !is_signed(tx, &person, relink)? {
        return Ok(None);
    }
    // From here on it is certain that the phone was the lost person's.
    if let Some(order) = order_to(tx, &person, &lost, phone)? {
        return Err(ServiceError::Revoked(order));
    }
    if tx.device(phone)?.is_some() {
        // The server knows this phone: nothing was lost.
        return Ok(None);
    }
    if person.id_on_phones() == &lost {
        return Ok(Some(person));
    }
    if !is_free(tx, &person, &lost)? {
        return Ok(None);
    }
    // A phone that paired with this record and never synced holds the record's own id, which phones
    // stop using now. Most often it is this phone, which tried a code of the usual kind and refused.
    let mut unsynced = tx.devices(&person.id)?;
    unsynced.retain(|device| device.last_sync_at.is_none() && !device.is_revoked());
    tx.delete_unsynced_devices(&person.id)?;
    tx.set_relinked_id(&person.id, &lost)?;
    person.relinked_id = Some(lost);
    // What staff wrote since the record was added is signed under the id that no phone knows.
    signed::sign_again(tx, &person)?;
    for device in unsynced {
        records::write_lost(tx, &person, &device.author, now_millis)?;
    }
    Ok(Some(person))
}

/// Returns `true` if the phone is the one that the code was made for.
fn is_phone(phone: &Author, relink: &Relink) -> bool {
    phone.as_str() == relink.author || is_injected(Fault::OtherPhoneLinked)
}

/// Returns `true` if the council paired that author and key with the lost person, in the council of the record.
fn is_signed(tx: &mut dyn Tx, person: &Person, relink: &Relink) -> Result<bool, ServiceError> {
    let Relink { person: lost, author, key, signature } = relink;
    let keys = tx.council_keys(&person.council)?;
    let pairing = Statement::Phone { person: lost, author, key };
    // A distrusted key counts here: the code is for this one phone, whose check text the adviser typed. Refused, a
    // phone whose last pairing was under such a key could never be linked again.
    let is_signed = keys.verify_with_distrusted(&person.council, &pairing, Some(signature));
    Ok(is_signed || is_injected(Fault::UnsignedPhoneLinked))
}

/// Returns what the phone does instead of being linked, if it was revoked or its account was erased. The
/// server may not have known the phone when the account was erased: then the order is signed now.
fn order_to(
    tx: &mut dyn Tx,
    person: &Person,
    lost: &PersonId,
    phone: &Author,
) -> Result<Option<SignedOrder>, ServiceError> {
    let revoked = tx.revoked_phones()?.into_iter().find(|revoked| &revoked.author == phone);
    if let Some(revoked) = revoked.filter(|_| !is_injected(Fault::RevokedPhoneLinked)) {
        return Ok(Some(revoked.order));
    }
    let Some(erased) = tx.erased_person(lost)? else { return Ok(None) };
    let (council, phone) = (&person.council, (lost.as_str(), phone));
    sign_order(tx, council, phone, PhoneOrder::Wipe, erased.erased_at).map(Some)
}

/// Returns `true` if the record can take the id of the lost one: no phone uses its own id, and no other
/// record has the lost one's.
fn is_free(tx: &mut dyn Tx, person: &Person, lost: &PersonId) -> Result<bool, ServiceError> {
    Ok(person.relinked_id.is_none()
        && !has_own_phone(tx, person)?
        && tx.person(lost)?.is_none()
        && tx.person_relinked_from(lost)?.is_none())
}

fn has_own_phone(tx: &mut dyn Tx, person: &Person) -> Result<bool, ServiceError> {
    let devices = tx.devices(&person.id)?;
    Ok(devices.iter().any(|device| device.last_sync_at.is_some() || device.is_revoked()))
}

#[cfg(test)]
mod tests;

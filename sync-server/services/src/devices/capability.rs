//! What a phone may do, and who decides on a limited one.
//!
//! Anyone who can make a code as staff could otherwise erase a young person's account, take their phones
//! off and change their keys, with a phone of their own. So a phone that came by a code of staff
//! while the person has other phones is limited, until one of their full phones says yes, or a second
//! member of staff does after [`WAIT_MILLIS`] in which no full phone said no.

use promise_database::{Actor, Device, Inviter, Person, Tx};
use promise_protocol::{
    Author, Cell, PhoneList, PhoneOrder,
    fault_injection::{Fault, is_injected},
    is_clear,
};

use super::{ProvenPhone, authentication, list_own, record_own, records, revoking::revoke_device};
use crate::{
    Entity, Permission, PhoneScope, ServiceError, StaffScope,
    audit::{self, AuditAction, Subject},
    calendar::DAY_MILLIS,
    dual_control::History,
    error::ConfirmationRefusal,
};

/// How long a limited phone waits for the person's full phones before staff may confirm it, in
/// milliseconds: a weekend and a day.
pub const WAIT_MILLIS: i64 = 3 * DAY_MILLIS;

/// Returns `true` if a phone that comes by this inviter's code is limited: staff or the operator made the
/// code, and the person has another phone in use. One that never synced holds nothing and does not count:
/// the response to its pairing was lost, and its person tries again.
///
/// A phone that proved that it is the one of an earlier pairing stays what it was: it is no other phone.
pub(super) fn is_limited_at_pairing(
    tx: &mut dyn Tx,
    person: &Person,
    inviter: &Inviter,
    earlier: Option<&Device>,
) -> Result<bool, ServiceError> {
    let in_use = |device: &Device| !device.is_revoked() && device.last_sync_at.is_some();
    Ok(match (inviter, earlier) {
        // Only a full phone makes codes.
        (Inviter::Phone(_), _) => false,
        (Inviter::Staff(_) | Inviter::Operator, Some(earlier)) => earlier.limited,
        (Inviter::Staff(_) | Inviter::Operator, None) => tx.devices(&person.id)?.iter().any(in_use),
    })
}

/// Returns the calling phone if it is full, and [`ServiceError::LimitedPhone`] if it is limited.
pub(crate) fn require_full(tx: &mut dyn Tx, scope: &PhoneScope) -> Result<Device, ServiceError> {
    let device = authentication::require_paired(tx, scope)?;
    if is_limited(&device) { Err(ServiceError::LimitedPhone) } else { Ok(device) }
}

/// Returns `true` if this phone may not write the cell: a limited phone clears nothing that is sealed. Nor does
/// it change the person's key, which no phone does with a cell.
pub(crate) fn forbids(device: &Device, cell: &Cell) -> bool {
    is_limited(device) && is_clear(cell)
}

/// Returns `true` if this phone waits to be confirmed.
pub(crate) fn is_limited(device: &Device) -> bool {
    device.limited && !is_injected(Fault::CapabilityNotChecked)
}

/// Makes a limited phone of the calling phone's own person full, and returns the phones afterwards. Does
/// nothing if it is full already.
///
/// Returns [`ServiceError::LimitedPhone`] if the caller is limited itself, and
/// [`ServiceError::NotFound`] if the person has no such phone in use.
pub fn confirm_own(
    tx: &mut dyn Tx,
    scope: &ProvenPhone,
    phone: &str,
    now_millis: i64,
) -> Result<PhoneList, ServiceError> {
    let (person, mut device) = find_own(tx, scope, phone)?;
    if device.is_revoked() {
        return Err(ServiceError::NotFound(Entity::Phone));
    }
    if device.limited {
        let (action, author) = (AuditAction::ConfirmedPhone, device.author.as_str());
        record_own(tx, scope, &person, action, author, now_millis)?;
        lift(tx, &person, &mut device, now_millis)?;
    }
    list_own(tx, scope)
}

/// Refuses a limited phone of the calling phone's own person: it is revoked, and wipes itself. Returns the phones
/// afterwards. A phone that staff have confirmed in the meantime is revoked all the same: its person says
/// that it is not theirs. One that took itself off to keep what is on it is ordered to wipe itself too.
///
/// Returns [`ServiceError::LimitedPhone`] if the caller is limited itself, and
/// [`ServiceError::NotFound`] if the person has no such phone.
pub fn veto_own(
    tx: &mut dyn Tx,
    scope: &ProvenPhone,
    phone: &str,
    now_millis: i64,
) -> Result<PhoneList, ServiceError> {
    let (person, device) = find_own(tx, scope, phone)?;
    let author = device.author.clone();
    if revoke_device(tx, &person, device, PhoneOrder::Wipe, now_millis)? {
        let action = AuditAction::VetoedPhone;
        record_own(tx, scope, &person, action, author.as_str(), now_millis)?;
    }
    list_own(tx, scope)
}

/// Makes a limited phone full for a person whose full phones did not answer. Does nothing if it is full
/// already: a colleague was faster, or the person said yes.
///
/// Returns [`ServiceError::Confirmation`] if full phones still have time to answer, or if the caller made
/// the phone's code or may be the human who did. Returns [`ServiceError::NotFound`] if there is no such
/// phone in use, or its owner is out of reach.
pub fn confirm(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    phone: &Author,
    now_millis: i64,
) -> Result<(), ServiceError> {
    scope.permit_now(tx, Permission::ChangePeople)?;
    let in_use = |device: &Device| !device.is_revoked();
    let device = tx.device(phone)?.filter(in_use).ok_or(ServiceError::NotFound(Entity::Phone))?;
    let person = scope.person_to_change(tx, &device.person);
    let person = person.map_err(|_| ServiceError::NotFound(Entity::Phone))?;
    // Read again: until the person was reserved, one of their phones could still say no.
    let device = tx.device(phone)?.filter(in_use);
    let mut device = device.ok_or(ServiceError::NotFound(Entity::Phone))?;
    if !device.limited {
        return Ok(());
    }
    if let Some(refusal) = refusal(tx, scope, &person, &device, now_millis)? {
        return Err(ServiceError::Confirmation(refusal));
    }
    let subject = Subject::Person(&person);
    let action = AuditAction::ConfirmedPhone;
    audit::record(tx, scope, subject, action, device.author.as_str(), now_millis)?;
    lift(tx, &person, &mut device, now_millis)
}

/// Returns why the caller cannot confirm this limited phone now, or `None` if they can.
pub fn refusal(
    tx: &mut dyn Tx,
    scope: &StaffScope,
    person: &Person,
    device: &Device,
    now_millis: i64,
) -> Result<Option<ConfirmationRefusal>, ServiceError> {
    if made_by(tx, &scope.actor(), person, device, now_millis)? {
        return Ok(Some(ConfirmationRefusal::OwnCode));
    }
    let is_too_early = now_millis < answered_by(device);
    Ok(is_too_early.then_some(ConfirmationRefusal::TooEarly))
}

/// Returns the time until which only the person's full phones can confirm this one.
pub fn answered_by(device: &Device) -> i64 {
    device.paired_at.saturating_add(WAIT_MILLIS)
}

/// Returns `true` if the human who is this actor may have made the phone's code.
fn made_by(
    tx: &mut dyn Tx,
    actor: &Actor,
    person: &Person,
    device: &Device,
    now_millis: i64,
) -> Result<bool, ServiceError> {
    Ok(match (&device.inviter, actor) {
        (Inviter::Staff(maker), Actor::Staff(staff)) => {
            let history = History::load(tx, &person.council)?;
            // As with a draft: waiting does not separate the maker from who made the maker's account.
            history.may_publish_own(staff, maker, device.paired_at, now_millis)
        }
        (Inviter::Operator, Actor::Operator) => true,
        _ => false,
    })
}

/// Finds a phone of the calling phone's own person, for a caller that is full.
fn find_own(
    tx: &mut dyn Tx,
    scope: &PhoneScope,
    phone: &str,
) -> Result<(Person, Device), ServiceError> {
    let author = phone.parse::<Author>().map_err(|_| ServiceError::NotFound(Entity::Phone))?;
    let person = tx.person_for_update(scope.person())?.ok_or(ServiceError::NotPaired)?;
    require_full(tx, scope)?;
    let device = tx.device(&author)?.filter(|device| &device.person == scope.person());
    Ok((person, device.ok_or(ServiceError::NotFound(Entity::Phone))?))
}

/// Makes a phone full, and shows that on all of the person's phones.
pub(super) fn lift(
    tx: &mut dyn Tx,
    person: &Person,
    device: &mut Device,
    now_millis: i64,
) -> Result<(), ServiceError> {
    device.limited = false;
    tx.set_device(device)?;
    records::write(tx, person, device, now_millis)
}

#[cfg(test)]
mod tests;

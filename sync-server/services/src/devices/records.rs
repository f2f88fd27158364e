//! The record of a person's phones that is on all of them: how each came, and what it may do.
//!
//! A new phone is written there in the transaction that pairs it, so that the other phones are nudged
//! and show it at once. Phones cannot write the record.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat};
use promise_database::{Device, Inviter, Person, Tx};
use promise_protocol::{
    Author, Change, PhoneOrder, SignedOrder,
    fault_injection::{Fault, is_injected},
    phone_record::{self, DeviceState, PHONE},
    schema::{self, Owner},
};
use serde_json::{Value, json};

use super::{capability, revoking::revoke_device};
use crate::{
    ServiceError,
    cells::{signed, stamps},
    names,
};

/// Writes a phone's record as it is now. Writes nothing, not even a revision, if that is what the
/// record says.
pub(crate) fn write(
    tx: &mut dyn Tx,
    person: &Person,
    device: &Device,
    now_millis: i64,
) -> Result<(), ServiceError> {
    if is_injected(Fault::NewPhoneNotRecorded) {
        return Ok(());
    }
    let paired_at = DateTime::from_timestamp_millis(device.paired_at).unwrap_or_default();
    let stored = Stored::load(tx, person, &device.author)?;
    let (inviter, by) = match &device.inviter {
        Inviter::Operator => (phone_record::Inviter::Operator, None),
        Inviter::Phone(phone) => (phone_record::Inviter::Phone, Some(phone.to_string())),
        // The name at the time: the record does not follow the card.
        Inviter::Staff(staff) if stored.fields.is_empty() => {
            (phone_record::Inviter::Staff, Some(names::display_name(tx, staff)?))
        }
        Inviter::Staff(_) => (phone_record::Inviter::Staff, stored.text("by")),
    };
    let mut fields = BTreeMap::from([
        ("paired_at".to_owned(), json!(paired_at.to_rfc3339_opts(SecondsFormat::Millis, true))),
        ("inviter".to_owned(), json!(inviter)),
        ("state".to_owned(), json!(state_of(device))),
        ("key".to_owned(), json!(device.signing_key)),
    ]);
    fields.extend(by.filter(|by| !by.is_empty()).map(|by| ("by".to_owned(), json!(by))));
    if fields == stored.fields {
        return Ok(());
    }
    put(tx, person, &device.author, fields, now_millis)
}

/// Makes a record that a phone brought back after a restore agree with what this server knows. A phone
/// that was revoked since the backup is revoked again, one that was confirmed since is full again, and one
/// that was paired since is lost.
pub(crate) fn reconcile(
    tx: &mut dyn Tx,
    person: &Person,
    record: &str,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let Ok(author) = record.parse::<Author>() else { return Ok(()) };
    let device = tx.device(&author)?.filter(|device| device.person == person.id);
    let stored = Stored::load(tx, person, &author)?;
    let Some(mut device) = device else { return write_lost(tx, person, &author, now_millis) };
    match forgotten_order(&stored.state(), device.revoked.as_ref()) {
        Some(order) => revoke_device(tx, person, device, order, now_millis).map(drop),
        // A limited phone never was full before: this server forgot that it was confirmed.
        None if device.limited && stored.state() == DeviceState::Full => {
            capability::lift(tx, person, &mut device, now_millis)
        }
        None => write(tx, person, &device, now_millis),
    }
}

/// Writes that this server does not know a phone, unless the record says already that it is out of use.
pub(crate) fn write_lost(
    tx: &mut dyn Tx,
    person: &Person,
    author: &Author,
    now_millis: i64,
) -> Result<(), ServiceError> {
    let mut stored = Stored::load(tx, person, author)?;
    if stored.fields.is_empty()
        || matches!(
            stored.state(),
            DeviceState::Lost | DeviceState::Revoked | DeviceState::Released
        )
    {
        return Ok(());
    }
    stored.fields.insert("state".to_owned(), json!(DeviceState::Lost));
    put(tx, person, author, stored.fields, now_millis)
}

fn state_of(device: &Device) -> DeviceState {
    match device.revoked.as_ref().map(|signed| signed.order) {
        Some(PhoneOrder::Wipe) => DeviceState::Revoked,
        Some(PhoneOrder::Release) => DeviceState::Released,
        None if device.limited => DeviceState::Limited,
        None => DeviceState::Full,
    }
}

/// Returns the order to a phone of this state that this server does not know of.
fn forgotten_order(state: &DeviceState, known: Option<&SignedOrder>) -> Option<PhoneOrder> {
    match state {
        DeviceState::Revoked if known.is_none_or(|it| it.order == PhoneOrder::Release) => {
            Some(PhoneOrder::Wipe)
        }
        DeviceState::Released if known.is_none() => Some(PhoneOrder::Release),
        _ => None,
    }
}

/// Writes all fields with one stamp, so that the change needs only one signature.
fn put(
    tx: &mut dyn Tx,
    person: &Person,
    author: &Author,
    fields: BTreeMap<String, Value>,
    now_millis: i64,
) -> Result<(), ServiceError> {
    for (field, value) in &fields {
        schema::check_wire(Owner::Council, PHONE, author.as_str(), field, value)
            .map_err(|refusal| ServiceError::InvalidField { field: field.clone(), refusal })?;
    }
    let stamp = stamps::next(tx, &person.id, now_millis)?;
    let rev = tx.revision_to_write(&person.id)?;
    let (collection, id) = (PHONE.to_owned(), author.to_string());
    let change = Change { collection, id, stamp, fields, signature: None };
    signed::write(tx, person, change, Some(rev)).map(drop)
}

/// A record as it is stored.
struct Stored {
    fields: BTreeMap<String, Value>,
}

impl Stored {
    fn load(tx: &mut dyn Tx, person: &Person, author: &Author) -> Result<Self, ServiceError> {
        let cells = tx.record(&person.id, PHONE, author.as_str())?.into_iter();
        let fields = cells.map(|stored| (stored.cell.key.field, stored.cell.value));
        Ok(Self { fields: fields.filter(|(_, value)| !value.is_null()).collect() })
    }

    fn text(&self, field: &str) -> Option<String> {
        self.fields.get(field).and_then(Value::as_str).map(str::to_owned)
    }

    fn state(&self) -> DeviceState {
        DeviceState::from(self.text("state").unwrap_or_default())
    }
}

#[cfg(test)]
mod tests;

//! The record of the person's phones: how each one came, and what it may do. The server writes it, and no
//! phone can: a phone that the person did not ask for shows itself here.

use chrono::{DateTime, Utc};
use promise_protocol::phone_record::{DeviceState, Inviter, PHONE};

use super::{Collection, Record, Topic};
use crate::{
    app_lock::View,
    store::{StoreError, Tx},
};

/// One of the young person's phones, as the council's server recorded it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct DeviceRecord {
    /// Its id, by which it can be revoked.
    pub id: String,
    /// When it was paired, by the server's clock.
    pub paired_at: Option<DateTime<Utc>>,
    /// Who made the code by which it came.
    pub inviter: Inviter,
    /// The name on the staff member's card at the time, or the id of the phone that made the code;
    /// `None` for the server's operator, and for a staff member without a card.
    pub invited_by: Option<String>,
    /// What it may do.
    pub state: DeviceState,
    /// Whether it is this phone.
    pub is_this: bool,
    /// Whether it came after this phone, and the person has not seen that here: ask them whether it is
    /// theirs.
    pub is_new: bool,
}

impl DeviceRecord {
    /// Returns `true` unless it was revoked, or a restore lost it.
    pub fn is_in_use(&self) -> bool {
        !matches!(self.state, DeviceState::Revoked | DeviceState::Released | DeviceState::Lost)
    }

    fn from_record(record: &Record) -> Self {
        Self {
            id: record.id.clone(),
            paired_at: record.get("paired_at"),
            inviter: Inviter::from(record.text_or_empty("inviter")),
            invited_by: record.text("by").filter(|by| !by.is_empty()),
            state: DeviceState::from(record.text_or_empty("state")),
            is_this: false,
            is_new: false,
        }
    }
}

/// Lists the phones, the oldest pairing first. If what is private must not be read, only this phone is
/// listed, and nothing about it tells that there is or was another one, or who gave the code.
pub(crate) fn list(tx: &mut dyn Tx, view: View) -> Result<Vec<DeviceRecord>, StoreError> {
    let own = tx.pairing()?.map(|pairing| pairing.author);
    let (seen, new_after) = (tx.seen_devices()?, tx.devices_new_after()?);
    let mut devices: Vec<DeviceRecord> =
        Record::list(tx, PHONE)?.iter().map(DeviceRecord::from_record).collect();
    for device in &mut devices {
        device.is_this = own.as_ref() == Some(&device.id);
        let is_later = device.paired_at.is_none_or(|at| at.timestamp_millis() > new_after);
        let is_seen = device.is_this || seen.contains(&device.id);
        device.is_new = device.is_in_use() && is_later && !is_seen;
    }
    if !view.has_private() {
        devices.retain(|device| device.is_this);
        for device in &mut devices {
            (device.inviter, device.invited_by) = (Inviter::Staff, None);
            device.state = DeviceState::Full;
        }
    }
    devices.sort_by(|a, b| (a.paired_at, &a.id).cmp(&(b.paired_at, &b.id)));
    Ok(devices)
}

/// Returns `true` if this phone waits for a full phone of the person, or for staff, to confirm it.
pub(crate) fn is_this_limited(tx: &mut dyn Tx) -> Result<bool, StoreError> {
    let Some(pairing) = tx.pairing()? else { return Ok(false) };
    let record = Record::find(tx, PHONE, &pairing.author)?;
    let state = record.and_then(|record| record.get::<DeviceState>("state"));
    Ok(state == Some(DeviceState::Limited))
}

/// Keeps that the person has seen on this phone that another one was added. This is not synced: each of
/// their phones asks.
pub(crate) fn mark_seen(tx: &mut dyn Tx, id: &str) -> Result<bool, StoreError> {
    let is_known = Record::find(tx, PHONE, id)?.is_some();
    if is_known {
        tx.mark_device_seen(id)?;
    }
    Ok(is_known)
}

/// The record of the person's phones.
pub(crate) struct DeviceCollection;

impl Collection for DeviceCollection {
    fn name(&self) -> &'static str {
        PHONE
    }

    fn topic(&self) -> Topic {
        Topic::Devices
    }
}

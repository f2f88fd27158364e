//! The young person's phones: how each came, inviting another, and taking one off.

use chrono::{DateTime, Utc};
use promise_protocol::{
    PROTOCOL, PairedPhone, PairingCode, PairingLink, PhoneAct, PhoneList, ProblemCode,
    RevocationReason, RevokeRequest,
};

use super::{PocketPhone, PromiseError};
use crate::{
    app_lock::View,
    cancel::CancelHandle,
    collections::{
        Topic,
        devices::{self, DeviceRecord},
    },
    sync::{ActCredentials, Transport, TransportError},
};

/// The young person's phones, this one and others. Calls that take a [`CancelHandle`] wait for the network.
pub struct Devices<'a>(&'a PocketPhone);

/// How to pair another phone of the same person. Neither link nor code opens anything: the person compares
/// both phones first.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Invitation {
    /// The text of a QR code, for a phone that does not know the server: its address and the code.
    pub link: String,
    /// The code to type on the other phone.
    pub code: String,
    /// When the code expires.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Prints neither the link nor the code.
impl std::fmt::Debug for Invitation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Invitation").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// A phone of the young person's.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Device {
    /// Its id, by which it can be revoked.
    pub id: String,
    /// When it was paired.
    pub paired_at: Option<DateTime<Utc>>,
    /// When it last synced.
    pub last_sync: Option<DateTime<Utc>>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Whether it waits to be confirmed.
    pub is_limited: bool,
    /// Whether it is this phone.
    pub is_this: bool,
}

impl PocketPhone {
    /// The young person's phones, this one and others.
    pub fn devices(&self) -> Devices<'_> {
        Devices(self)
    }

    /// Sends a request with the token of this phone, which does what its council ordered if it was revoked.
    pub(super) fn request<R>(
        &self,
        cancel: &CancelHandle,
        send: impl FnOnce(&dyn Transport, &str, &CancelHandle) -> Result<R, TransportError>,
    ) -> Result<R, PromiseError> {
        let call = self.network.begin(cancel);
        let pairing = self.transact(|tx| tx.pairing())?.ok_or(PromiseError::NotPaired)?;
        let transport = self.network.connection(&pairing.server)?;
        let token = pairing.token().ok_or(PromiseError::Released)?;
        send(transport.as_ref(), token, &call).map_err(|error| self.refused(error, &call))
    }
}

impl<'a> Devices<'a> {
    pub(super) fn phone(&self) -> &'a PocketPhone {
        self.0
    }

    /// Lists the person's phones, the oldest pairing first.
    pub fn list(&self, cancel: &CancelHandle) -> Result<Vec<Device>, PromiseError> {
        let view = self.0.view();
        if view == View::Locked {
            return Err(PromiseError::Locked);
        }
        let list =
            self.0.request(cancel, |transport, token, call| transport.phones(token, call))?;
        let mut devices = into_devices(list);
        // After the quiet PIN nothing tells of a second phone, for which alone this one would wait.
        if !view.has_private() {
            devices.retain(|device| device.is_this);
            for device in &mut devices {
                device.is_limited = false;
            }
        }
        Ok(devices)
    }

    /// Lists the person's phones as the council's server recorded them, the oldest pairing first, with
    /// how each one came. Needs no connection: a new one comes with the next sync. Show
    /// those with `is_new` to the person and ask whether they are theirs.
    ///
    /// While the app lock is on, only this phone is listed, as one that came alone by a code of staff.
    pub fn records(&self) -> Result<Vec<DeviceRecord>, PromiseError> {
        let view = self.0.view();
        self.0.transact(|tx| devices::list(tx, view))
    }

    /// Keeps that the person has seen that this phone was added: it is not new here any more.
    ///
    /// Fails with [`PromiseError::NotFound`] if no record has that id.
    pub fn mark_seen(&self, id: &str) -> Result<(), PromiseError> {
        self.0.require_open()?;
        let is_known = self.0.transact(|tx| devices::mark_seen(tx, id))?;
        self.0.notify(is_known.then_some(Topic::Devices));
        if is_known { Ok(()) } else { Err(PromiseError::NotFound) }
    }

    /// Invites another phone of the same person. [`Devices::wait_for_new`] then waits for it.
    pub fn invite(&self, cancel: &CancelHandle) -> Result<Invitation, PromiseError> {
        self.0.require_open()?;
        let invited = self
            .0
            .act(&PhoneAct::Invite, cancel, |transport, by, call| transport.invite(by, call))?;
        let code: PairingCode = invited.code.parse().map_err(|_| PromiseError::ServerWrong)?;
        let pairing = self.0.transact(|tx| tx.pairing())?.ok_or(PromiseError::NotPaired)?;
        let link = PairingLink { server: pairing.server, code }.to_string();
        let expires_at = DateTime::from_timestamp_millis(invited.expires_at);
        Ok(Invitation { link, code: invited.code, expires_at })
    }

    /// Takes a phone off, which may be this one: it receives nothing more. One that is lost or stolen wipes
    /// itself at its next contact; one that is not used any more keeps what is on it. If a stranger may
    /// have the phone, change the recovery phrase as well.
    ///
    /// Fails with [`PromiseError::NotFound`] if no phone of this person has that id, and with
    /// [`PromiseError::LimitedPhone`] if this phone waits to be confirmed and the other one is not it.
    pub fn revoke(
        &self,
        id: &str,
        reason: RevocationReason,
        cancel: &CancelHandle,
    ) -> Result<Vec<Device>, PromiseError> {
        let request = RevokeRequest { protocol: PROTOCOL, reason };
        let act = PhoneAct::Revoke { phone: id, request: &request };
        self.decide(&act, cancel, |transport, by, call| transport.revoke(by, id, &request, call))
    }

    /// Confirms a phone that came by a code of the council's staff: it may do everything from then on.
    /// Ask the person first whether it is theirs.
    ///
    /// Fails as [`Devices::revoke`] does.
    pub fn confirm(&self, id: &str, cancel: &CancelHandle) -> Result<Vec<Device>, PromiseError> {
        let act = PhoneAct::Confirm { phone: id };
        self.decide(&act, cancel, |transport, by, call| transport.confirm(by, id, call))
    }

    /// Refuses such a phone: it is revoked, and wipes itself.
    ///
    /// Fails as [`Devices::revoke`] does.
    pub fn veto(&self, id: &str, cancel: &CancelHandle) -> Result<Vec<Device>, PromiseError> {
        let act = PhoneAct::Veto { phone: id };
        self.decide(&act, cancel, |transport, by, call| transport.veto(by, id, call))
    }

    /// Sends a request about one phone, and returns the phones afterwards.
    fn decide(
        &self,
        act: &PhoneAct<'_>,
        cancel: &CancelHandle,
        send: impl Fn(
            &dyn Transport,
            &ActCredentials<'_>,
            &CancelHandle,
        ) -> Result<PhoneList, TransportError>,
    ) -> Result<Vec<Device>, PromiseError> {
        self.0.require_open()?;
        let list =
            self.0.act(act, cancel, |transport, by, call| match send(transport, by, call) {
                Err(TransportError::Refused(ProblemCode::NotFound)) => Ok(None),
                response => response.map(Some),
            })?;
        list.map(into_devices).ok_or(PromiseError::NotFound)
    }
}

fn into_devices(list: PhoneList) -> Vec<Device> {
    let at = DateTime::from_timestamp_millis;
    let device =
        |PairedPhone { phone, paired_at, last_sync_at, revoked_at, limited, this }| Device {
            id: phone,
            paired_at: at(paired_at),
            last_sync: last_sync_at.and_then(at),
            revoked_at: revoked_at.and_then(at),
            is_limited: limited,
            is_this: this,
        };
    list.phones.into_iter().map(device).collect()
}

//! The young person's phones: inviting another, and taking one off.

use chrono::{DateTime, Utc};
use promise_protocol::{
    PROTOCOL, PairedPhone, PairingCode, PhoneList, ProblemCode, RevocationReason, RevokeRequest,
};

use super::{PocketPhone, PromiseError, join_link::JoinLink};
use crate::{
    app_lock::View,
    cancel::CancelHandle,
    store::Pairing,
    sync::{Transport, TransportError, recovery},
};

/// The young person's phones, this one and others. Every call waits for the network.
pub struct Devices<'a>(&'a PocketPhone);

/// How to pair another phone of the same person.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Invitation {
    /// The text of the QR code. It contains the recovery phrase: show it to the other phone's camera
    /// only, and store it nowhere.
    pub link: String,
    /// The code to type on the other phone instead, which then asks for the recovery phrase too.
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

impl Devices<'_> {
    /// Lists the person's phones, the oldest pairing first.
    pub fn list(&self, cancel: &CancelHandle) -> Result<Vec<Device>, PromiseError> {
        let view = self.0.view();
        if view == View::Locked {
            return Err(PromiseError::Locked);
        }
        let list =
            self.0.request(cancel, |transport, token, call| transport.phones(token, call))?;
        let mut devices = devices(list);
        // After the quiet PIN a second phone does not show.
        devices.retain(|device| view.has_private() || device.is_this);
        Ok(devices)
    }

    /// Invites another phone of the same person.
    pub fn invite(&self, cancel: &CancelHandle) -> Result<Invitation, PromiseError> {
        self.0.require_open()?;
        let invited =
            self.0.request(cancel, |transport, token, call| transport.invite(token, call))?;
        let code: PairingCode = invited.code.parse().map_err(|_| PromiseError::ServerWrong)?;
        let (pairing, recovery_phrase) = self.0.transact(|tx| {
            let pairing = tx.pairing()?.ok_or(PromiseError::NotPaired)?;
            Ok::<_, PromiseError>((pairing, recovery::current(tx)?))
        })?;
        let Pairing { server, person, .. } = pairing;
        let link = JoinLink { server, code, person, recovery_phrase }.to_string();
        let expires_at = DateTime::from_timestamp_millis(invited.expires_at);
        Ok(Invitation { link, code: invited.code, expires_at })
    }

    /// Takes a phone off, which may be this one: it receives nothing more. One that is lost or stolen wipes
    /// itself at its next contact; one that is not used any more keeps what is on it. If a stranger may
    /// have the phone, change the recovery phrase as well.
    ///
    /// Fails with [`PromiseError::NotFound`] if no phone of this person has that id.
    pub fn revoke(
        &self,
        id: &str,
        reason: RevocationReason,
        cancel: &CancelHandle,
    ) -> Result<Vec<Device>, PromiseError> {
        self.0.require_open()?;
        let request = RevokeRequest { protocol: PROTOCOL, reason };
        let list = self.0.request(cancel, |transport, token, call| {
            match transport.revoke(token, id, &request, call) {
                Err(TransportError::Refused(ProblemCode::NotFound)) => Ok(None),
                response => response.map(Some),
            }
        })?;
        list.map(devices).ok_or(PromiseError::NotFound)
    }
}

fn devices(list: PhoneList) -> Vec<Device> {
    let at = DateTime::from_timestamp_millis;
    let device = |PairedPhone { phone, paired_at, last_sync_at, revoked_at, this }| Device {
        id: phone,
        paired_at: at(paired_at),
        last_sync: last_sync_at.and_then(at),
        revoked_at: revoked_at.and_then(at),
        is_this: this,
    };
    list.phones.into_iter().map(device).collect()
}

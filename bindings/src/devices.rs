//! The person's own phones, and erasing the account or this phone.

use std::sync::Arc;

use promise_core::{Device, DeviceRecord, Erased, Invitation, PromiseError};
use promise_protocol::RevocationReason;

use crate::{
    cancel::{CancelHandle, or_never},
    guard::guard,
    phone::PocketPhone,
};

#[uniffi::export]
impl PocketPhone {
    /// The person's phones, the oldest pairing first. Waits for the network.
    #[uniffi::method(default(cancel = None))]
    pub fn devices(&self, cancel: Option<Arc<CancelHandle>>) -> Result<Vec<Device>, PromiseError> {
        guard(|| self.0.devices().list(&or_never(cancel)))
    }

    /// The person's phones as the council's server recorded them, the oldest pairing first, with how each
    /// one came. Needs no connection. Show those with `is_new` to the person, and ask whether they are
    /// theirs.
    pub fn device_records(&self) -> Result<Vec<DeviceRecord>, PromiseError> {
        guard(|| self.0.devices().records())
    }

    /// Keeps that the person has seen that this phone was added: it is not new here any more.
    pub fn mark_device_seen(&self, id: String) -> Result<(), PromiseError> {
        guard(|| self.0.devices().mark_seen(&id))
    }

    /// Invites another phone of the same person: it pairs by the link in the QR code, or by the code.
    /// `wait_for_new_device` then waits for it. Waits for the network.
    #[uniffi::method(default(cancel = None))]
    pub fn invite_device(
        &self,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<Invitation, PromiseError> {
        guard(|| self.0.devices().invite(&or_never(cancel)))
    }

    /// Takes a phone off: it receives nothing more. One that is lost or stolen wipes itself at its next
    /// contact; one that is not used any more keeps what is on it. Waits for the network. If a stranger
    /// may have the phone, change the recovery phrase as well.
    #[uniffi::method(default(cancel = None))]
    pub fn revoke_device(
        &self,
        id: String,
        reason: RevocationReason,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<Vec<Device>, PromiseError> {
        guard(|| self.0.devices().revoke(&id, reason, &or_never(cancel)))
    }

    /// Confirms a phone that came by a code of the council's staff: it may do everything from then on.
    /// Waits for the network. Ask the person first whether it is theirs.
    #[uniffi::method(default(cancel = None))]
    pub fn confirm_device(
        &self,
        id: String,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<Vec<Device>, PromiseError> {
        guard(|| self.0.devices().confirm(&id, &or_never(cancel)))
    }

    /// Refuses such a phone: it is revoked, and wipes itself. Waits for the network.
    #[uniffi::method(default(cancel = None))]
    pub fn veto_device(
        &self,
        id: String,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<Vec<Device>, PromiseError> {
        guard(|| self.0.devices().veto(&id, &or_never(cancel)))
    }

    /// Erases everything that the council's server holds about the person, and then everything on this
    /// phone. Waits for the network; if it breaks off, nothing on this phone is lost. If the server does
    /// not know this phone, only this phone is erased.
    #[uniffi::method(default(cancel = None))]
    pub fn erase_account(&self, cancel: Option<Arc<CancelHandle>>) -> Result<Erased, PromiseError> {
        guard(|| self.0.erase_account(&or_never(cancel)))
    }

    /// Erases everything on this phone. Sends nothing and needs no connection; the council's server
    /// keeps what it holds.
    pub fn erase_this_phone(&self) -> Result<(), PromiseError> {
        guard(|| self.0.erase_this_phone())
    }
}

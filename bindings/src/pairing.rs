//! Pairing this phone, and saying yes to another one. Both sides see six digits before they say yes.

use std::sync::Arc;

use promise_core::{PairingDetails, PromiseError};

use crate::{
    cancel::{CancelHandle, or_never},
    guard::guard,
    phone::PocketPhone,
};

/// A pairing that waits for the person's yes. Keep it until `finish_pairing` has returned. Without it nothing
/// of the pairing is left on this phone.
#[derive(uniffi::Object)]
pub struct PairingOffer(promise_core::PairingOffer);

#[uniffi::export]
impl PairingOffer {
    /// What the person sees before they say yes: which council it is, the host of its server, who invites,
    /// and the digits.
    pub fn details(&self) -> Result<PairingDetails, PromiseError> {
        guard(|| Ok(self.0.details()))
    }
}

/// A new phone that waits for a yes on this phone.
#[derive(uniffi::Object)]
pub struct NewDevice(promise_core::NewDevice);

#[uniffi::export]
impl NewDevice {
    /// The six digits that the new phone must show. An app need not show them: the person types what they see
    /// on the new phone, or scans it.
    pub fn digits(&self) -> Result<String, PromiseError> {
        guard(|| Ok(self.0.digits()))
    }
}

#[uniffi::export]
impl PocketPhone {
    /// Sends a typed code to the server, and returns what the person has to say yes to. Waits for the
    /// network, and for the phone that made the code, if one did. Nothing is stored. Call it once for each
    /// code: a second call is a second phone, and ends the code.
    #[uniffi::method(default(cancel = None))]
    pub fn pair(
        &self,
        server: String,
        code: String,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<Arc<PairingOffer>, PromiseError> {
        guard(|| {
            let offer = self.0.pair(&server, &code, &or_never(cancel))?;
            Ok(Arc::new(PairingOffer(offer)))
        })
    }

    /// The same, by the link that a QR code holds.
    #[uniffi::method(default(cancel = None))]
    pub fn pair_by_link(
        &self,
        link: String,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<Arc<PairingOffer>, PromiseError> {
        guard(|| {
            let offer = self.0.pair_by_link(&link, &or_never(cancel))?;
            Ok(Arc::new(PairingOffer(offer)))
        })
    }

    /// Confirms a pairing: the person has seen that council and digits are right or, if another phone of
    /// theirs made the code, that that phone has taken the digits. Waits until the other side said yes too,
    /// and then stores everything at once. If it breaks off, it can be called again with the same offer.
    #[uniffi::method(default(cancel = None))]
    pub fn finish_pairing(
        &self,
        offer: Arc<PairingOffer>,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<(), PromiseError> {
        guard(|| self.0.finish_pairing(&offer.0, &or_never(cancel)))
    }

    /// Refuses a pairing: the other side shows other digits, or the council is not the person's. The code
    /// ends for both sides. Waits for the network.
    #[uniffi::method(default(cancel = None))]
    pub fn refuse_pairing(
        &self,
        offer: Arc<PairingOffer>,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<(), PromiseError> {
        guard(|| self.0.refuse_pairing(&offer.0, &or_never(cancel)))
    }

    /// Waits until a phone has sent the code of an invitation, at most until the code expires. Call it right
    /// after `invite_device`, and once.
    #[uniffi::method(default(cancel = None))]
    pub fn wait_for_new_device(
        &self,
        code: String,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<Arc<NewDevice>, PromiseError> {
        guard(|| {
            let device = self.0.devices().wait_for_new(&code, &or_never(cancel))?;
            Ok(Arc::new(NewDevice(device)))
        })
    }

    /// Confirms a new phone. `shown` is what the person typed from its screen, or the text of its QR code.
    /// The new phone gets the recovery phrase, sealed to its own key, if it is on this one. Waits for the
    /// network.
    #[uniffi::method(default(cancel = None))]
    pub fn confirm_new_device(
        &self,
        device: Arc<NewDevice>,
        shown: String,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<(), PromiseError> {
        guard(|| self.0.devices().confirm_new(&device.0, &shown, &or_never(cancel)))
    }

    /// Refuses a new phone: it is not the person's, or shows other digits. The code ends. Waits for the
    /// network.
    #[uniffi::method(default(cancel = None))]
    pub fn refuse_new_device(
        &self,
        device: Arc<NewDevice>,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<(), PromiseError> {
        guard(|| self.0.devices().refuse_new(&device.0, &or_never(cancel)))
    }
}

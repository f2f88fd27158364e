//! The person's own phones, and erasing the account. All of it waits for the network.

use std::sync::Arc;

use promise_core::{Invitation, OwnPhone, PromiseError};

use crate::{
    cancel::{CancelHandle, or_never},
    guard::guard,
    phone::PocketPhone,
};

#[uniffi::export]
impl PocketPhone {
    /// Invites another phone of the same person: it pairs by the link in the QR code, or by the
    /// code and the recovery phrase. Waits for the network.
    #[uniffi::method(default(cancel = None))]
    pub fn invite_phone(
        &self,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<Invitation, PromiseError> {
        guard(|| self.0.invite_phone(&or_never(cancel)))
    }

    /// The person's phones, the oldest pairing first. Waits for the network.
    #[uniffi::method(default(cancel = None))]
    pub fn phones(&self, cancel: Option<Arc<CancelHandle>>) -> Result<Vec<OwnPhone>, PromiseError> {
        guard(|| self.0.phones(&or_never(cancel)))
    }

    /// Revokes a phone: it gets nothing more, and wipes itself at its next contact. Waits for the
    /// network. If a stranger may have the phone, change the recovery phrase as well.
    #[uniffi::method(default(cancel = None))]
    pub fn revoke_phone(
        &self,
        id: String,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<Vec<OwnPhone>, PromiseError> {
        guard(|| self.0.revoke_phone(&id, &or_never(cancel)))
    }

    /// Erases everything that the council's server holds about the person, and then everything on
    /// this phone. Waits for the network; if it breaks off, nothing on this phone is lost.
    #[uniffi::method(default(cancel = None))]
    pub fn erase_account(&self, cancel: Option<Arc<CancelHandle>>) -> Result<(), PromiseError> {
        guard(|| self.0.erase_account(&or_never(cancel)))
    }
}

//! The person's other phones, and leaving altogether. All of it waits for the network.

use promise_core::{Invitation, OwnPhone, PromiseError};

use crate::{guard::guard, phone::PocketPhone};

#[uniffi::export]
impl PocketPhone {
    /// Invites another phone of the same person: it pairs by the link in the QR code, or by the
    /// code and the words. Waits for the network.
    pub fn invite_phone(&self) -> Result<Invitation, PromiseError> {
        guard(|| self.0.invite_phone())
    }

    /// The person's phones, the oldest pairing first. Waits for the network.
    pub fn phones(&self) -> Result<Vec<OwnPhone>, PromiseError> {
        guard(|| self.0.phones())
    }

    /// Takes a phone off: it gets nothing more, and wipes itself at its next contact. Waits for the
    /// network. If the phone may be in somebody's hands, change the words as well.
    pub fn revoke_phone(&self, id: String) -> Result<Vec<OwnPhone>, PromiseError> {
        guard(|| self.0.revoke_phone(&id))
    }

    /// Erases everything that the council's server holds of the person, and then everything on this
    /// phone. Waits for the network; if it breaks off, nothing on this phone is lost.
    pub fn erase_account(&self) -> Result<(), PromiseError> {
        guard(|| self.0.erase_account())
    }
}

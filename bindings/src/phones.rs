//! The person's other phones, and leaving altogether. All of it waits for the network.

use promise_core::{Error, Invitation, OwnPhone};

use crate::{guard::guard, phone::Phone};

#[uniffi::export]
impl Phone {
    /// Invites another phone of the same person: it pairs by the link in the QR code, or by the
    /// code and the words. Waits for the network.
    pub fn invite_phone(&self) -> Result<Invitation, Error> {
        guard(|| self.0.invite_phone())
    }

    /// The person's phones, the oldest pairing first. Waits for the network.
    pub fn phones(&self) -> Result<Vec<OwnPhone>, Error> {
        guard(|| self.0.phones())
    }

    /// Takes a phone off: it gets nothing more, and wipes itself at its next contact. Waits for the
    /// network. If the phone may be in somebody's hands, change the words as well.
    pub fn revoke_phone(&self, id: String) -> Result<Vec<OwnPhone>, Error> {
        guard(|| self.0.revoke_phone(&id))
    }

    /// Erases everything that the council's server holds of the person, and then everything on this
    /// phone. Waits for the network; if it breaks off, nothing on this phone is lost.
    pub fn erase_account(&self) -> Result<(), Error> {
        guard(|| self.0.erase_account())
    }
}

//! Erasing the account, or this phone alone.

use promise_protocol::{EraseRequest, PROTOCOL, PhoneAct};

use super::{PocketPhone, PromiseError};
use crate::cancel::CancelHandle;

/// What [`PocketPhone::erase_account`] erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Erased {
    /// Everything, here and on the council's server.
    Everywhere,
    /// What was on this phone. The server does not know the phone, or the council released it, and so
    /// nothing was erased there: it may hold a copy about the person. Show them that they can ask their
    /// council to erase it.
    ThisPhone,
}

impl PocketPhone {
    /// Erases everything that the council's server holds about the person, and then everything on this
    /// phone. The person's other phones wipe themselves at their next contact. Waits for the network;
    /// if it breaks off, nothing on this phone is lost, and the call can be retried.
    ///
    /// If the server does not know this phone, because it was restored from an older backup, or if the
    /// council released this phone, only this phone is erased. One that the server does not know can be
    /// linked again before that ([`PocketPhone::relink`]), to erase everything.
    pub fn erase_account(&self, cancel: &CancelHandle) -> Result<Erased, PromiseError> {
        self.require_open()?;
        let pairing = self.transact(|tx| tx.pairing())?.ok_or(PromiseError::NotPaired)?;
        let request = EraseRequest { protocol: PROTOCOL, person: pairing.person };
        let act = PhoneAct::Erase { request: &request };
        let erased =
            self.act(&act, cancel, |transport, by, call| transport.erase(by, &request, call));
        match erased {
            // The response to an earlier try was lost; this phone is wiped already.
            Err(PromiseError::Revoked) => Ok(Erased::Everywhere),
            Ok(()) => self.wipe().map(|()| Erased::Everywhere),
            Err(PromiseError::Unpaired | PromiseError::Released) => {
                self.wipe().map(|()| Erased::ThisPhone)
            }
            Err(error) => Err(error),
        }
    }
}

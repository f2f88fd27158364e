//! Erasing the account, or this phone alone.

use promise_protocol::{EraseRequest, PROTOCOL};

use super::{PocketPhone, PromiseError, app_lock::Gate, lock};
use crate::{cancel::CancelHandle, store::SqliteStore};

/// What [`PocketPhone::erase_account`] erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Erased {
    /// Everything, here and on the council's server.
    Everywhere,
    /// What was on this phone. The server does not know the phone, and so erased nothing: it may hold an
    /// older copy about the person. Show them that they can ask their council to erase it.
    ThisPhone,
}

impl PocketPhone {
    /// Erases everything that the council's server holds about the person, and then everything on this
    /// phone. The person's other phones wipe themselves at their next contact. Waits for the network;
    /// if it breaks off, nothing on this phone is lost, and the call can be retried.
    ///
    /// If the server does not know this phone, because it was restored from an older backup, only this
    /// phone is erased. It can be linked again before that ([`PocketPhone::relink`]), to erase
    /// everything.
    pub fn erase_account(&self, cancel: &CancelHandle) -> Result<Erased, PromiseError> {
        self.require_open()?;
        let erased = self.request(cancel, |transport, pairing, call| {
            let person = pairing.person.clone();
            transport.erase(&pairing.token, &EraseRequest { protocol: PROTOCOL, person }, call)
        });
        match erased {
            // The response to an earlier try was lost; this phone is wiped already.
            Err(PromiseError::Revoked) => Ok(Erased::Everywhere),
            Ok(()) => self.wipe().map(|()| Erased::Everywhere),
            Err(PromiseError::Unpaired) => self.wipe().map(|()| Erased::ThisPhone),
            Err(error) => Err(error),
        }
    }

    /// Erases everything on this phone. Sends nothing and needs no connection. What was not sent is
    /// lost, and the council's server keeps what it holds: [`PocketPhone::erase_account`] erases both.
    pub fn erase_this_phone(&self) -> Result<(), PromiseError> {
        self.require_open()?;
        self.wipe()
    }

    /// Wipes a phone as soon as it learns that it was revoked.
    pub(super) fn wipe_if_revoked<R>(
        &self,
        response: Result<R, PromiseError>,
    ) -> Result<R, PromiseError> {
        if matches!(response, Err(PromiseError::Revoked)) {
            self.wipe()?;
        }
        response
    }

    fn wipe(&self) -> Result<(), PromiseError> {
        {
            let mut store = lock(&self.store);
            *store = None;
            crate::store::wipe(&self.path).map_err(|_| PromiseError::ReadOnly)?;
            *store = Some(SqliteStore::open(&self.path, &self.key)?);
        }
        self.network.disconnect();
        self.set_gate(Gate::Off);
        Ok(())
    }
}

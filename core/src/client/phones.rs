//! The person's other phones: bringing one in, and taking a lost one off. And leaving altogether.

use chrono::{DateTime, Utc};
use promise_protocol::{EraseRequest, PROTOCOL, PairedPhone, PairingCode, PhoneList, ProblemCode};

use super::{PocketPhone, PromiseError, Topic, link::JoinLink, lock};
use crate::{
    cancel::CancelHandle,
    store::{Pairing, SqliteStore},
    sync::{Transport, TransportError, recovery},
};

/// How to bring in another phone.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Invitation {
    /// What the QR code holds. It has the words in it: show it to the other phone's camera and to
    /// nobody else, and do not keep it.
    pub link: String,
    /// The code, to be typed on the other phone instead. The words are then to be typed as well.
    pub code: String,
    /// When the code stops working.
    pub expires_at: Option<DateTime<Utc>>,
}

impl std::fmt::Debug for Invitation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Invitation").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// A phone of the person's.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct OwnPhone {
    /// Its name, by which it can be taken off.
    pub id: String,
    /// When it was paired.
    pub paired_at: Option<DateTime<Utc>>,
    /// When it last synced.
    pub last_sync: Option<DateTime<Utc>>,
    /// When it was taken off.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Whether it is this one.
    #[cfg_attr(feature = "uniffi", uniffi(name = "is_this"))]
    pub this: bool,
}

impl PocketPhone {
    /// Invites another phone of the same person. Waits for the network.
    pub fn invite_phone(&self, cancel: &CancelHandle) -> Result<Invitation, PromiseError> {
        let invited = self.ask_server(cancel, |transport, pairing, call| {
            transport.invite(&pairing.token, call)
        })?;
        let code: PairingCode = invited.code.parse().map_err(|_| PromiseError::ServerWrong)?;
        let (pairing, words) = self.transact(|tx| {
            Ok::<_, PromiseError>((
                tx.pairing()?.ok_or(PromiseError::NotPaired)?,
                recovery::current(tx)?,
            ))
        })?;
        let link =
            JoinLink { server: pairing.server, code, person: pairing.person, words }.to_string();
        let expires_at = DateTime::from_timestamp_millis(invited.expires_at);
        Ok(Invitation { link, code: invited.code, expires_at })
    }

    /// The person's phones, the oldest pairing first. Waits for the network.
    pub fn phones(&self, cancel: &CancelHandle) -> Result<Vec<OwnPhone>, PromiseError> {
        let list = self.ask_server(cancel, |transport, pairing, call| {
            transport.phones(&pairing.token, call)
        })?;
        Ok(own_phones(list))
    }

    /// Takes a phone off: it gets nothing more, and wipes itself at its next contact. Waits for the
    /// network. If the phone may be in somebody's hands, change the words as well.
    ///
    /// [`PromiseError::NotFound`]: no phone of this person has that name.
    pub fn revoke_phone(
        &self,
        id: &str,
        cancel: &CancelHandle,
    ) -> Result<Vec<OwnPhone>, PromiseError> {
        let list = self.ask_server(cancel, |transport, pairing, call| {
            match transport.revoke(&pairing.token, id, call) {
                Err(TransportError::Refused(ProblemCode::NotFound)) => Ok(None),
                answer => answer.map(Some),
            }
        })?;
        list.map(own_phones).ok_or(PromiseError::NotFound)
    }

    /// Erases everything that the council's server holds of the person, and then everything on this
    /// phone. The person's other phones wipe themselves at their next contact. Waits for the
    /// network; if it breaks off, nothing on this phone is lost, and it can be done again.
    pub fn erase_account(&self, cancel: &CancelHandle) -> Result<(), PromiseError> {
        let erased = self.ask_server(cancel, |transport, pairing, call| {
            let person = pairing.person.clone();
            transport.erase(&pairing.token, &EraseRequest { protocol: PROTOCOL, person }, call)
        });
        match erased {
            // The answer to an earlier try was lost; this phone is wiped already.
            Err(PromiseError::Revoked) => Ok(()),
            Ok(()) => self.wipe(),
            Err(error) => Err(error),
        }
    }

    /// Asks the server something in the name of this phone.
    fn ask_server<R>(
        &self,
        cancel: &CancelHandle,
        ask: impl FnOnce(&dyn Transport, &Pairing, &CancelHandle) -> Result<R, TransportError>,
    ) -> Result<R, PromiseError> {
        let call = self.network.begin(cancel);
        let pairing = self.transact(|tx| tx.pairing())?.ok_or(PromiseError::NotPaired)?;
        let transport = self.network.connection(&pairing.server)?;
        let answer = ask(transport.as_ref(), &pairing, &call).map_err(PromiseError::from);
        self.wiped_if_revoked(answer)
    }

    /// A phone that was taken off wipes itself as soon as it hears of it.
    pub(super) fn wiped_if_revoked<R>(
        &self,
        answer: Result<R, PromiseError>,
    ) -> Result<R, PromiseError> {
        if matches!(answer, Err(PromiseError::Revoked)) {
            self.wipe()?;
        }
        answer
    }

    fn wipe(&self) -> Result<(), PromiseError> {
        {
            let mut store = lock(&self.store);
            *store = None;
            crate::store::wipe(&self.path).map_err(|_| PromiseError::ReadOnly)?;
            *store = Some(SqliteStore::open(&self.path, &self.key)?);
        }
        self.network.disconnect();
        self.tell(Topic::ALL);
        Ok(())
    }
}

fn own_phones(list: PhoneList) -> Vec<OwnPhone> {
    let at = DateTime::from_timestamp_millis;
    let own = |PairedPhone { phone, paired_at, last_sync_at, revoked_at, this }| OwnPhone {
        id: phone,
        paired_at: at(paired_at),
        last_sync: last_sync_at.and_then(at),
        revoked_at: revoked_at.and_then(at),
        this,
    };
    list.phones.into_iter().map(own).collect()
}

//! Pairing a phone with a person, by a code from their adviser's screen or from another phone of theirs.
//!
//! Two calls, because a person decides in between: the first one asks what the code is for and returns what
//! the screen shows, and the second one says yes and waits for the other side. An app can close the screen at
//! any time; nothing is stored before both said yes. A callback would hold a thread of the app for as
//! long as the person thinks.

use promise_protocol::{
    Author, AuthorKind, Change, KeyHistory, PairResponse, PairingCode, PairingLink, ServerAddress,
    pairing::PairProgress, phone_record::Inviter,
};

use super::{PocketPhone, PromiseError, polling::Polling, recovery::random_entropy};
use crate::{
    cancel::CancelHandle,
    collections::{Topic, registry},
    sealing::{PhoneKey, RecoveryPhrase},
    store::{Entropy, Pairing, ServerAccess, Tx},
    sync::{
        council_keys,
        pairing::{NewSide, Offered},
        parse_address, recovery,
    },
};

/// A pairing that waits for the person's yes. Keep it until [`PocketPhone::finish_pairing`] has returned.
/// Dropped before, nothing of it is left on this phone, and the code expires.
pub struct PairingOffer {
    offered: Offered,
    server: ServerAddress,
}

/// What the person sees before they say yes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PairingDetails {
    /// The council's name, as the server gives it.
    pub council: String,
    /// The server's host, such as `promise.example.gov.uk`. A code can lead to a stranger's server, which gives the
    /// name of any council: show the host beside it.
    pub server: String,
    /// Who made the code: the council's staff, another phone of the person, or the operator.
    pub inviter: Inviter,
    /// The name on the card of the staff member who made it; `None` for others.
    pub invited_by: Option<String>,
    /// Six digits, such as `482 913`, which the other side must show too, or which are typed on the other
    /// phone.
    pub digits: String,
    /// The text of the QR code that the other phone can scan in place of the digits; `None` unless another
    /// phone made the code. It holds no secret.
    pub link: Option<String>,
}

impl std::fmt::Debug for PairingOffer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PairingOffer(..)")
    }
}

impl PairingOffer {
    /// What the person sees before they say yes.
    pub fn details(&self) -> PairingDetails {
        let offer = self.offered.offer();
        PairingDetails {
            council: offer.council_name.clone(),
            server: self.server.host(),
            inviter: offer.inviter.clone(),
            invited_by: offer.by.clone(),
            digits: self.offered.digits().to_string(),
            link: self.offered.link().map(|link| link.to_string()),
        }
    }
}

impl PocketPhone {
    /// Sends a typed code to the server, and returns what the person has to say yes to. Waits for the network,
    /// and for the phone that made the code, if one did. Nothing is stored.
    ///
    /// A phone that its server does not know, that was released, or whose person has a new code, can pair
    /// again: what it holds stays, as long as the code is for the same person
    /// ([`PromiseError::OtherPerson`] if not). One that is still paired proves with its key that it is the same
    /// phone: it stays as full or limited as it was, and its earlier pairing ends with its next sync. If the
    /// council lost the person's record, [`PocketPhone::relink`] links the phone to a new one.
    ///
    /// Call it once for each code: a second call is a second phone, and ends the code
    /// ([`PromiseError::TwoPhones`]).
    pub fn pair(
        &self,
        server: &str,
        code: &str,
        cancel: &CancelHandle,
    ) -> Result<PairingOffer, PromiseError> {
        // A mistyped code is refused here, and costs none of the five tries.
        let code: PairingCode = code.parse().map_err(|_| PromiseError::CodeWrong)?;
        self.start_pairing(server, code, cancel)
    }

    /// Like [`PocketPhone::pair`], by the link that a QR code holds: from the adviser's screen, or from another
    /// phone of the same person.
    pub fn pair_by_link(
        &self,
        link: &str,
        cancel: &CancelHandle,
    ) -> Result<PairingOffer, PromiseError> {
        let link: PairingLink = link.parse().map_err(|_| PromiseError::CodeWrong)?;
        self.start_pairing(&link.server, link.code, cancel)
    }

    fn start_pairing(
        &self,
        server: &str,
        code: PairingCode,
        cancel: &CancelHandle,
    ) -> Result<PairingOffer, PromiseError> {
        self.require_open()?;
        // Both sides compare the address, so there must be one form of it.
        let address = parse_address(server)?;
        let server = address.to_string();
        let side = NewSide::new(&server, code)?;
        let call = self.network.begin(cancel);
        let transport = self.network.connection(&server)?;
        let request = side.request();
        let offer = Polling::new(&call).wait_for(|| Ok(transport.pair(&request, &call)?.offer))?;
        let held = self.transact(|tx| tx.pairing())?;
        let offered = side.offered(offer)?.after(held.as_ref());
        // From here on the other side shows the digits too.
        let request = offered.request();
        Polling::going_on(&call).wait_for(|| transport.pair(&request, &call).map(Some))?;
        Ok(PairingOffer { offered, server: address })
    }

    /// Confirms a pairing: the person has seen that council and digits are right, or, if another phone of theirs
    /// made the code, that that phone has taken the digits. Waits until the other side
    /// said yes too, and then stores everything at once. If it fails because of the network, or was cancelled,
    /// it can be called again with the same offer.
    ///
    /// A person's first phone generates their recovery phrase. One that another phone invited gets it from
    /// there. On others, what is private waits until the phrase is entered. After a fresh start the first phone that
    /// pairs generates a new phrase, and seals what it holds under that: it loses nothing.
    pub fn finish_pairing(
        &self,
        offer: &PairingOffer,
        cancel: &CancelHandle,
    ) -> Result<(), PromiseError> {
        self.require_open()?;
        let PairingOffer { offered, .. } = offer;
        let call = self.network.begin(cancel);
        let transport = self.network.connection(offered.server())?;
        let request = offered.request();
        let progress = Polling::going_on(&call).wait_for(|| {
            let progress = transport.pair(&request, &call)?;
            Ok(progress.paired.is_some().then_some(progress))
        })?;
        let (response, phrase) = offered.paired(progress)?.ok_or(PromiseError::ServerWrong)?;
        let access = (offered.token(), offered.phone_key());
        self.store(offered.server(), access, response, phrase)
    }

    /// Refuses a pairing: the other side shows other digits, or the council is not the person's. The code
    /// ends for both sides. Waits for the network.
    pub fn refuse_pairing(
        &self,
        offer: &PairingOffer,
        cancel: &CancelHandle,
    ) -> Result<(), PromiseError> {
        let PairingOffer { offered, .. } = offer;
        let call = self.network.begin(cancel);
        let transport = self.network.connection(offered.server())?;
        match transport.pair(&offered.refusal(), &call).map_err(PromiseError::from) {
            // The code has ended: that is what the person wants.
            Ok(_)
            | Err(
                PromiseError::PairingRefused
                | PromiseError::TwoPhones
                | PromiseError::CodeUsed
                | PromiseError::CodeExpired,
            ) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Stores a pairing to which both sides said yes, in one transaction.
    pub(super) fn store(
        &self,
        server: &str,
        access: (String, PhoneKey),
        response: PairResponse,
        phrase: Option<RecoveryPhrase>,
    ) -> Result<(), PromiseError> {
        let author: Author = response.author.parse().map_err(|_| PromiseError::ServerWrong)?;
        if author.kind() != AuthorKind::Phone {
            return Err(PromiseError::ServerWrong);
        }
        let now = self.clock.now_millis();
        // If this is the first phone that syncs, its words are those of the phone that invited it.
        let entropy = match &phrase {
            Some(phrase) => phrase.entropy(),
            None => random_entropy()?,
        };
        let changed = self.transact(|tx| {
            store_pairing(tx, server, access, response, now, &entropy)?;
            let entered = phrase.map(|phrase| recovery::enter_from_phone(tx, &phrase));
            Ok::<_, PromiseError>(entered.transpose()?.unwrap_or_default())
        })?;
        let topics = changed.iter().filter_map(|name| registry::topic(name));
        self.notify(topics.chain([Topic::Status]));
        Ok(())
    }

    /// The name of the council that the phone is paired with; `None` if it is not paired.
    pub fn council(&self) -> Result<Option<String>, PromiseError> {
        Ok(self.transact(|tx| tx.pairing())?.map(|pairing| pairing.council_name))
    }
}

/// Returns what a server sent to a phone that is linked again.
pub(super) fn relinked(progress: PairProgress) -> Result<PairResponse, PromiseError> {
    progress.paired.ok_or(PromiseError::ServerWrong)
}

fn store_pairing(
    tx: &mut dyn Tx,
    server: &str,
    (token, key): (String, PhoneKey),
    response: PairResponse,
    now: i64,
    entropy: &Entropy,
) -> Result<(), PromiseError> {
    let held = tx.pairing()?;
    if let Some(held) = &held
        && (held.person != response.person || held.council != response.council)
    {
        return Err(PromiseError::OtherPerson);
    }
    let mut state = tx.sync_state()?;
    state.generation.get_or_insert(response.generation);
    state.clock_offset = response.now.saturating_sub(now);
    state.refused_since = None;
    tx.set_sync_state(&state)?;
    let pairing = Pairing {
        server: server.to_owned(),
        access: ServerAccess::Token(token),
        author: response.author,
        council: response.council,
        council_name: response.council_name,
        person: response.person,
        council_keys: vec![response.council_key.clone()],
        order_keys: vec![response.council_key],
        signature: response.signature,
        key,
    };
    match &held {
        None => tx.set_devices_new_after(response.now)?,
        Some(held) if held.council_keys.first() != pairing.council_keys.first() => {
            council_keys::start_under_another_key(tx)?;
        }
        Some(_) => {}
    }
    tx.set_pairing(&pairing.after(held))?;
    recovery::learn_history(tx, &response.key_history)?;
    let steps = response.key_history.iter().flat_map(Change::cells);
    if KeyHistory::of_cells(steps).began().is_none() && !response.waits_for_phrase {
        recovery::generate_if_first(tx, entropy)?;
    }
    Ok(())
}

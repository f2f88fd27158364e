//! Pairing a phone with a person, by a code from their adviser's screen or a link from another phone.

use promise_protocol::{
    Author, AuthorKind, PROTOCOL, PairRequest, PairResponse, PairingCode, PairingLink, Relink,
};

use super::{PocketPhone, PromiseError, join_link::JoinLink, recovery::random_entropy};
use crate::{
    cancel::CancelHandle,
    collections::Topic,
    store::{Entropy, Pairing, ServerAccess, Tx},
    sync::recovery,
};

impl PocketPhone {
    /// Pairs with the server by a typed code. Waits for the network.
    ///
    /// A phone that its server does not know, that was released, or whose person has a new code, can pair
    /// again: what it holds stays, as long as the code is for the same person
    /// ([`PromiseError::OtherPerson`] if not). If the council lost the person's record,
    /// [`PocketPhone::relink`] links the phone to a new one.
    ///
    /// A person's first phone generates their recovery phrase. On a later one, what is private waits
    /// until the phrase is entered: a phone that was paired by a code alone cannot read it.
    pub fn pair(
        &self,
        server: &str,
        code: &str,
        cancel: &CancelHandle,
    ) -> Result<(), PromiseError> {
        // A mistyped code is refused here, and costs none of the five tries.
        let code: PairingCode = code.parse().map_err(|_| PromiseError::CodeWrong)?;
        self.claim(server, &code, None, cancel, |_| true)
    }

    /// Pairs by the link that a QR code holds: from the adviser's screen, or from another phone of the
    /// same person, which also gives the recovery phrase. Waits for the network.
    pub fn pair_by_link(&self, link: &str, cancel: &CancelHandle) -> Result<(), PromiseError> {
        if let Ok(link) = link.parse::<PairingLink>() {
            return self.claim(&link.server, &link.code, None, cancel, |_| true);
        }
        let link: JoinLink = link.parse().map_err(|_| PromiseError::CodeWrong)?;
        let is_same_person = |response: &PairResponse| response.person == link.person;
        self.claim(&link.server, &link.code, None, cancel, is_same_person)?;
        link.recovery_phrase.map_or(Ok(()), |phrase| self.enter_recovery_phrase(&phrase))
    }

    /// Claims a code, and stores the response of the server. `relink` is the earlier pairing of a phone that
    /// is linked again after a restore.
    pub(super) fn claim(
        &self,
        server: &str,
        code: &PairingCode,
        relink: Option<Relink>,
        cancel: &CancelHandle,
        is_expected: impl FnOnce(&PairResponse) -> bool,
    ) -> Result<(), PromiseError> {
        self.require_open()?;
        let request = PairRequest { protocol: PROTOCOL, code: code.to_string(), relink };
        let call = self.network.begin(cancel);
        let response = match self.network.connection(server)?.pair(&request, &call) {
            // This phone's own server answers, about its earlier pairing.
            Err(error) if request.relink.is_some() => return Err(self.refused(error, &call)),
            response => response?,
        };
        let author: Author = response.author.parse().map_err(|_| PromiseError::ServerWrong)?;
        if author.kind() != AuthorKind::Phone || !is_expected(&response) {
            return Err(PromiseError::ServerWrong);
        }
        let (now, entropy) = (self.clock.now_millis(), random_entropy()?);
        self.transact(|tx| store_pairing(tx, server, response, now, &entropy))?;
        self.notify([Topic::Status]);
        Ok(())
    }

    /// The name of the council that the phone is paired with; `None` if it is not paired.
    pub fn council(&self) -> Result<Option<String>, PromiseError> {
        Ok(self.transact(|tx| tx.pairing())?.map(|pairing| pairing.council_name))
    }
}

fn store_pairing(
    tx: &mut dyn Tx,
    server: &str,
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
        access: ServerAccess::Token(response.token),
        author: response.author,
        council: response.council,
        council_name: response.council_name,
        person: response.person,
        key_check: response.key_check,
        council_keys: vec![response.council_key.clone()],
        order_keys: vec![response.council_key],
        signature: response.signature,
        paired_at: response.now,
    };
    if held.is_none() {
        tx.set_devices_new_after(pairing.paired_at)?;
    }
    tx.set_pairing(&pairing.after(held))?;
    Ok(recovery::generate_if_first(tx, now, entropy)?)
}

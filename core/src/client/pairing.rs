//! Pairing a phone with a person, by a code from their adviser's screen.

use promise_protocol::{
    Author, AuthorKind, PROTOCOL, PairRequest, PairResponse, PairingCode, PairingLink,
};

use super::{PocketPhone, PromiseError, Topic, link::JoinLink};
use crate::{
    cancel::CancelHandle,
    sealing::RecoveryPhrase,
    store::{Entropy, Pairing, Tx},
    sync::recovery,
};

impl PocketPhone {
    /// Pairs with the server by a typed code. Waits for the network.
    ///
    /// A phone that was unpaired, or whose person has a new code, can pair again: what it holds
    /// stays, as long as the code is for the same person ([`PromiseError::OtherPerson`] if not).
    ///
    /// A person's first phone makes their twelve words. On a later one, what is private waits until
    /// the words are entered: whoever pairs a phone by a code alone cannot read it.
    pub fn pair(
        &self,
        server: &str,
        code: &str,
        cancel: &CancelHandle,
    ) -> Result<(), PromiseError> {
        // A mistyped code is told here, and costs none of the five tries.
        let code: PairingCode = code.parse().map_err(|_| PromiseError::CodeWrong)?;
        self.claim(server, &code, cancel, |_| true)
    }

    /// Pairs by the link that a QR code holds: from the adviser's screen, or from another phone of
    /// the same person, which also gives the words.
    pub fn pair_by_link(&self, link: &str, cancel: &CancelHandle) -> Result<(), PromiseError> {
        if let Ok(link) = link.parse::<PairingLink>() {
            return self.claim(&link.server, &link.code, cancel, |_| true);
        }
        let link: JoinLink = link.parse().map_err(|_| PromiseError::CodeWrong)?;
        self.claim(&link.server, &link.code, cancel, |answer| answer.person == link.person)?;
        link.words.map_or(Ok(()), |words| self.take_words(&words))
    }

    fn claim(
        &self,
        server: &str,
        code: &PairingCode,
        cancel: &CancelHandle,
        is_right: impl FnOnce(&PairResponse) -> bool,
    ) -> Result<(), PromiseError> {
        let request = PairRequest { protocol: PROTOCOL, code: code.to_string() };
        let call = self.network.begin(cancel);
        let answer = self.network.connection(server)?.pair(&request, &call)?;
        let author: Author = answer.author.parse().map_err(|_| PromiseError::ServerWrong)?;
        if author.kind() != AuthorKind::Phone || !is_right(&answer) {
            return Err(PromiseError::ServerWrong);
        }
        let now = self.clock.now_millis();
        let random = new_words()?;
        self.transact(|tx| keep(tx, server, answer, now, &random))?;
        self.tell([Topic::Status]);
        Ok(())
    }

    pub(super) fn take_words(&self, words: &RecoveryPhrase) -> Result<(), PromiseError> {
        let changed = self.transact(|tx| recovery::enter(tx, words))?;
        let topics = changed.iter().filter_map(|name| Topic::of_collection(name));
        self.tell(topics.chain([Topic::Status]));
        Ok(())
    }

    /// Whether the phone is paired, and with which council (its name in words).
    pub fn council(&self) -> Result<Option<String>, PromiseError> {
        Ok(self.transact(|tx| tx.pairing())?.map(|pairing| pairing.council_name))
    }
}

/// The bits of new words.
pub(super) fn new_words() -> Result<Entropy, PromiseError> {
    let mut bits = Entropy::default();
    getrandom::fill(bits.as_mut_slice()).map_err(|_| PromiseError::Internal)?;
    Ok(bits)
}

fn keep(
    tx: &mut dyn Tx,
    server: &str,
    answer: PairResponse,
    now: i64,
    random: &Entropy,
) -> Result<(), PromiseError> {
    let held = tx.pairing()?;
    let is_same = |held: &Pairing| held.person == answer.person && held.council == answer.council;
    if held.is_some_and(|held| !is_same(&held)) {
        return Err(PromiseError::OtherPerson);
    }
    let mut state = tx.sync_state()?;
    state.generation.get_or_insert(answer.generation);
    state.clock_offset = answer.now.saturating_sub(now);
    tx.set_sync_state(&state)?;
    tx.set_pairing(&Pairing {
        server: server.to_owned(),
        token: answer.token,
        author: answer.author,
        council: answer.council,
        council_name: answer.council_name,
        person: answer.person,
        key_check: answer.key_check,
    })?;
    Ok(recovery::generate_if_first(tx, now, random)?)
}

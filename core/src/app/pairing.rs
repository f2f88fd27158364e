//! Pairing a phone with a person, by a code from their adviser's screen.

use promise_protocol::{
    Author, AuthorKind, PROTOCOL, PairRequest, PairResponse, PairingCode, PairingLink,
};

use super::{Error, Phone, Topic};
use crate::{store::Pairing, store::Tx};

impl Phone {
    /// Pairs with the server by a typed code. Waits for the network.
    ///
    /// A phone that was unpaired, or whose person has a new code, can pair again: what it holds
    /// stays, as long as the code is for the same person ([`Error::OtherPerson`] if not).
    pub fn pair(&self, server: &str, code: &str) -> Result<(), Error> {
        // A mistyped code is told here, and costs none of the five tries.
        let code: PairingCode = code.parse().map_err(|_| Error::CodeWrong)?;
        let request = PairRequest { protocol: PROTOCOL, code: code.to_string() };
        let transport = self.transport(server)?;
        transport.start();
        let answer = transport.pair(&request)?;
        let author: Author = answer.author.parse().map_err(|_| Error::ServerWrong)?;
        if author.kind() != AuthorKind::Phone {
            return Err(Error::ServerWrong);
        }
        let now = self.clock.now_millis();
        self.transact(|tx| keep(tx, server, answer, now))?;
        self.tell([Topic::Status]);
        Ok(())
    }

    /// Pairs by the link that a QR code holds.
    pub fn pair_by_link(&self, link: &str) -> Result<(), Error> {
        let link: PairingLink = link.parse().map_err(|_| Error::CodeWrong)?;
        self.pair(&link.server, &link.code.to_string())
    }

    /// Whether the phone is paired, and with which council (its name in words).
    pub fn council(&self) -> Result<Option<String>, Error> {
        Ok(self.transact(|tx| tx.pairing())?.map(|pairing| pairing.council_name))
    }
}

fn keep(tx: &mut dyn Tx, server: &str, answer: PairResponse, now: i64) -> Result<(), Error> {
    let held = tx.pairing()?;
    let is_same = |held: &Pairing| held.person == answer.person && held.council == answer.council;
    if held.is_some_and(|held| !is_same(&held)) {
        return Err(Error::OtherPerson);
    }
    let mut state = tx.state()?;
    if state.generation.is_empty() {
        state.generation = answer.generation;
    }
    state.clock_offset = answer.now.saturating_sub(now);
    tx.set_state(&state)?;
    tx.set_pairing(&Pairing {
        server: server.to_owned(),
        token: answer.token,
        author: answer.author,
        council: answer.council,
        council_name: answer.council_name,
        person: answer.person,
    })?;
    Ok(())
}

//! A changed program on a phone that was paired by a code from the adviser.

use promise_core::{
    CancelHandle,
    sealing::{AccountKey, RecoveryPhrase},
    sync::{HttpTransport, Transport},
};
use promise_protocol::{KeyStep, PROTOCOL, PairResponse, SyncRequest, SyncResponse};

use crate::Scene;

/// The phone of an attacker who has words of their own, and not the person's.
pub struct Attacker {
    transport: HttpTransport,
    token: String,
    paired: PairResponse,
    requests: std::cell::Cell<u64>,
}

impl Attacker {
    pub fn paired(scene: &Scene) -> Self {
        let transport = HttpTransport::new(&scene.server.url()).unwrap();
        let (token, paired) = scene.server.pair_without_phone(&scene.person);
        Self { transport, token, paired, requests: std::cell::Cell::new(0) }
    }

    pub fn words() -> RecoveryPhrase {
        RecoveryPhrase::from_entropy(&[0xaa; 16])
    }

    /// The attacker's words as the person's first ones.
    pub fn first_step(&self) -> KeyStep {
        let key = self.key(&Self::words()).owner_key();
        KeyStep::first(&key, &self.paired.council, &self.paired.person)
    }

    /// A step from the person's key to the attacker's, which the attacker certified.
    pub fn step_from(&self, words: &RecoveryPhrase) -> KeyStep {
        let attackers = self.key(&Self::words());
        let next = attackers.owner().clone();
        let (council, person) = (&self.paired.council, &self.paired.person);
        let step = KeyStep::after(&attackers.owner_key(), next, council, person);
        KeyStep { before: Some(self.key(words).owner().clone()), ..step }
    }

    pub fn propose(&self, step: KeyStep) -> SyncResponse {
        self.requests.set(self.requests.get() + 1);
        let request = SyncRequest {
            protocol: PROTOCOL,
            generation: self.paired.generation.clone(),
            request: self.requests.get(),
            since: 0,
            edition: 0,
            changes: Vec::new(),
            key_steps: vec![step],
            clear_signature: None,
        };
        self.transport.sync(&self.token, &request, &CancelHandle::new()).unwrap()
    }

    fn key(&self, words: &RecoveryPhrase) -> AccountKey {
        AccountKey::derive(words, &self.paired.council, &self.paired.person)
    }
}

//! What a phone sends that was paired by a code, and has no words of its person.

use promise_protocol::{
    Cell, Change, KeyStep, PROTOCOL, SyncRequest, SyncResponse, signature::SigningKey,
};
use promise_services::{PhoneScope, ServiceError, sync};
use serde_json::Value;

use super::{COUNCIL, PersonIndex, Server, device, limited_phones::change, token};

impl Server {
    /// Proposes a step to another key.
    pub(in crate::simulation) fn propose(
        &mut self,
        now: i64,
        person: PersonIndex,
        step: KeyStep,
    ) -> SyncResponse {
        let request = SyncRequest { key_steps: vec![step], ..self.first_request(Vec::new()) };
        self.attack(now, person, request)
    }

    /// Clears a sealed cell, and proves it with this key, if it has any. Returns the cell as it was before;
    /// `None` if nothing is sealed.
    pub(in crate::simulation) fn clear(
        &mut self,
        now: i64,
        person: PersonIndex,
        owner: Option<&SigningKey>,
    ) -> Option<Cell> {
        let id = self.people[person].clone();
        let cell = self.sealed_cell(&id)?;
        let clear = change(&cell.key, cell.stamp.clone(), Value::Null);
        let mut request = self.first_request(vec![clear]);
        if let Some(owner) = owner {
            request.sign_clears(owner, COUNCIL, &person.to_string());
        }
        self.attack(now, person, request);
        Some(cell)
    }

    pub(super) fn first_request(&mut self, changes: Vec<Change>) -> SyncRequest {
        SyncRequest {
            protocol: PROTOCOL,
            generation: self.generation(),
            request: 1,
            since: 0,
            edition: 0,
            changes,
            key_steps: Vec::new(),
            clear_signature: None,
        }
    }

    /// Pairs a phone that is full, and sends its only request. It counts as one that never synced afterwards, so
    /// that the story goes on without it.
    fn attack(&mut self, now: i64, person: PersonIndex, request: SyncRequest) -> SyncResponse {
        let (author, owner) = (self.new_author(), self.people[person].clone());
        let Self { store, limits, devices, .. } = self;
        let answer = store.transact(|tx| {
            tx.person_for_update(&owner)?;
            let paired = device(author.clone(), owner.clone(), now);
            assert!(tx.add_device(&paired, &token(*devices))?, "every phone has its own author");
            let scope = PhoneScope::unchecked_for_simulation(COUNCIL.into(), owner, author);
            let answer = sync::answer_within(tx, &scope, request, now, *limits)?;
            tx.set_device(&paired)?;
            Ok::<_, ServiceError>(answer)
        });
        answer.expect("a well-formed request is answered")
    }
}

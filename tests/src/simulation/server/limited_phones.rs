//! A phone that a dishonest adviser pairs with a person, and what it tries on the server.

use promise_database::Tx;
use promise_protocol::{
    Cell, CellKey, Change, EraseRequest, KeyStep, PROTOCOL, RevocationReason, RevokeRequest, Stamp,
    SyncRequest, ids::PersonId, phone_record::PHONE, schema::is_sealed, signature::SigningKey,
};
use promise_services::{
    PhoneScope, ServiceError, StaffScope,
    devices::{self, ProvenPhone, capability, pairing},
    people::erasure,
    sync,
};
use serde_json::Value;

use super::{COUNCIL, PersonIndex, SERVER, Server};
use crate::harness::pairing::{new_phone, pair};

impl Server {
    /// Pairs a phone with a person by a code of staff. Returns `None` if none of the person's phones has
    /// synced yet: then it would be their first one.
    pub(in crate::simulation) fn pair_for_adviser(
        &mut self,
        now: i64,
        person: PersonIndex,
    ) -> Option<PhoneScope> {
        let id = self.people[person].clone();
        let Self { store, random, .. } = self;
        let paired = store.transact(|tx| {
            let devices = tx.devices(&id)?;
            if !devices.iter().any(|it| !it.is_revoked() && it.last_sync_at.is_some()) {
                return Ok(None);
            }
            let code = pairing::invite(tx, &StaffScope::operator(), &id, 30, now, random)?;
            let new = new_phone();
            let paired = pair(tx, (&new, SERVER), &code, now, random)?;
            Ok::<_, ServiceError>(Some(paired.author))
        });
        let author = paired.expect("a phone can be paired")?.parse().expect("an author");
        Some(PhoneScope::unchecked_for_simulation(COUNCIL.into(), id, author))
    }

    /// The state of a phone in the record of phones; empty if it is not there.
    pub(in crate::simulation) fn recorded_state(
        &mut self,
        person: PersonIndex,
        phone: &PhoneScope,
    ) -> String {
        let id = self.people[person].clone();
        let key = CellKey::new(PHONE, phone.device().as_str(), "state");
        let state = self.read(|tx| tx.cell(&id, &key));
        let state = state.and_then(|stored| stored.cell.value.as_str().map(str::to_owned));
        state.unwrap_or_default()
    }

    /// Tries as this phone what only a full phone may do, with the key in use, if there is one. Returns the first
    /// thing that was not refused.
    pub(in crate::simulation) fn try_what_is_forbidden(
        &mut self,
        now: i64,
        person: PersonIndex,
        phone: &PhoneScope,
        in_use: Option<&SigningKey>,
    ) -> Result<(), String> {
        let other = self.scopes_of(person).remove(0).device().to_string();
        let own = phone.device().to_string();
        let known = self.read(|tx| tx.person(phone.person())).expect("a known person");
        let erase = EraseRequest { protocol: PROTOCOL, person: known.id_on_phones().to_string() };
        let revoke = RevokeRequest { protocol: PROTOCOL, reason: RevocationReason::LostOrStolen };
        // It has a key of its own, and signs with it.
        let phone = &ProvenPhone::unchecked_for_simulation(phone.clone());
        let Self { store, random, .. } = self;
        let mut refuses = |what: &str, act: &mut Act<'_>| match store.transact(act) {
            Err(ServiceError::LimitedPhone) => Ok(()),
            other => Err(format!("a limited phone {what}: {other:?}")),
        };
        refuses("invites", &mut |tx| pairing::invite_own(tx, phone, now, random).map(drop))?;
        refuses("says yes to itself", &mut |tx| {
            capability::confirm_own(tx, phone, &own, now).map(drop)
        })?;
        refuses("says no to another one", &mut |tx| {
            capability::veto_own(tx, phone, &other, now).map(drop)
        })?;
        refuses("takes another one off", &mut |tx| {
            devices::revoke_own(tx, phone, &other, &revoke, now).map(drop)
        })?;
        self.changes_no_key_and_clears_nothing(now, person, phone, in_use)?;
        let erased = self.store.transact(|tx| erasure::erase_own(tx, phone, &erase, now));
        match erased {
            Err(ServiceError::LimitedPhone) => Ok(()),
            other => Err(format!("a limited phone erases the account: {other:?}")),
        }
    }

    fn changes_no_key_and_clears_nothing(
        &mut self,
        now: i64,
        person: PersonIndex,
        phone: &PhoneScope,
        in_use: Option<&SigningKey>,
    ) -> Result<(), String> {
        let request = self.destructive_request(person, in_use);
        let sent = request.changes.len();
        let Self { store, limits, .. } = self;
        let answer = store.transact(|tx| sync::answer_within(tx, phone, request, now, *limits));
        let answer = answer.expect("a well-formed request is answered");
        let refused = answer.verdicts.iter().filter(|it| it.reason == "limited_phone").count();
        if refused == sent && answer.key_accepted.is_empty() {
            Ok(())
        } else {
            Err(format!("a limited phone changes the key or clears: {answer:?}"))
        }
    }

    /// A request that changes the key in use, if there is one, and clears something that is sealed, if
    /// anything is.
    pub(super) fn destructive_request(
        &mut self,
        person: PersonIndex,
        in_use: Option<&SigningKey>,
    ) -> SyncRequest {
        let id = self.people[person].clone();
        let clears = self.sealed_cell(&id).map(|cell| change(&cell.key, cell.stamp, Value::Null));
        let mut request = self.first_request(clears.into_iter().collect());
        if let Some(owner) = in_use {
            let person = person.to_string();
            let next = SigningKey::from_seed(&[0xaa; 32]).expect("a seed").public_key();
            request.key_steps = vec![KeyStep::after(owner, next, COUNCIL, &person)];
            request.sign_clears(owner, COUNCIL, &person);
        }
        request
    }

    /// A sealed value of the person, if there is one.
    pub(super) fn sealed_cell(&mut self, person: &PersonId) -> Option<Cell> {
        let mut found = None;
        self.read(|tx| {
            tx.cells_after(person, 0, &mut |stored| {
                let cell = stored.cell;
                if is_sealed(&cell.key.collection) && !cell.value.is_null() {
                    found = Some(cell);
                }
                found.is_none()
            })
        });
        found
    }

    /// One of the person's phones says no to a phone.
    pub(in crate::simulation) fn veto(
        &mut self,
        now: i64,
        person: PersonIndex,
        phone: &PhoneScope,
    ) {
        let first = ProvenPhone::unchecked_for_simulation(self.scopes_of(person).remove(0));
        let name = phone.device().to_string();
        let vetoed = self.store.transact(|tx| capability::veto_own(tx, &first, &name, now));
        vetoed.expect("a full phone can refuse one");
    }

    /// The phones of a person in the story.
    pub(super) fn scopes_of(&self, person: PersonIndex) -> Vec<PhoneScope> {
        let pairs = self.scopes.iter().zip(&self.owners);
        pairs.filter(|(_, owner)| **owner == person).map(|(scope, _)| scope.clone()).collect()
    }
}

/// Something that a phone asks for.
pub(super) type Act<'a> = dyn FnMut(&mut dyn Tx) -> Result<(), ServiceError> + 'a;

pub(super) fn change(key: &CellKey, stamp: Stamp, value: Value) -> Change {
    Change {
        collection: key.collection.clone(),
        id: key.id.clone(),
        stamp,
        fields: [(key.field.clone(), value)].into(),
        signature: None,
    }
}

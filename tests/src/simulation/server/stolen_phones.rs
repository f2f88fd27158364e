//! A phone that was taken off, and what its thief tries with a changed program, which ignores orders.

use promise_protocol::{
    Author, EraseRequest, PROTOCOL, RevocationReason, RevokeRequest, signature::SigningKey,
};
use promise_services::{
    PhoneScope, ServiceError,
    devices::{self, ProvenPhone, capability, pairing},
    people::erasure,
    sync,
};

use super::{COUNCIL, PersonIndex, Server, limited_phones::Act};

impl Server {
    /// A thief goes on with a phone that was taken off. They have the person's words too, if the person has not
    /// changed them. Returns the first thing that was not refused.
    pub(in crate::simulation) fn try_with_stolen_phone(
        &mut self,
        now: i64,
        person: PersonIndex,
        author: &str,
        in_use: Option<&SigningKey>,
    ) -> Result<(), String> {
        let (id, author): (_, Author) =
            (self.people[person].clone(), author.parse().expect("an author"));
        let phone = PhoneScope::unchecked_for_simulation(COUNCIL.into(), id, author);
        // It has the phone's own key, and signs with it.
        let phone = ProvenPhone::unchecked_for_simulation(phone);
        let other = self.scopes_of(person).remove(0).device().to_string();
        let known = self.read(|tx| tx.person(phone.person())).expect("a known person");
        let erase = EraseRequest { protocol: PROTOCOL, person: known.id_on_phones().to_string() };
        let revoke = RevokeRequest { protocol: PROTOCOL, reason: RevocationReason::LostOrStolen };
        let request = self.destructive_request(person, in_use);
        let Self { store, random, limits, .. } = self;
        let limits = *limits;
        let mut refuses = |what: &str, act: &mut Act<'_>| match store.transact(act) {
            Err(ServiceError::Revoked(_)) => Ok(()),
            other => Err(format!("a phone that was taken off {what}: {other:?}")),
        };
        refuses("syncs", &mut |tx| {
            sync::answer_within(tx, &phone, request.clone(), now, limits).map(drop)
        })?;
        refuses("invites", &mut |tx| pairing::invite_own(tx, &phone, now, random).map(drop))?;
        refuses("sees who waits", &mut |tx| pairing::list_own_waiting(tx, &phone, now).map(drop))?;
        refuses("says yes to another one", &mut |tx| {
            capability::confirm_own(tx, &phone, &other, now).map(drop)
        })?;
        refuses("says no to another one", &mut |tx| {
            capability::veto_own(tx, &phone, &other, now).map(drop)
        })?;
        refuses("takes another one off", &mut |tx| {
            devices::revoke_own(tx, &phone, &other, &revoke, now).map(drop)
        })?;
        refuses("erases the account", &mut |tx| erasure::erase_own(tx, &phone, &erase, now))
    }
}

//! A fresh start of a person, and the pairing of their phones after it.

use promise_protocol::PairResponse;
use promise_services::{
    PhoneScope, ServiceError, StaffScope,
    devices::{
        self,
        pairing::{self, Claim, CodeRefusal},
    },
};

use super::{COUNCIL, PersonIndex, PhoneIndex, SERVER, Server};
use crate::harness::pairing::{confirm, new_phone, pair};

impl Server {
    /// Starts a person afresh, and pairs these phones of theirs again by codes. Returns what each receives, or what a
    /// phone got that had waited with a yes from before.
    pub(in crate::simulation) fn start_afresh(
        &mut self,
        now: i64,
        person: PersonIndex,
        phones: &[PhoneIndex],
    ) -> Result<Vec<PairResponse>, String> {
        let owner = self.people[person].clone();
        let Self { store, random, scopes, .. } = self;
        let paired = store.transact(|tx| {
            let (operator, earlier) = (StaffScope::operator(), new_phone());
            let code = pairing::invite(tx, &operator, &owner, 30, now, random)?;
            confirm(tx, (&earlier, SERVER), &code, now, random)?;
            devices::start_afresh(tx, &operator, &owner, now)?;
            let request = earlier.open(&code.to_string(), SERVER);
            match pairing::claim(tx, &request, now, random) {
                // Or a fault had it paired before, and it was released.
                Ok(Claim::Refused(CodeRefusal::Expired)) | Err(ServiceError::Revoked(_)) => {}
                other => return Ok(Err(format!("a phone from before the start got {other:?}"))),
            }
            let mut paired = Vec::new();
            for phone in phones {
                let code = pairing::invite(tx, &operator, &owner, 30, now, random)?;
                let mut new = new_phone();
                // In the story a phone keeps its key.
                let known = tx.device(scopes[*phone].device())?;
                new.opening.signing_key = known.expect("a known phone").signing_key;
                paired.push(pair(tx, (&new, SERVER), &code, now, random)?);
            }
            Ok::<_, ServiceError>(Ok(paired))
        });
        let paired = paired.expect("a person can start afresh")?;
        for (phone, response) in phones.iter().zip(&paired) {
            let author = response.author.parse().expect("an author");
            self.scopes[*phone] =
                PhoneScope::unchecked_for_simulation(COUNCIL.into(), owner.clone(), author);
        }
        Ok(paired)
    }
}

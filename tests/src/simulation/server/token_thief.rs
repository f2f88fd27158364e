//! What the server does with acts: those of phones, and those of someone who has a phone's token alone.

use promise_protocol::{
    ActSignature, ActingPhone, EraseRequest, PROTOCOL, PhoneAct, RevocationReason, RevokeRequest,
    pairing::{PairingAnswer, PairingDecision, PairingKey, PairingNonce},
    signature::SigningKey,
};
use promise_services::{
    PhoneScope, ServiceError,
    devices::{self, capability, pairing},
    people::erasure,
};

use super::{COUNCIL, PhoneIndex, Server};

impl Server {
    /// Tries every act with the token of this phone: without a signature, and with one of another key. Returns the
    /// first that was not refused for that reason.
    pub(in crate::simulation) fn try_with_token(
        &mut self,
        now: i64,
        phone: PhoneIndex,
    ) -> Result<(), String> {
        let (scope, owner) = (self.scopes[phone].clone(), self.owners[phone]);
        let known = self.read(|tx| tx.person(scope.person())).expect("a known person");
        let person = known.id_on_phones().to_string();
        let (author, generation) = (scope.device().to_string(), self.generation());
        let other =
            self.scopes_of(owner).pop().map_or(author.clone(), |it| it.device().to_string());
        let erase = EraseRequest { protocol: PROTOCOL, person: person.clone() };
        let revoke = RevokeRequest { protocol: PROTOCOL, reason: RevocationReason::LostOrStolen };
        let answer = PairingAnswer {
            protocol: PROTOCOL,
            key: PairingKey::new([1; 32]),
            nonce: PairingNonce::new([2; 32]),
            decision: Some(PairingDecision::Confirmed),
            phrase: None,
        };
        let acts = [
            PhoneAct::Invite,
            PhoneAct::Answer { code: "K7QF", answer: &answer },
            PhoneAct::Revoke { phone: &author, request: &revoke },
            PhoneAct::Revoke { phone: &other, request: &revoke },
            PhoneAct::Confirm { phone: &other },
            PhoneAct::Veto { phone: &other },
            PhoneAct::Erase { request: &erase },
        ];
        let thief = SigningKey::from_seed(&[0x77; 32]).expect("a seed");
        let acting = ActingPhone {
            council: COUNCIL,
            person: &person,
            author: &author,
            generation: &generation,
        };
        for act in &acts {
            let forged = acting.sign(act, u64::MAX >> 1, &thief);
            for signed in [None, Some(&forged)] {
                match self.perform(now, &scope, act, signed) {
                    Err(ServiceError::NotProven) => {}
                    other => return Err(format!("with a token alone {act:?} got {other:?}")),
                }
            }
        }
        Ok(())
    }

    /// A phone invites another one. Returns `true` if the server accepted its signature.
    pub(in crate::simulation) fn invite(
        &mut self,
        now: i64,
        phone: PhoneIndex,
        signed: &ActSignature,
    ) -> bool {
        let scope = self.scopes[phone].clone();
        match self.perform(now, &scope, &PhoneAct::Invite, Some(signed)) {
            Ok(()) | Err(ServiceError::TooManyInvitations | ServiceError::LimitedPhone) => true,
            Err(ServiceError::NotProven) => false,
            Err(error) => panic!("an invitation failed: {error}"),
        }
    }

    /// Does as the routes do: first the signature, in a transaction of its own, and then the act.
    fn perform(
        &mut self,
        now: i64,
        scope: &PhoneScope,
        act: &PhoneAct<'_>,
        signed: Option<&ActSignature>,
    ) -> Result<(), ServiceError> {
        let Self { store, random, .. } = self;
        let by = store.transact(|tx| devices::prove(tx, scope.clone(), act, signed))?;
        store.transact(|tx| match *act {
            PhoneAct::Erase { request } => erasure::erase_own(tx, &by, request, now),
            PhoneAct::Invite => pairing::invite_own(tx, &by, now, random).map(drop),
            PhoneAct::Answer { code, answer } => {
                pairing::answer_own(tx, &by, code, answer, now).map(drop)
            }
            PhoneAct::Revoke { phone, request } => {
                devices::revoke_own(tx, &by, phone, request, now).map(drop)
            }
            PhoneAct::Confirm { phone } => capability::confirm_own(tx, &by, phone, now).map(drop),
            PhoneAct::Veto { phone } => capability::veto_own(tx, &by, phone, now).map(drop),
        })
    }
}

//! Tests of what a phone proves with its key.

use promise_protocol::{
    EraseRequest, RevocationReason, RevokeRequest, pairing::PhoneToken, signature::SigningKey,
};

use super::*;
use crate::{
    devices::{self, pairing},
    fixture::{NOW, TestPhone, World, phone_key},
};

/// Ada has two phones. The first one has this key.
struct Scene {
    world: World,
    first: TestPhone,
    key: SigningKey,
    other: String,
}

impl Scene {
    fn new() -> Self {
        let mut world = World::new();
        let ada = world.ada.clone();
        let paired = world.pair(&ada);
        let key = phone_key(token_bytes(&paired.token));
        assert_eq!(key.public_key(), paired.key);
        let first = TestPhone::new(&ada, &paired);
        let other = world.pair(&ada).author.clone();
        Self { world, first, key, other }
    }

    fn sign(&self, act: &PhoneAct<'_>, number: u64, key: &SigningKey) -> ActSignature {
        let phone = ActingPhone {
            council: "barnet",
            person: self.world.ada.as_str(),
            author: self.first.scope.device().as_str(),
            generation: &self.first.generation,
        };
        phone.sign(act, number, key)
    }

    fn prove(
        &mut self,
        act: &PhoneAct<'_>,
        signed: Option<&ActSignature>,
    ) -> Result<ProvenPhone, ServiceError> {
        let scope = PhoneScope::clone(&self.first.scope);
        self.world.staff(|tx, _, _| prove(tx, scope, act, signed))
    }

    fn last_act(&mut self) -> u64 {
        let author = self.first.scope.device().clone();
        self.world.run(|tx| tx.device(&author)).unwrap().last_act
    }
}

fn token_bytes(token: &str) -> [u8; 32] {
    *token.parse::<PhoneToken>().unwrap().as_bytes()
}

fn is_not_proven<T>(result: &Result<T, ServiceError>) -> bool {
    matches!(result, Err(ServiceError::NotProven))
}

#[test]
fn act_is_proven_by_the_key_that_was_paired_and_no_other_one() {
    let mut scene = Scene::new();
    let (invite, thief) = (PhoneAct::Invite, SigningKey::from_seed(&[9; 32]).unwrap());
    let forged = scene.sign(&invite, 1, &thief);
    assert!(is_not_proven(&scene.prove(&invite, None)));
    assert!(is_not_proven(&scene.prove(&invite, Some(&forged))));
    assert_eq!(scene.last_act(), 0, "nothing was changed");
    let signed = scene.sign(&invite, 1, &scene.key);
    let proven = scene.prove(&invite, Some(&signed)).unwrap();
    assert_eq!(proven.device(), scene.first.scope.device());
    assert_eq!(scene.last_act(), 1);
}

#[test]
fn signature_works_once_and_later_ones_need_a_greater_number() {
    let mut scene = Scene::new();
    let invite = PhoneAct::Invite;
    let [one, five, four] = [1, 5, 4].map(|number| scene.sign(&invite, number, &scene.key));
    scene.prove(&invite, Some(&one)).unwrap();
    assert!(is_not_proven(&scene.prove(&invite, Some(&one))));
    scene.prove(&invite, Some(&five)).unwrap();
    assert!(is_not_proven(&scene.prove(&invite, Some(&four))), "it comes late");
    assert_eq!(scene.last_act(), 5);
}

#[test]
fn signature_of_one_act_proves_no_other_act_object_or_body() {
    let mut scene = Scene::new();
    let (other, person) = (scene.other.clone(), scene.world.ada.to_string());
    let [lost, unused] = [RevocationReason::LostOrStolen, RevocationReason::NoLongerUsed]
        .map(|reason| RevokeRequest { protocol: PROTOCOL, reason });
    let erase = EraseRequest { protocol: PROTOCOL, person };
    let released = PhoneAct::Revoke { phone: &other, request: &unused };
    let signed = scene.sign(&released, 1, &scene.key);
    let own = scene.first.scope.device().to_string();
    for act in [
        PhoneAct::Revoke { phone: &other, request: &lost },
        PhoneAct::Revoke { phone: &own, request: &unused },
        PhoneAct::Confirm { phone: &other },
        PhoneAct::Veto { phone: &other },
        PhoneAct::Invite,
        PhoneAct::Erase { request: &erase },
    ] {
        assert!(is_not_proven(&scene.prove(&act, Some(&signed))), "{act:?}");
    }
    scene.prove(&released, Some(&signed)).unwrap();
}

/// A restored server has forgotten which numbers were used.
#[test]
fn signature_from_before_a_restore_proves_nothing() {
    let mut scene = Scene::new();
    let invite = PhoneAct::Invite;
    let recorded = scene.sign(&invite, 7, &scene.key);
    scene.world.staff(|tx, _, random| generation::begin(tx, random)).unwrap();
    assert!(is_not_proven(&scene.prove(&invite, Some(&recorded))));
    scene.first.generation = scene.world.run(|tx| tx.generation()).unwrap().id;
    let signed = scene.sign(&invite, 8, &scene.key);
    scene.prove(&invite, Some(&signed)).unwrap();
}

#[test]
fn phone_that_was_revoked_proves_nothing_and_gets_its_order() {
    let mut scene = Scene::new();
    let invite = PhoneAct::Invite;
    let signed = scene.sign(&invite, 1, &scene.key);
    let proven = scene.prove(&invite, Some(&signed)).unwrap();
    let author = scene.first.scope.device().clone();
    let lost = RevocationReason::LostOrStolen;
    scene.world.staff(|tx, scope, _| devices::revoke(tx, scope, &author, lost, NOW)).unwrap();
    let signed = scene.sign(&invite, 2, &scene.key);
    assert!(matches!(scene.prove(&invite, Some(&signed)), Err(ServiceError::Revoked(_))));
    // In between it could be revoked too.
    let own = author.to_string();
    let request = RevokeRequest { protocol: PROTOCOL, reason: lost };
    let invited = scene.world.staff(|tx, _, random| pairing::invite_own(tx, &proven, NOW, random));
    assert!(matches!(invited, Err(ServiceError::Revoked(_))), "{invited:?}");
    let left = scene.world.staff(|tx, _, _| devices::revoke_own(tx, &proven, &own, &request, NOW));
    assert!(matches!(left, Err(ServiceError::Revoked(_))), "{left:?}");
}

/// A phone of another version signs something else, and has to know why it is refused.
#[test]
fn act_of_another_version_is_refused_as_that() {
    let mut scene = Scene::new();
    let request = EraseRequest { protocol: PROTOCOL + 1, person: scene.world.ada.to_string() };
    let refused = scene.prove(&PhoneAct::Erase { request: &request }, None);
    assert!(matches!(refused, Err(ServiceError::UnsupportedProtocol)), "{refused:?}");
}

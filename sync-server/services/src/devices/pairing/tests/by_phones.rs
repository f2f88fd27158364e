//! Pairing by a code of another phone of the person.

use promise_protocol::{
    pairing::{PairingAnswer, PairingDecision, PairingEnd, SealedPhrase, WaitingPhones},
    phone_record,
};

use super::*;
use crate::fixture::answer_with;

/// A phone that made a code, and one that sent it.
struct Scene {
    world: World,
    old: TestPhone,
    code: PairingCode,
    new: NewPhone,
}

impl Scene {
    fn new() -> Self {
        let mut world = World::new();
        let ada = world.ada.clone();
        let old = world.phone(&ada);
        let code = world.staff(|tx, _, random| invite_own(tx, &old.scope, NOW, random)).unwrap();
        let (code, new) = (code.code.parse().unwrap(), world.new_phone());
        Self { world, old, code, new }
    }

    /// Both have sent what the digits are made of.
    fn compared() -> Self {
        let mut scene = Self::new();
        scene.step(false).unwrap();
        scene.answer(&answer_with(None)).unwrap();
        scene.step(true).unwrap();
        scene
    }

    fn step(&mut self, opens: bool) -> Result<PairProgress, CodeRefusal> {
        let code = self.code.to_string();
        let (start, open) = (self.new.start(&code, SERVER), self.new.open(&code, SERVER));
        self.world.step(if opens { &open } else { &start }, NOW)
    }

    fn answer(&mut self, answer: &PairingAnswer) -> Result<WaitingPhones, CodeRefusal> {
        match self.answer_as(&self.old.clone(), answer).unwrap() {
            Answered::Waiting(waiting) => Ok(waiting),
            Answered::Refused(refusal) => Err(refusal),
        }
    }

    fn answer_as(
        &mut self,
        phone: &TestPhone,
        answer: &PairingAnswer,
    ) -> Result<Answered, ServiceError> {
        let id = self.code.invitation_id().to_owned();
        self.world.staff(|tx, _, _| answer_own(tx, &phone.scope, &id, answer, NOW))
    }

    fn list(&mut self) -> WaitingPhones {
        let scope = self.old.scope.clone();
        self.world.staff(|tx, _, _| list_own_waiting(tx, &scope, NOW)).unwrap()
    }
}

fn yes() -> PairingAnswer {
    let phrase = Some(SealedPhrase::new([3; 32]));
    PairingAnswer { phrase, ..answer_with(Some(PairingDecision::Confirmed)) }
}

#[test]
fn sealed_phrase_is_given_to_the_confirmed_phone_until_it_has_synced() {
    let mut scene = Scene::compared();
    scene.answer(&yes()).unwrap();
    for _ in 0..2 {
        let progress = scene.step(true).unwrap();
        assert!(progress.paired.is_some());
        assert_eq!(progress.phrase, Some(SealedPhrase::new([3; 32])), "its response may be lost");
    }
    assert!(scene.answer(&yes()).is_ok(), "a yes whose response was lost is repeated");
    let paired = scene.step(true).unwrap().paired.unwrap();
    let ada = scene.world.ada.clone();
    TestPhone::new(&ada, &paired).sync_all(&mut scene.world, vec![]);
    assert_eq!(scene.step(true).unwrap_err(), CodeRefusal::Used);
    let id = scene.code.invitation_id().to_owned();
    let kept = scene.world.run(|tx| tx.invitation(&id)).unwrap();
    assert_eq!(kept.pending, None, "the box is deleted");
}

#[test]
fn new_phone_waits_until_the_old_one_has_answered() {
    let mut scene = Scene::new();
    for opens in [false, true] {
        assert_eq!(scene.step(opens).unwrap(), PairProgress::default(), "nothing to open yet");
    }
    let waiting = scene.list().phones.remove(0);
    assert_eq!(waiting.commitment, scene.new.opening.commitment());
    assert_eq!((waiting.opening, waiting.answered), (None, false));
    scene.answer(&answer_with(None)).unwrap();
    let offer = scene.step(false).unwrap().offer.unwrap();
    assert_eq!((offer.inviter, offer.by), (phone_record::Inviter::Phone, None));
    assert_eq!(offer.key, Some(answer_with(None).key));
    scene.step(true).unwrap();
    assert_eq!(scene.list().phones.remove(0).opening, Some(scene.new.opening.clone()));
}

#[test]
fn yes_before_the_new_phone_opened_its_commitment_is_none() {
    let mut scene = Scene::new();
    scene.step(false).unwrap();
    scene.answer(&yes()).unwrap();
    let progress = scene.step(true).unwrap();
    assert_eq!((progress.paired, progress.phrase), (None, None));
}

/// It would change the digits on one of the screens.
#[test]
fn second_answer_with_another_key_is_refused() {
    let mut scene = Scene::compared();
    let other = PairingAnswer { key: PairingKey::new([7; 32]), ..yes() };
    assert_eq!(scene.answer(&other).unwrap_err(), CodeRefusal::Used);
    assert_eq!(scene.step(true).unwrap().paired, None);
}

#[test]
fn only_the_phone_that_made_the_code_answers_it_and_only_a_full_one() {
    let mut scene = Scene::compared();
    let (ada, bea) = (scene.world.ada.clone(), scene.world.bea.clone());
    let (second, beas) = (scene.world.phone(&ada), scene.world.phone(&bea));
    for other in [&second, &beas] {
        let answered = scene.answer_as(other, &yes());
        assert!(matches!(answered, Err(ServiceError::NotFound(_))), "{answered:?}");
    }
    let author = scene.old.scope.device().clone();
    scene.world.run(|tx| {
        tx.person_for_update(&ada)?;
        let device = tx.device(&author)?.expect("it is paired");
        tx.set_device(&Device { limited: true, ..device })
    });
    let old = scene.old.clone();
    let answered = scene.answer_as(&old, &yes());
    assert!(matches!(answered, Err(ServiceError::LimitedPhone)), "{answered:?}");
    assert_eq!(scene.step(true).unwrap().paired, None);
}

#[test]
fn no_of_either_side_ends_the_code_for_the_other() {
    let mut scene = Scene::compared();
    scene.answer(&answer_with(Some(PairingDecision::Refused))).unwrap();
    assert_eq!(scene.step(true).unwrap_err(), CodeRefusal::Refused);
    let mut scene = Scene::compared();
    let request = scene.new.refuse(&scene.code.to_string(), SERVER);
    assert_eq!(scene.world.step(&request, NOW).unwrap_err(), CodeRefusal::Refused);
    assert_eq!(scene.answer(&yes()).unwrap_err(), CodeRefusal::Refused);
    assert_eq!(scene.list().phones.remove(0).ended, Some(PairingEnd::Refused));
}

#[test]
fn person_can_still_say_no_until_the_phone_is_paired() {
    let mut scene = Scene::compared();
    scene.answer(&yes()).unwrap();
    scene.answer(&answer_with(Some(PairingDecision::Refused))).unwrap();
    assert_eq!(scene.step(true).unwrap_err(), CodeRefusal::Refused);
}

#[test]
fn second_phone_with_the_code_is_shown_to_the_one_that_made_it() {
    let mut scene = Scene::compared();
    let code = scene.code.to_string();
    assert_eq!(claim(&mut scene.world, &code, NOW).unwrap_err(), CodeRefusal::TwoPhones);
    assert_eq!(scene.list().phones.remove(0).ended, Some(PairingEnd::TwoPhones));
    assert_eq!(scene.answer(&yes()).unwrap_err(), CodeRefusal::TwoPhones);
}

/// Staff must not say yes in place of the phone, from which alone the words can come.
#[test]
fn code_of_a_phone_is_not_found_by_staff() {
    let mut scene = Scene::compared();
    let id = scene.code.invitation_id().to_owned();
    let found = scene.world.staff(|tx, scope, _| find(tx, scope, &id, NOW));
    assert!(matches!(found, Err(ServiceError::NotFound(_))), "{found:?}");
}

#[test]
fn phone_that_waits_is_in_no_copy_of_what_is_held_about_a_person() {
    let mut scene = Scene::compared();
    let ada = scene.world.ada.clone();
    let jo = scene.world.jo_as(StaffRole::Manager);
    let export = scene
        .world
        .staff(|tx, _, _| crate::people::subject_access::export(tx, &jo, &ada, NOW))
        .unwrap();
    let text = serde_json::to_string(&export).unwrap();
    assert!(!text.contains(&scene.new.opening.key.to_string()) && !text.contains("commitment"));
}

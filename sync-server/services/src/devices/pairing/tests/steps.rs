//! The steps of a pairing by a code of staff: nothing flows before both sides said yes.

use promise_protocol::pairing::{Opening, PairingDecision, PairingNonce, Transcript};

use super::*;
use crate::{StaffScope, fixture::fields, retention, staff_writes};

/// A code of staff, and a phone that has opened its commitment.
struct Scene {
    world: World,
    code: PairingCode,
    phone: NewPhone,
}

impl Scene {
    fn new() -> Self {
        let mut world = World::new();
        let (code, phone) = (invite(&mut world, 30), world.new_phone());
        Self { world, code, phone }
    }

    /// A phone that shows its digits.
    fn waiting() -> Self {
        let mut scene = Self::new();
        scene.start().unwrap();
        scene.open().unwrap();
        scene
    }

    fn start(&mut self) -> Result<PairProgress, CodeRefusal> {
        let request = self.phone.start(&self.code.to_string(), SERVER);
        self.world.step(&request, NOW)
    }

    fn open(&mut self) -> Result<PairProgress, CodeRefusal> {
        self.open_at(NOW)
    }

    fn open_at(&mut self, now: i64) -> Result<PairProgress, CodeRefusal> {
        let request = self.phone.open(&self.code.to_string(), SERVER);
        self.world.step(&request, now)
    }

    fn state(&mut self) -> WaitingState {
        let id = self.code.invitation_id().to_owned();
        self.world.staff(|tx, scope, _| find(tx, scope, &id, NOW)).unwrap().state
    }

    fn decide(&mut self, decision: PairingDecision) {
        let code = self.code.to_string();
        self.world.other_side(&code, Some(decision), NOW);
    }

    fn phones(&mut self) -> usize {
        let ada = self.world.ada.clone();
        self.world.run(|tx| tx.devices(&ada)).len()
    }

    fn log(&mut self) -> Vec<(String, Actor)> {
        let filter = promise_database::AuditFilter::default();
        let entries = self.world.run(|tx| tx.entries_after(&"barnet".into(), &filter, 0, 100));
        entries.into_iter().map(|entry| (entry.action, entry.actor)).collect()
    }
}

/// The wrong person's phone shows itself by its digits, and gets nothing.
#[test]
fn the_wrong_persons_phone_is_noticed_before_anything_personal_flows() {
    let mut scene = Scene::waiting();
    for _ in 0..3 {
        let progress = scene.open().unwrap();
        assert_eq!((progress.paired, progress.phrase), (None, None));
        let sent = serde_json::to_string(&progress.offer).unwrap();
        assert!(!sent.contains(scene.world.ada.as_str()), "{sent}");
    }
    let token = scene.phone.token.to_string();
    let scope = scene.world.staff(|tx, _, _| authentication::authenticate(tx, &token));
    assert!(matches!(scope, Err(ServiceError::NotPaired)), "its token does not work");
    assert_eq!(scene.phones(), 0);
    scene.decide(PairingDecision::Refused);
    assert_eq!(scene.open().unwrap_err(), CodeRefusal::Refused);
    assert_eq!((scene.state(), scene.phones()), (WaitingState::Refused, 0));
    let code = scene.code.to_string();
    assert_eq!(claim(&mut scene.world, &code, NOW).unwrap_err(), CodeRefusal::Used);
}

#[test]
fn both_sides_compute_the_same_digits() {
    let mut scene = Scene::new();
    let offer = scene.start().unwrap().offer.unwrap();
    assert_eq!(scene.state(), WaitingState::NoPhone, "it has not opened its commitment");
    scene.open().unwrap();
    let transcript = Transcript {
        code: scene.code.invitation_id(),
        server: SERVER,
        council: &offer.council,
        inviter: &offer.inviter,
        opening: &scene.phone.opening,
        nonce: &offer.nonce,
        key: offer.key.as_ref(),
    };
    let (digits, server) = (transcript.hash().digits(), SERVER.to_owned());
    assert_eq!(scene.state(), WaitingState::Digits { digits, server });
}

#[test]
fn phone_is_paired_after_the_other_side_said_yes_and_every_step_can_be_repeated() {
    let mut scene = Scene::new();
    let first = scene.start().unwrap();
    assert_eq!(scene.start().unwrap(), first, "the same nonce");
    scene.open().unwrap();
    scene.open().unwrap();
    assert_eq!(scene.start().unwrap(), first, "a late copy of the first request");
    scene.decide(PairingDecision::Confirmed);
    assert_eq!(scene.state(), WaitingState::Confirmed);
    let paired = scene.open().unwrap().paired.unwrap();
    assert_eq!(scene.open().unwrap().paired, Some(paired.clone()), "its response was lost");
    assert_eq!((scene.phones(), scene.state()), (1, WaitingState::Paired));
    let ada = scene.world.ada.clone();
    TestPhone::new(&ada, &paired).sync_all(&mut scene.world, vec![]);
    assert_eq!(scene.open().unwrap_err(), CodeRefusal::Used, "it has synced");
    let id = scene.code.invitation_id().to_owned();
    let kept = scene.world.run(|tx| tx.invitation(&id)).unwrap();
    assert_eq!(kept.pending, None, "nothing is kept of it");
    assert_eq!(scene.state(), WaitingState::Paired);
}

#[test]
fn yes_to_other_digits_or_before_a_phone_shows_any_pairs_nothing() {
    let mut scene = Scene::new();
    let id = scene.code.invitation_id().to_owned();
    let yes = |scene: &mut Scene, digits: &str| {
        let digits = digits.parse().unwrap();
        scene.world.staff(|tx, scope, _| confirm(tx, scope, &id, digits, NOW)).unwrap()
    };
    assert!(!yes(&mut scene, "000000"), "no phone waits");
    scene.start().unwrap();
    assert!(!yes(&mut scene, "000000"), "it shows no digits");
    scene.open().unwrap();
    let WaitingState::Digits { digits, .. } = scene.state() else { panic!("it waits") };
    let other = if digits.to_string() == "123 456" { "654321" } else { "123456" };
    assert!(!yes(&mut scene, other));
    assert_eq!(scene.open().unwrap().paired, None);
    assert!(yes(&mut scene, &digits.to_string()));
    assert!(scene.open().unwrap().paired.is_some());
}

/// The response that paired the phone was lost, and its person said no after that.
#[test]
fn no_after_a_lost_response_takes_the_phone_off() {
    let mut scene = Scene::waiting();
    scene.decide(PairingDecision::Confirmed);
    let paired = scene.open().unwrap().paired.unwrap();
    let mut no = scene.phone.open(&scene.code.to_string(), SERVER);
    no.refused = true;
    assert_eq!(scene.world.step(&no, NOW).unwrap_err(), CodeRefusal::Refused);
    let ada = scene.world.ada.clone();
    let phones = scene.world.run(|tx| tx.devices(&ada));
    assert!(phones.iter().all(Device::is_revoked), "{phones:?}");
    assert_eq!(scene.state(), WaitingState::Refused);
    assert_eq!(scene.open().unwrap_err(), CodeRefusal::Refused, "a late copy pairs nothing");
    assert_eq!(phones[0].author.as_str(), paired.author);
    // A phone in use is not taken off by a late copy.
    let mut scene = Scene::waiting();
    scene.decide(PairingDecision::Confirmed);
    let paired = scene.open().unwrap().paired.unwrap();
    let ada = scene.world.ada.clone();
    TestPhone::new(&ada, &paired).sync_all(&mut scene.world, vec![]);
    let mut no = scene.phone.open(&scene.code.to_string(), SERVER);
    no.refused = true;
    scene.world.step(&no, NOW).unwrap_err();
    assert!(!scene.world.run(|tx| tx.devices(&ada))[0].is_revoked());
}

/// Two phones know the code: one of them is not meant, and nobody can say which.
#[test]
fn stolen_code_pairs_no_phone_once_two_have_sent_it() {
    let mut scene = Scene::waiting();
    let code = scene.code.to_string();
    assert_eq!(claim(&mut scene.world, &code, NOW).unwrap_err(), CodeRefusal::TwoPhones);
    assert_eq!(scene.open().unwrap_err(), CodeRefusal::TwoPhones, "the first one too");
    assert_eq!((scene.state(), scene.phones()), (WaitingState::TwoPhones, 0));
    assert!(scene.log().iter().any(|(action, _)| action == "refused_pairing"));
    // The token is a part of it: who has seen the commitment cannot go on in its place.
    let mut scene = Scene::waiting();
    let copied = NewPhone { token: scene.world.new_phone().token, ..scene.phone.clone() };
    let request = copied.open(&scene.code.to_string(), SERVER);
    assert_eq!(scene.world.step(&request, NOW).unwrap_err(), CodeRefusal::TwoPhones);
}

/// Who is in between could otherwise try keys until both screens show the same digits.
#[test]
fn key_that_is_not_the_committed_one_ends_the_code() {
    let mut scene = Scene::new();
    scene.start().unwrap();
    let nonce = PairingNonce::new([9; 32]);
    let other = Opening { nonce, ..scene.phone.opening.clone() };
    let request = scene.phone.start(&scene.code.to_string(), SERVER).opened(other);
    assert_eq!(scene.world.step(&request, NOW).unwrap_err(), CodeRefusal::Refused);
    assert_eq!((scene.state(), scene.phones()), (WaitingState::Refused, 0));
}

/// The phone must not open before it has the other side's part.
#[test]
fn opening_in_the_first_request_is_ignored() {
    let mut scene = Scene::new();
    scene.open().unwrap();
    assert_eq!(scene.state(), WaitingState::NoPhone);
    scene.open().unwrap();
    assert!(matches!(scene.state(), WaitingState::Digits { .. }));
}

#[test]
fn person_at_the_new_phone_can_say_no() {
    let mut scene = Scene::waiting();
    let request = scene.phone.refuse(&scene.code.to_string(), SERVER);
    for _ in 0..2 {
        assert_eq!(scene.world.step(&request, NOW).unwrap_err(), CodeRefusal::Refused);
    }
    assert_eq!((scene.state(), scene.phones()), (WaitingState::Refused, 0));
}

#[test]
fn pairing_ends_with_its_code_and_nothing_of_it_is_kept() {
    let mut scene = Scene::waiting();
    let end = NOW + 30 * 60_000;
    assert_eq!(scene.open_at(end).unwrap_err(), CodeRefusal::Expired);
    scene.world.staff(|tx, _, _| retention::run(tx, end + 1)).unwrap();
    let id = scene.code.invitation_id().to_owned();
    assert_eq!(scene.world.run(|tx| tx.invitation(&id)).unwrap().pending, None);
    assert_eq!(scene.open_at(end + 1).unwrap_err(), CodeRefusal::Expired);
    assert_eq!(scene.phones(), 0);
}

#[test]
fn staff_out_of_reach_neither_see_nor_confirm_a_phone_that_waits() {
    let mut scene = Scene::waiting();
    let id = scene.code.invitation_id().to_owned();
    let WaitingState::Digits { digits, .. } = scene.state() else { panic!("it waits") };
    let (jo, ada) = (scene.world.jo_as(StaffRole::Adviser), scene.world.ada.clone());
    let jo_id = scene.world.jo.clone();
    scene.world.staff(|tx, scope, _| assignments::unassign(tx, scope, &ada, &jo_id, NOW)).unwrap();
    let not_found = |result: Result<(), ServiceError>| {
        matches!(result, Err(ServiceError::NotFound(_) | ServiceError::NotAllowed))
    };
    let mut as_jo = |act: fn(&mut dyn Tx, &StaffScope, &str) -> Result<(), ServiceError>| {
        scene.world.staff(|tx, _, _| act(tx, &jo, &id))
    };
    assert!(not_found(as_jo(|tx, jo, id| find(tx, jo, id, NOW).map(drop))));
    let confirmed = scene.world.staff(|tx, _, _| confirm(tx, &jo, &id, digits, NOW)).map(drop);
    assert!(not_found(confirmed));
    let refused = scene.world.staff(|tx, _, _| refuse(tx, &jo, &id, digits, NOW)).map(drop);
    assert!(not_found(refused));
    assert!(matches!(scene.state(), WaitingState::Digits { .. }));
}

#[test]
fn starting_confirming_and_refusing_are_in_both_logs() {
    let mut scene = Scene::waiting();
    scene.decide(PairingDecision::Confirmed);
    scene.open().unwrap();
    let expected = [
        ("invited".to_owned(), Actor::Operator),
        ("started_pairing".to_owned(), Actor::OwnPhone),
        ("confirmed_pairing".to_owned(), Actor::Operator),
        ("paired".to_owned(), Actor::OwnPhone),
    ];
    let log = scene.log();
    assert_eq!(log[log.len() - 4..], expected);
    let ada = scene.world.ada.clone();
    let records = scene.world.staff(|tx, _, _| crate::cells::records::list(tx, &ada, "access"));
    let did = format!("{:?}", records.unwrap());
    for act in ["started_pairing", "confirmed_pairing", "paired"] {
        assert!(did.contains(act), "{act} is not in {did}");
    }
    let mut scene = Scene::waiting();
    scene.decide(PairingDecision::Refused);
    assert_eq!(scene.log().pop(), Some(("refused_pairing".to_owned(), Actor::Operator)));
}

/// What staff wrote before is sent after the pairing, and not before.
#[test]
fn no_cell_reaches_a_phone_that_waits() {
    let mut scene = Scene::waiting();
    let ada = scene.world.ada.clone();
    let email = fields(serde_json::json!({"email": "new@example.org"}));
    let contact = scene.world.contact.clone();
    scene
        .world
        .staff(|tx, scope, _| staff_writes::write(tx, scope, &ada, "contact", &contact, email, NOW))
        .unwrap();
    let progress = serde_json::to_string(&scene.open().unwrap()).unwrap();
    assert!(!progress.contains("example.org"), "{progress}");
    scene.decide(PairingDecision::Confirmed);
    let paired = scene.open().unwrap().paired.unwrap();
    let pulled = TestPhone::new(&ada, &paired).sync(&mut scene.world, vec![]);
    assert!(pulled.changes.iter().any(|change| change.id == contact));
}

/// It would be two phones with one token.
#[test]
fn token_of_another_phone_pairs_nothing() {
    let mut scene = Scene::waiting();
    scene.decide(PairingDecision::Confirmed);
    scene.open().unwrap();
    let (code, phone) = (invite(&mut scene.world, 30), scene.world.new_phone());
    let phone = NewPhone { token: scene.phone.token.clone(), ..phone };
    let mut again = Scene { code, phone, ..scene };
    again.start().unwrap();
    again.open().unwrap();
    again.decide(PairingDecision::Confirmed);
    assert_eq!(again.open().unwrap_err(), CodeRefusal::Refused);
    assert_eq!(again.phones(), 1);
}

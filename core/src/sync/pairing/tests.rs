//! Both sides of a pairing, and a server that lies between them.

use promise_protocol::{
    PairRequest, PairResponse,
    pairing::{
        Opening, PairOffer, PairProgress, PairingAnswer, PairingKey, PairingNonce, WaitingPhone,
        WaitingPhones,
    },
    phone_record::Inviter,
    signature::{PublicKey, Signature},
};

use super::*;
use crate::{
    sealing::{HandoverKey, PhoneKey, RecoveryPhrase},
    store::{Pairing, ServerAccess},
};

const SERVER: &str = "https://promise.example";

/// The pairing of the phone that made the code.
fn held() -> Pairing {
    Pairing {
        server: SERVER.into(),
        access: ServerAccess::Token("token".into()),
        author: "p0000000a".into(),
        council: "barnet".into(),
        council_name: "Barnet".into(),
        person: "ada".into(),
        council_keys: vec![PublicKey::new("key")],
        order_keys: vec![PublicKey::new("key")],
        signature: Signature::new("signature"),
        key: PhoneKey::from_seed([5; 32]),
    }
}

fn paired(council: &str, person: &str) -> PairResponse {
    PairResponse {
        author: "p0000000b".into(),
        council: council.into(),
        council_name: "Barnet".into(),
        person: person.into(),
        generation: "gen00001".into(),
        now: 0,
        key_history: Vec::new(),
        waits_for_phrase: false,
        council_key: PublicKey::new("key"),
        signature: Signature::new("signature"),
    }
}

/// What an honest server shows the phone that made the code.
fn waiting(request: &PairRequest) -> WaitingPhones {
    WaitingPhones {
        phones: vec![WaitingPhone {
            code: "K7QF".into(),
            started_at: 0,
            server: request.server.clone(),
            commitment: request.commitment.clone().unwrap(),
            opening: request.opening.clone(),
            answered: request.opening.is_some(),
            ended: None,
        }],
    }
}

/// What an honest server offers the new phone.
fn offer(answer: &PairingAnswer) -> PairOffer {
    PairOffer {
        council: "barnet".into(),
        council_name: "Barnet".into(),
        inviter: Inviter::Phone,
        by: None,
        nonce: answer.nonce.clone(),
        key: Some(answer.key.clone()),
    }
}

fn new_side(server: &str) -> NewSide {
    NewSide::new(server, "K7QF-3MZD-9X01".parse().unwrap()).unwrap()
}

fn old_side(new: &NewSide) -> OldSide {
    OldSide::new(waiting(&new.request()).phones.remove(0)).unwrap()
}

fn phrase() -> RecoveryPhrase {
    RecoveryPhrase::from_entropy(&[7; 16])
}

/// Both phones, after an honest server passed everything on.
fn compared() -> (Offered, Compared) {
    let new = new_side(SERVER);
    let old = old_side(&new);
    assert!(!old.is_opened(&waiting(&new.request())));
    let offered = new.offered(offer(&old.answer())).unwrap();
    let now = waiting(&offered.request());
    assert!(old.is_opened(&now));
    (offered, old.compare(&now, &held()).unwrap())
}

#[test]
fn both_phones_show_the_same_and_the_phrase_travels() {
    let (new, old) = compared();
    assert_eq!(new.digits(), old.digits());
    assert!(old.is_shown(&new.digits().to_string()));
    assert!(old.is_shown(&new.link().unwrap().to_string()));
    let answer = old.confirmation(old.seal(&phrase(), &held()));
    let progress = PairProgress {
        paired: Some(paired("barnet", "ada")),
        phrase: answer.phrase,
        ..PairProgress::default()
    };
    let (response, opened) = new.paired(progress).unwrap().unwrap();
    assert_eq!((response.person.as_str(), opened), ("ada", Some(phrase())));
    assert!(new.paired(PairProgress::default()).unwrap().is_none(), "it waits");
}

#[test]
fn other_digits_and_the_code_of_another_pairing_are_not_what_the_phone_shows() {
    let ((new, old), (other, _)) = (compared(), compared());
    let digits = new.digits().to_string();
    let wrong = if digits == "123 456" { "654 321" } else { "123 456" };
    for shown in [wrong, "", "12", &other.link().unwrap().to_string()] {
        assert!(!old.is_shown(shown), "{shown}");
    }
}

/// The server puts a key of its own in the place of the new phone's: it was not committed to.
#[test]
fn key_that_was_not_committed_to_is_refused() {
    let new = new_side(SERVER);
    let old = old_side(&new);
    let offered = new.offered(offer(&old.answer())).unwrap();
    let mut now = waiting(&offered.request());
    let key = HandoverKey::generate().unwrap().public().clone();
    let opening = now.phones[0].opening.clone().unwrap();
    now.phones[0].opening = Some(Opening { key, ..opening });
    assert_eq!(old.compare(&now, &held()).map(drop), Err(PairingError::Differs));
}

/// The key with which the new phone signs later is compared too: a server with a key of its own there could act
/// as the phone.
#[test]
fn signing_key_that_was_not_committed_to_is_refused_and_one_that_was_is_in_the_digits() {
    let new = new_side(SERVER);
    let old = old_side(&new);
    let offered = new.offered(offer(&old.answer())).unwrap();
    let opening = offered.request().opening.unwrap();
    assert_eq!(opening.signing_key, offered.phone_key().public());
    let mut now = waiting(&offered.request());
    let signing_key = PhoneKey::generate().unwrap().public();
    now.phones[0].opening = Some(Opening { signing_key, ..opening });
    assert_eq!(old.compare(&now, &held()).map(drop), Err(PairingError::Differs));
}

/// Another server would learn which phone it is, and a phone that was released has no row that is in use.
#[test]
fn earlier_pairing_is_proved_to_its_own_server_and_council_only() {
    let proof = |server: &str, held: &Pairing| {
        let new = new_side(server);
        let old = old_side(&new);
        let offered = new.offered(offer(&old.answer())).unwrap().after(Some(held));
        let hash = offered.link().unwrap().hash;
        let earlier = offered.request().earlier;
        assert!(offered.refusal().earlier.is_none());
        earlier.map(|earlier| (earlier.author.clone(), earlier.is_by(hash, &held.key.public())))
    };
    assert_eq!(proof(SERVER, &held()), Some((held().author, true)));
    assert_eq!(proof("https://other.example", &held()), None);
    assert_eq!(proof(SERVER, &Pairing { council: "camden".into(), ..held() }), None);
    let released = Pairing { access: ServerAccess::Released { at: 1 }, ..held() };
    assert_eq!(proof(SERVER, &released), None);
}

/// It commits to its own key from the start: then the digits differ, and people see it.
#[test]
fn server_in_between_shows_other_digits_on_one_of_the_screens() {
    let (new, between) = (new_side(SERVER), new_side(SERVER));
    let old = old_side(&between);
    let mut forged = offer(&old.answer());
    forged.key = Some(PairingKey::new(*HandoverKey::generate().unwrap().public().as_bytes()));
    forged.nonce = PairingNonce::new([9; 32]);
    let theirs = between.offered(offer(&old.answer())).unwrap();
    let offered = new.offered(forged).unwrap();
    let old = old.compare(&waiting(&theirs.request()), &held()).unwrap();
    assert!(!old.is_shown(&offered.link().unwrap().to_string()));
    let answer = old.confirmation(old.seal(&phrase(), &held()));
    let progress = PairProgress {
        paired: Some(paired("barnet", "ada")),
        phrase: answer.phrase,
        ..PairProgress::default()
    };
    assert_eq!(offered.paired(progress).unwrap().unwrap().1, None, "it opens on no other phone");
}

/// A lying server lists the phone a second time, with a key of its own.
#[test]
fn phrase_is_sealed_to_the_key_that_was_compared() {
    let (new, thief) = (new_side(SERVER), HandoverKey::generate().unwrap());
    let old = old_side(&new);
    let offered = new.offered(offer(&old.answer())).unwrap();
    let mut now = waiting(&offered.request());
    let mut named = now.phones[0].clone();
    let nonce = PairingNonce::new([9; 32]);
    let signing_key = PublicKey::new("key");
    named.opening = Some(Opening { key: thief.public().clone(), signing_key, nonce });
    now.phones.push(named);
    let answered = old.answer();
    let old = old.compare(&now, &held()).unwrap();
    assert_eq!(old.digits(), offered.digits());
    let sealed = old.seal(&phrase(), &held()).unwrap();
    let hash = offered.link().unwrap().hash;
    let secret = thief.agree(&answered.key, hash).unwrap();
    assert_eq!(secret.open(&sealed, "barnet", "ada"), None);
}

/// A server that passes everything on to the right one would have the token.
#[test]
fn phone_that_came_by_another_address_is_refused() {
    let new = new_side("https://promise.example.evil");
    let old = old_side(&new);
    let offered = new.offered(offer(&old.answer())).unwrap();
    let now = waiting(&offered.request());
    assert_eq!(old.compare(&now, &held()).map(drop), Err(PairingError::Differs));
    let new = new_side("https://promise.example/");
    let old = old_side(&new);
    let offered = new.offered(offer(&old.answer())).unwrap();
    let old = old.compare(&waiting(&offered.request()), &held()).unwrap();
    assert_eq!(old.digits(), offered.digits(), "a slash at the end is no other address");
}

#[test]
fn response_of_another_council_or_for_another_person_gives_nothing() {
    let (new, old) = compared();
    let phrase = old.seal(&phrase(), &held());
    let progress = |council, person| PairProgress {
        paired: Some(paired(council, person)),
        phrase: phrase.clone(),
        ..PairProgress::default()
    };
    assert_eq!(new.paired(progress("camden", "ada")).map(drop), Err(PairingError::Differs));
    let (_, opened) = new.paired(progress("barnet", "bea")).unwrap().unwrap();
    assert_eq!(opened, None, "the phrase is bound to its person");
}

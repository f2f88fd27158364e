//! Linking a phone again after the council's server lost its person's record in a restore.

use promise_core::{
    AskAbout, CancelHandle, Erased, PromiseError, RecoveryPhraseState,
    sealing::{AccountKey, RecoveryPhrase},
    sync::TransportError,
};
use promise_protocol::{
    KeyStep, PairResponse, PhoneOrder, ProblemCode, Relink, SyncResponse, signature::Signature,
};

use crate::common::{NOW, Pocket, accepted, contact, order};

const CODE: &str = "K7QF-3MZD-9X01";

fn pocket() -> Pocket {
    let pocket = Pocket::paired();
    pocket.receive(vec![contact("ada", "Ada Obi")]);
    pocket.phone.asks().write("Sent before", AskAbout::Anything).unwrap();
    pocket.sync().unwrap();
    pocket.phone.asks().write("Not sent yet", AskAbout::Anything).unwrap();
    pocket.server.pair_requests.lock().unwrap().clear();
    pocket
}

fn relink(pocket: &Pocket, code: &str) -> Result<(), PromiseError> {
    pocket.phone.relink(code, &CancelHandle::new())
}

/// The server pairs with this response from now on.
fn respond(pocket: &Pocket, change: impl FnOnce(PairResponse) -> PairResponse) {
    let mut pairing = pocket.server.pairing.lock().unwrap();
    *pairing = pairing.clone().map(change);
}

#[test]
fn relinked_phone_sends_its_earlier_pairing_and_resends_everything() {
    let pocket = pocket();
    assert_eq!(pocket.phone.relink_check().as_deref(), Ok("0000-000A"));
    let phrase = pocket.phone.recovery().phrase().unwrap();
    let before = pocket.phone.export().json().unwrap();
    let key = pocket.server.phone_key.lock().unwrap().clone().unwrap();
    let (author, signature) = ("p0000000b".to_owned(), Signature::new("next-signature"));
    respond(&pocket, |paired| PairResponse { author, signature, ..paired });
    relink(&pocket, "k7qf 3mzd 9x01").unwrap();
    let asked = pocket.server.pair_requests.lock().unwrap().clone();
    let was = Relink {
        person: "person-1".into(),
        author: "p0000000a".into(),
        key,
        signature: Signature::new("canary-signature"),
    };
    assert_eq!(asked.len(), 1);
    assert_eq!((asked[0].code.as_str(), asked[0].relink.as_ref()), (CODE, Some(&was)));
    assert_eq!(pocket.phone.export().json().unwrap(), before, "nothing that it holds changed");
    assert_eq!(pocket.phone.relink_check().as_deref(), Ok("0000-000B"), "it is another phone now");
    pocket.server.forget_requests();
    let generation = Some("gen00002".into());
    pocket
        .server
        .next(move |_| Ok(SyncResponse { now: NOW, generation, ..SyncResponse::default() }));
    pocket.sync().unwrap();
    let requests = pocket.server.requests();
    let sent: Vec<_> = requests.iter().flat_map(|request| &request.changes).collect();
    let asks = sent.iter().filter(|change| change.collection == "ask");
    let texts: Vec<_> = asks.filter_map(|change| change.fields["text"].as_str()).collect();
    for text in ["Sent before", "Not sent yet"] {
        assert!(texts.contains(&text), "{texts:?}");
    }
    assert!(sent.iter().any(|change| change.id == "ada" && change.signature.is_some()));
    assert_eq!(pocket.phone.recovery().phrase().unwrap(), phrase);
    assert_eq!(pocket.phone.status().unwrap().unsent, 0);
}

#[test]
fn response_for_another_person_or_council_changes_nothing() {
    let pocket = pocket();
    let before = pocket.phone.export().json().unwrap();
    let right = pocket.server.pairing.lock().unwrap().clone();
    respond(&pocket, |paired| PairResponse { person: "person-2".into(), ..paired });
    assert_eq!(relink(&pocket, CODE), Err(PromiseError::OtherPerson));
    *pocket.server.pairing.lock().unwrap() = right;
    respond(&pocket, |paired| PairResponse { council: "elsewhere".into(), ..paired });
    assert_eq!(relink(&pocket, CODE), Err(PromiseError::OtherPerson));
    let refused = TransportError::Refused(ProblemCode::OtherPhone);
    *pocket.server.pairing.lock().unwrap() = Err(refused);
    assert_eq!(relink(&pocket, CODE), Err(PromiseError::OtherPhone));
    assert_eq!(pocket.phone.export().json().unwrap(), before);
    assert_eq!(pocket.phone.relink_check().as_deref(), Ok("0000-000A"));
}

/// Another server could answer with the same person, and would get all that the phone holds.
#[test]
fn earlier_pairing_is_sent_to_its_own_server_only() {
    let pocket = pocket();
    let link = |server: &str| format!("pocketpromise://pair?code={CODE}&server={server}");
    for server in ["https://elsewhere.example", "https://riverbridge.example.org", ""] {
        assert_eq!(relink(&pocket, &link(server)), Err(PromiseError::CodeWrong), "{server}");
    }
    assert_eq!(relink(&pocket, "K7QF"), Err(PromiseError::CodeWrong));
    assert!(pocket.server.pair_requests.lock().unwrap().is_empty(), "nothing was sent");
    relink(&pocket, &link("https://riverbridge.example/")).unwrap();
}

#[test]
fn revoked_phone_wipes_itself_instead_of_relinking() {
    let pocket = pocket();
    let revoked = TransportError::Revoked(Some(order(PhoneOrder::Wipe)));
    *pocket.server.pairing.lock().unwrap() = Err(revoked);
    assert_eq!(relink(&pocket, CODE), Err(PromiseError::Revoked));
    assert_eq!(pocket.phone.status().unwrap().council, None);
    assert!(pocket.phone.asks().list().unwrap().is_empty());
}

#[test]
fn phone_that_was_never_paired_has_nothing_to_relink() {
    let pocket = Pocket::unpaired();
    assert_eq!(pocket.phone.relink_check(), Err(PromiseError::NotPaired));
    assert_eq!(relink(&pocket, CODE), Err(PromiseError::NotPaired));
}

/// It was paired by a code alone, and waits for the phrase. The server lost the history of the keys, or the last
/// step of it, so it takes the phone for the person's first one.
#[test]
fn relinked_phone_still_waits_for_the_phrase_of_its_pairing() {
    let pocket = Pocket::unpaired();
    let phrase = |number: u8| RecoveryPhrase::from_entropy(&[number; 16]);
    let key = |number: u8| AccountKey::derive(&phrase(number), "riverbridge", "person-1");
    let first = accepted(&KeyStep::first(&key(1).owner_key(), "riverbridge", "person-1"), 1);
    let next = key(2).owner().clone();
    let next = accepted(&KeyStep::after(&key(1).owner_key(), next, "riverbridge", "person-1"), 2);
    let key_history = vec![first.clone(), next];
    respond(&pocket, |paired| PairResponse { key_history, ..paired });
    pocket.pair("https://riverbridge.example", CODE).unwrap();
    let state = |pocket: &Pocket| pocket.phone.status().unwrap().private.recovery_phrase;
    assert_eq!(state(&pocket), RecoveryPhraseState::Needed);
    for key_history in [Vec::new(), vec![first]] {
        respond(&pocket, |paired| PairResponse { key_history, ..paired });
        relink(&pocket, CODE).unwrap();
        assert_eq!(state(&pocket), RecoveryPhraseState::Needed, "it makes no phrase of its own");
    }
    pocket.sync().unwrap();
    assert!(pocket.server.requests().iter().all(|request| request.key_steps.is_empty()));
    let words = |number| phrase(number).words().collect::<Vec<_>>().join(" ");
    assert_eq!(pocket.phone.recovery().enter(&words(1)), Err(PromiseError::WrongRecoveryPhrase));
    pocket.phone.recovery().enter(&words(2)).unwrap();
}

#[test]
fn phone_is_erased_without_sending_anything() {
    let pocket = pocket();
    pocket.server.forget_requests();
    pocket.phone.erase_this_phone().unwrap();
    assert!(pocket.server.requests().is_empty());
    assert!(pocket.phone.asks().list().unwrap().is_empty());
    assert_eq!(pocket.phone.status().unwrap().council, None);
    assert_eq!(
        pocket.phone.erase_account(&CancelHandle::new()),
        Err::<Erased, _>(PromiseError::NotPaired)
    );
}

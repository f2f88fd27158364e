//! What a phone signs with its own key: acts, and that it is the phone of an earlier pairing.

use std::sync::atomic::Ordering;

use promise_core::PromiseError;
use promise_protocol::{
    ActingPhone, PhoneAct, SyncResponse,
    pairing::{Opening, PairingNonce, Transcript, TranscriptHash},
    phone_record::Inviter,
    signature::PublicKey,
};

use crate::common::{NOW, Pocket, author, never_cancelled};

const SERVER: &str = "https://riverbridge.example";
const CODE: &str = "K7QF-3MZD-9X01";

/// Pairs the phone, and returns what it opened.
fn pair(pocket: &Pocket) -> Opening {
    let offer = pocket.phone.pair(SERVER, CODE, &never_cancelled()).unwrap();
    pocket.phone.finish_pairing(&offer, &never_cancelled()).unwrap();
    let requests = pocket.server.pair_requests.lock().unwrap();
    requests.last().unwrap().opening.clone().unwrap()
}

fn invite(pocket: &Pocket) -> Result<(), PromiseError> {
    pocket.phone.devices().invite(&never_cancelled()).map(drop)
}

/// Returns `true` for each invitation so far that this key signed in this generation.
fn signed(pocket: &Pocket, generation: &str, key: &PublicKey) -> Vec<bool> {
    let author = author().to_string();
    let acting =
        ActingPhone { council: "riverbridge", person: "person-1", author: &author, generation };
    let acts = pocket.server.acts.lock().unwrap();
    acts.iter().map(|act| acting.has_signed(&PhoneAct::Invite, act, key)).collect()
}

fn transcript(opening: &Opening) -> TranscriptHash {
    Transcript {
        code: "K7QF",
        server: SERVER,
        council: "riverbridge",
        inviter: &Inviter::Staff,
        opening,
        nonce: &PairingNonce::new([3; 32]),
        key: None,
    }
    .hash()
}

#[test]
fn act_is_signed_with_the_key_that_was_committed_to_and_a_new_number() {
    let pocket = Pocket::unpaired();
    let key = pair(&pocket).signing_key;
    for _ in 0..3 {
        invite(&pocket).unwrap();
    }
    assert_eq!(signed(&pocket, "gen00001", &key), [true; 3]);
    let acts = pocket.server.acts.lock().unwrap();
    let numbers: Vec<u64> = acts.iter().map(|act| act.number).collect();
    assert!(numbers.is_sorted_by(|one, next| one < next), "{numbers:?}");
}

/// A restored server has another generation, and has forgotten which numbers were used.
#[test]
fn act_is_signed_again_after_a_sync_if_the_server_does_not_accept_it() {
    let pocket = Pocket::unpaired();
    let key = pair(&pocket).signing_key;
    pocket.server.unproven.store(1, Ordering::SeqCst);
    pocket.server.next(|_| {
        let generation = Some("gen00002".into());
        Ok(SyncResponse { now: NOW, generation, ..SyncResponse::default() })
    });
    invite(&pocket).unwrap();
    assert_eq!(signed(&pocket, "gen00001", &key), [true, false]);
    assert_eq!(signed(&pocket, "gen00002", &key), [false, true]);
}

#[test]
fn act_that_is_not_accepted_twice_fails_and_loses_nothing() {
    let pocket = Pocket::unpaired();
    pair(&pocket);
    pocket.server.unproven.store(2, Ordering::SeqCst);
    assert_eq!(invite(&pocket), Err(PromiseError::ServerWrong));
    assert_eq!(pocket.server.acts.lock().unwrap().len(), 2);
    assert!(pocket.phone.council().unwrap().is_some());
    invite(&pocket).unwrap();
}

#[test]
fn phone_that_is_paired_again_has_another_key_and_proves_the_earlier_one() {
    let pocket = Pocket::unpaired();
    let first = pair(&pocket);
    let before = pocket.server.pair_requests.lock().unwrap().len();
    let second = pair(&pocket);
    assert_ne!(first.signing_key, second.signing_key);
    let requests = pocket.server.pair_requests.lock().unwrap().clone();
    assert!(requests[..before].iter().all(|request| request.earlier.is_none()));
    let (start, rest) = requests[before..].split_first().unwrap();
    assert!(start.earlier.is_none(), "without the other side's part there is nothing to sign");
    for request in rest {
        let earlier = request.earlier.clone().unwrap();
        assert_eq!(earlier.author, author().to_string());
        assert!(earlier.is_by(transcript(&second), &first.signing_key));
        assert!(!earlier.is_by(transcript(&first), &first.signing_key), "another pairing");
    }
    invite(&pocket).unwrap();
    assert_eq!(signed(&pocket, "gen00001", &second.signing_key), [true]);
}

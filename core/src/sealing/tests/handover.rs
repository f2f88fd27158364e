//! The recovery phrase between two phones.

use promise_protocol::{
    pairing::{Opening, PairingKey, PairingNonce, SealedPhrase, Transcript, TranscriptHash},
    phone_record::Inviter,
    signature::PublicKey,
};

use crate::sealing::{HandoverKey, HandoverSecret, RecoveryPhrase};

fn transcript(new: &HandoverKey, old: &HandoverKey, nonce: u8) -> TranscriptHash {
    let opening = Opening {
        key: new.public().clone(),
        signing_key: PublicKey::new("signing key"),
        nonce: PairingNonce::new([nonce; 32]),
    };
    Transcript {
        code: "K7QF",
        server: "https://promise.example",
        council: "barnet",
        inviter: &Inviter::Phone,
        opening: &opening,
        nonce: &PairingNonce::new([2; 32]),
        key: Some(old.public()),
    }
    .hash()
}

/// The secrets of both phones, if they have the same transcript.
fn pair() -> [HandoverSecret; 2] {
    let (new, old) = (HandoverKey::generate().unwrap(), HandoverKey::generate().unwrap());
    let hash = transcript(&new, &old, 1);
    let (new_key, old_key) = (new.public().clone(), old.public().clone());
    [new.agree(&old_key, hash).unwrap(), old.agree(&new_key, hash).unwrap()]
}

fn phrase() -> RecoveryPhrase {
    RecoveryPhrase::from_entropy(&[7; 16])
}

#[test]
fn phrase_opens_on_the_other_phone_for_the_same_person_only() {
    let [new, old] = pair();
    let sealed = old.seal(&phrase(), "barnet", "ada").unwrap();
    assert_eq!(new.open(&sealed, "barnet", "ada"), Some(phrase()));
    assert_eq!(old.seal(&phrase(), "barnet", "ada").unwrap(), sealed, "a repeated answer");
    for (council, person) in [("barnet", "bea"), ("camden", "ada"), ("barneta", "da")] {
        assert_eq!(new.open(&sealed, council, person), None);
    }
}

/// The server, and whoever has seen everything that the two sent, has keys of its own and not theirs.
#[test]
fn phrase_opens_under_no_other_key_and_no_other_transcript() {
    let [_, old] = pair();
    let sealed = old.seal(&phrase(), "barnet", "ada").unwrap();
    for other in pair() {
        assert_eq!(other.open(&sealed, "barnet", "ada"), None);
    }
    let (a, b) = (HandoverKey::generate().unwrap(), HandoverKey::generate().unwrap());
    let (one, other) = (transcript(&a, &b, 1), transcript(&a, &b, 9));
    let (a_key, b_key) = (a.public().clone(), b.public().clone());
    let sealed = b.agree(&a_key, one).unwrap().seal(&phrase(), "barnet", "ada").unwrap();
    assert_eq!(a.agree(&b_key, other).unwrap().open(&sealed, "barnet", "ada"), None);
}

#[test]
fn altered_phrase_does_not_open() {
    let [new, old] = pair();
    let sealed = old.seal(&phrase(), "barnet", "ada").unwrap();
    for at in 0..32 {
        let mut bytes = *sealed.as_bytes();
        bytes[at] ^= 1;
        assert_eq!(new.open(&SealedPhrase::new(bytes), "barnet", "ada"), None, "byte {at}");
    }
}

/// A key of small order would make a secret that everyone knows.
#[test]
fn key_of_small_order_is_refused() {
    let old = HandoverKey::generate().unwrap();
    let hash = transcript(&old, &old, 1);
    assert!(old.agree(&PairingKey::new([0; 32]), hash).is_err());
}

#[test]
fn debug_prints_no_key() {
    let key = HandoverKey::generate().unwrap();
    assert_eq!(format!("{key:?}"), "HandoverKey(..)");
    assert_eq!(format!("{:?}", pair()[0]), "HandoverSecret(..)");
}

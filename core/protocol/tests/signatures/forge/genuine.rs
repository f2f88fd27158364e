//! What is genuine: statements of two councils about two people, each signed.
//!
//! One key signs all that is of one council, also what the owner keys of people sign. So nothing but the first part of
//! each statement keeps one kind from standing for another.

use std::collections::BTreeMap;

use promise_protocol::{
    Author, AuthorKind, Change, Edition, KeyStep, PROTOCOL, PackName, PhoneOrder, Reading,
    RevocationReason, Stamp, SyncRequest, fresh_start,
    pairing::{Opening, PairingKey, PairingNonce, Transcript, TranscriptHash},
    phone_record::Inviter,
    signature::{PublicKey, SEED_BYTES, SigningKey},
};
use serde_json::{Value, json};

use super::signed::{Body, Signed};

const MILLIS: i64 = 1_764_000_000_000;

pub(super) fn genuine() -> Vec<Signed> {
    let mut all = Vec::new();
    for (number, council) in (1..).zip(["barnet", "camden"]) {
        let key = seeded(number);
        let next = seeded(number + 8).public_key();
        let mut bodies = Vec::from([true, false].map(|distrusts_earlier| {
            let (before, next) = (key.public_key(), next.clone());
            Body::Successor { before, next, distrusts_earlier }
        }));
        for person in ["ada", "bea"] {
            bodies.extend(of_person(person, council, number));
        }
        bodies.extend((1..5).map(|n| Body::Edition(edition(n))));
        all.extend(bodies.into_iter().map(|body| {
            let signature = body.sign(&key, council);
            Signed { key: key.public_key(), council: council.into(), body, signature }
        }));
    }
    all
}

/// Returns the secret half of a council's key.
pub(super) fn secret_of(key: &PublicKey) -> Option<SigningKey> {
    [1, 2].into_iter().map(seeded).find(|it| it.public_key() == *key)
}

fn of_person(person: &str, council: &str, number: u8) -> Vec<Body> {
    let author = Author::new(AuthorKind::Phone, [number; 5]).to_string();
    let next = seeded(number + 8).public_key();
    let step = KeyStep::after(&seeded(number), next.clone(), council, person);
    let own = || person.to_owned();
    let mut bodies = vec![
        Body::Phone { person: own(), author: author.clone(), own: next.clone() },
        Body::Earlier { author: author.clone(), nonce: [number; 32] },
        Body::FirstStep { person: own() },
        Body::Step { person: own(), next },
        Body::Acceptance { person: own(), change: step.accepted(stamp(1), None) },
        Body::Acceptance { person: own(), change: step.accepted(stamp(9), None) },
        Body::FreshStart { person: own(), change: fresh_start(stamp(2)) },
        Body::FreshStart { person: own(), change: fresh_start(stamp(8)) },
    ];
    for at in [MILLIS, MILLIS + 60_000] {
        bodies.extend([PhoneOrder::Wipe, PhoneOrder::Release].map(|order| Body::Order {
            person: own(),
            author: author.clone(),
            order,
            at,
        }));
    }
    let reasons = [RevocationReason::LostOrStolen, RevocationReason::NoLongerUsed];
    bodies.extend(reasons.map(|reason| Body::Act {
        person: own(),
        author: author.clone(),
        generation: "0123abcd".into(),
        number: 1_764_000_000_000,
        phone: "p0123abcd".into(),
        reason,
    }));
    bodies.extend((1..4).map(|n| Body::Clears { person: own(), request: clear(n) }));
    bodies.extend((0..6).map(|n| Body::Change { person: own(), change: write(n) }));
    bodies
}

fn seeded(number: u8) -> SigningKey {
    SigningKey::from_seed(&[number; SEED_BYTES]).expect("a seed")
}

/// A stamp of the server.
fn stamp(later: i64) -> Stamp {
    Stamp::new(Reading::at_millis(MILLIS + later), Author::new(AuthorKind::Staff, [7; 5]))
}

fn write(number: i64) -> Change {
    let fields = [
        ("email".to_owned(), json!(format!("jo{number}@example.org"))),
        ("phones".to_owned(), json!([{"number": format!("+4477009001{number:02}")}])),
    ];
    Change {
        collection: if number % 2 == 0 { "contact" } else { "appointment" }.into(),
        id: format!("r{}", number % 3),
        stamp: stamp(number),
        fields: fields.into(),
        signature: None,
    }
}

/// A request that clears two cells.
fn clear(number: u64) -> SyncRequest {
    let author = Author::new(AuthorKind::Phone, [7; 5]);
    let clear = |id: &str| Change {
        collection: "saved".into(),
        id: id.into(),
        stamp: Stamp::new(Reading::at_millis(MILLIS), author.clone()),
        fields: [("note".to_owned(), Value::Null)].into(),
        signature: None,
    };
    SyncRequest {
        protocol: PROTOCOL,
        generation: "0123abcd".into(),
        request: number,
        since: 0,
        edition: 0,
        changes: vec![clear("a"), clear("b")],
        key_steps: Vec::new(),
        clear_signature: None,
    }
}

/// What both sides have seen of a pairing with this nonce of the other side.
pub(super) fn transcript(council: &str, nonce: [u8; 32]) -> TranscriptHash {
    let opening = Opening {
        key: PairingKey::new([1; 32]),
        signing_key: seeded(3).public_key(),
        nonce: PairingNonce::new([2; 32]),
    };
    Transcript {
        code: "K7QF",
        server: "https://promise.example",
        council,
        inviter: &Inviter::Staff,
        opening: &opening,
        nonce: &PairingNonce::new(nonce),
        key: None,
    }
    .hash()
}

fn edition(number: u64) -> Edition {
    let packs = PackName::ALL.map(|name| (name, format!("{number:064x}")));
    Edition { number, packs: BTreeMap::from(packs), signature: None }
}

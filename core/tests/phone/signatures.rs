//! What claims to be the council's and is not: a dishonest server, or one that someone broke into.

use promise_core::PromiseError;
use promise_protocol::{
    Change, SyncResponse,
    signature::SigningKey,
    statement::{Statement, Succession},
};
use serde_json::json;

use crate::common::{
    NOW, Pocket, change, contact, council_key, sign_edition, signed, small_edition,
};

fn number(pocket: &Pocket) -> String {
    pocket.phone.contacts().list().unwrap()[0].phones[0].number.clone()
}

fn swapped(after: i64) -> Change {
    change(
        "contact",
        "ada",
        after,
        json!({"phones": [{"number": "+447700900666", "kind": "mobile"}]}),
    )
}

fn unverified(pocket: &Pocket) -> u64 {
    pocket.phone.status().unwrap().unverified
}

#[test]
fn change_without_the_councils_signature_is_not_shown() {
    let pocket = Pocket::paired();
    pocket.receive(vec![contact("ada", "Ada Obi")]);
    let genuine = signed(swapped(5));
    let of_another_key = {
        let key = SigningKey::from_seed(&[1; 32]).unwrap();
        let bytes =
            Statement::Change { person: "person-1", change: &genuine }.to_bytes("riverbridge");
        Change { signature: Some(key.sign(&bytes)), ..genuine.clone() }
    };
    let of_another_person = {
        let bytes =
            Statement::Change { person: "person-2", change: &genuine }.to_bytes("riverbridge");
        Change { signature: Some(council_key().sign(&bytes)), ..genuine.clone() }
    };
    let altered = {
        let mut altered = signed(change("contact", "ada", 5, json!({"phones": null})));
        altered.fields.clone_from(&genuine.fields);
        altered
    };
    let moved = {
        let mut moved = genuine.clone();
        moved.id = "bea".into();
        moved
    };
    let replayed_later = {
        let mut later = genuine.clone();
        later.stamp.reading = later.stamp.reading.next();
        later
    };
    let unsigned = Change { signature: None, ..genuine.clone() };
    let lies = [unsigned, of_another_key, of_another_person, altered, moved, replayed_later];
    for (count, lie) in (1..).zip(lies) {
        pocket.receive(vec![lie.clone()]);
        assert_eq!(number(&pocket), "+447700900123", "{lie:?}");
        assert_eq!(pocket.phone.contacts().list().unwrap().len(), 1, "{lie:?}");
        assert_eq!(unverified(&pocket), count, "{lie:?}");
    }
    pocket.receive(vec![genuine]);
    assert_eq!(number(&pocket), "+447700900666");
}

#[test]
fn field_of_staff_from_another_phone_is_not_shown() {
    let pocket = Pocket::paired();
    pocket.receive(vec![contact("ada", "Ada Obi")]);
    let mut lie = swapped(5);
    lie.stamp.author = "p0000000b".parse().unwrap();
    for lie in [Change { signature: None, ..lie.clone() }, signed(lie)] {
        pocket.receive(vec![lie]);
        assert_eq!(number(&pocket), "+447700900123");
    }
    assert_eq!(unverified(&pocket), 2);
}

/// The server sent a genuine change altered. It must not stay lost.
#[test]
fn altered_change_is_asked_for_again() {
    let pocket = Pocket::paired();
    let page =
        |changes, next| SyncResponse { changes, next: Some(next), ..SyncResponse::default() };
    pocket.server.next_takes(page(vec![contact("ada", "Ada Obi")], 3));
    pocket.sync().unwrap();
    let genuine = signed(swapped(5));
    let mut altered = genuine.clone();
    altered.fields.insert("email".into(), json!("me@example.org"));
    pocket.server.next_takes(page(vec![altered], 4));
    pocket.sync().unwrap();
    assert_eq!(number(&pocket), "+447700900123");
    pocket.server.next_takes(page(vec![genuine], 4));
    pocket.sync().unwrap();
    assert_eq!(number(&pocket), "+447700900666");
    pocket.sync().unwrap();
    let since: Vec<u64> = pocket.server.requests().iter().map(|request| request.since).collect();
    assert_eq!(since, [0, 3, 3, 4]);
}

/// A forged stamp of the year 2066 must not push the phone's own stamps ahead.
#[test]
fn stamp_of_unsigned_change_does_not_count_as_seen() {
    let pocket = Pocket::paired();
    let mut lie = swapped(40 * 365 * 24 * 3_600_000);
    lie.signature = None;
    pocket.receive(vec![lie]);
    pocket.phone.asks().write("Hello", promise_core::AskAbout::Anything).unwrap();
    pocket.sync().unwrap();
    let requests = pocket.server.requests();
    let stamp = &requests.last().unwrap().changes[0].stamp;
    assert!(!stamp.reading.is_too_far_ahead(NOW), "{stamp}");
}

#[test]
fn edition_that_the_council_did_not_sign_is_not_shown() {
    let published = small_edition();
    let pocket = Pocket::showing(&published);
    let mut other = published.clone();
    other.directory.lines.0[0].phones[0].number = "+447700900666".into();
    let genuine = other.edition(2);
    let mut unsigned = genuine.clone();
    unsigned.signature = None;
    let mut numbered = genuine.clone();
    numbered.number = 3;
    let mut old_signature = genuine.clone();
    old_signature.signature = published.edition(1).signature;
    for lie in [unsigned, numbered, old_signature] {
        pocket.server.publish_as(&other, lie);
        assert_eq!(pocket.sync(), Err(PromiseError::EditionNotSigned));
        assert_eq!(pocket.phone.status().unwrap().edition, Some(1));
        assert!(pocket.server.take_wanted().is_empty(), "nothing of it is fetched");
    }
    pocket.server.publish_as(&other, genuine);
    pocket.sync().unwrap();
    assert_eq!(pocket.phone.status().unwrap().edition, Some(2));
}

/// The server leaves out the packs that the phone shows, and the signature is of all.
#[test]
fn signature_of_edition_covers_packs_that_the_response_leaves_out() {
    let published = small_edition();
    let pocket = Pocket::showing(&published);
    let mut other = published.clone();
    other.opportunity("barista").title = "Another title".into();
    let whole = other.edition(2);
    let shown = published.edition(1);
    let mut part = whole.clone();
    part.packs.retain(|name, hash| shown.packs.get(name) != Some(hash));
    assert_eq!(part.packs.len(), 1);
    let mut wrong = sign_edition(promise_protocol::Edition { signature: None, ..part.clone() });
    wrong.number = 2;
    pocket.server.publish_as(&other, wrong);
    assert_eq!(pocket.sync(), Err(PromiseError::EditionNotSigned), "signed without the others");
    pocket.server.publish_as(&other, part);
    pocket.sync().unwrap();
    assert_eq!(pocket.phone.status().unwrap().edition, Some(2));
}

/// The council goes on with another key, which the key that the phone knows signed.
#[test]
fn change_by_the_councils_next_key_is_shown_and_by_a_thiefs_is_not() {
    let pocket = Pocket::paired();
    pocket.receive(vec![contact("ada", "Ada Obi")]);
    let next = SigningKey::from_seed(&[2; 32]).unwrap();
    let by_next = {
        let change = swapped(5);
        let bytes =
            Statement::Change { person: "person-1", change: &change }.to_bytes("riverbridge");
        Change { signature: Some(next.sign(&bytes)), ..change }
    };
    let step = |signer: &SigningKey| Succession {
        before: council_key().public_key(),
        ..Succession::new("riverbridge", signer, &next, false)
    };
    for (signer, shown) in [(&next, "+447700900123"), (&council_key(), "+447700900666")] {
        pocket.server.council_keys.lock().unwrap().successions = vec![step(signer)];
        pocket
            .server
            .next_takes(SyncResponse { changes: vec![by_next.clone()], ..SyncResponse::default() });
        // The phone asks again when it has learned the key.
        pocket
            .server
            .next_takes(SyncResponse { changes: vec![by_next.clone()], ..SyncResponse::default() });
        pocket.sync().unwrap();
        assert_eq!(number(&pocket), shown);
        pocket.sync().unwrap();
    }
    pocket.receive(vec![signed(swapped(9))]);
    assert_eq!(unverified(&pocket), 2, "what the earlier key signs is the council's still");
}

//! Clearing what is under an earlier key.

use std::collections::BTreeMap;

use promise_protocol::{Change, ClearProof, KeyStep, SyncResponse, Verdict};
use serde_json::{Value, json};

use super::{
    NOW, PreparedRequest, SqliteStore, accepted, apply, entropy, key, phone, phrase, request,
    restored,
};
use crate::{
    store::Store,
    sync::{edit, recovery},
};

/// Returns the sealed id of the saved opportunity under the key of this number.
fn sealed_id(number: u8) -> String {
    key(number).sealed_id("saved", "job-1")
}

/// Answers a request that the server took.
fn take(phone: &mut SqliteStore, sent: &PreparedRequest, changes: Vec<Change>) {
    let taken = !sent.request.changes.is_empty();
    assert!(apply(phone, sent, SyncResponse { taken, changes, ..SyncResponse::default() }));
}

/// Sends everything that waits, to a server that takes it.
fn drain(phone: &mut SqliteStore) -> Vec<Change> {
    let mut sent = Vec::new();
    for _ in 0..5 {
        let request = request(phone);
        take(phone, &request, Vec::new());
        sent.extend(request.request.changes);
    }
    sent
}

/// Returns a phone that has saved an opportunity under key 1, and the change as it was sent.
fn phone_with_saved() -> (SqliteStore, Change) {
    let mut phone = phone();
    let note = BTreeMap::from([("note".to_owned(), json!("Ring them"))]);
    let written = phone.transact::<_, edit::EditError>(|tx| {
        recovery::generate_if_first(tx, &entropy(1))?;
        edit::write(tx, NOW, "saved", "job-1", note).map(drop)
    });
    written.unwrap();
    let saved = drain(&mut phone).into_iter().find(|change| change.collection == "saved").unwrap();
    assert_eq!(saved.id, sealed_id(1));
    (phone, saved)
}

fn change_phrase(phone: &mut SqliteStore, number: u8) {
    let changed = phone.transact(|tx| recovery::change(tx, &entropy(number)));
    changed.unwrap();
}

/// Returns such a phone after a change of the phrase: key 2 is in use, and everything is sent.
fn phone_with_changed_phrase() -> (SqliteStore, Change) {
    let (mut phone, saved) = phone_with_saved();
    change_phrase(&mut phone, 2);
    drain(&mut phone);
    (phone, saved)
}

fn cleared(saved: &Change) -> Change {
    let fields = saved.fields.keys().map(|field| (field.clone(), Value::Null)).collect();
    Change { fields, ..saved.clone() }
}

fn is_clear(change: &Change) -> bool {
    change.fields.values().all(Value::is_null)
}

/// Sends what waits until a request clears something, and returns that one.
fn request_with_clears(phone: &mut SqliteStore) -> PreparedRequest {
    for _ in 0..5 {
        let sent = request(phone);
        if sent.request.changes.iter().any(is_clear) {
            return sent;
        }
        take(phone, &sent, Vec::new());
    }
    panic!("the phone clears nothing");
}

/// Applies the response of a server that takes everything but the clears.
fn refuse_clears(phone: &mut SqliteStore, sent: &PreparedRequest, changes: Vec<Change>) {
    let clears = sent.request.changes.iter().filter(|change| is_clear(change));
    let verdict = |cell: promise_protocol::Cell| Verdict {
        collection: cell.key.collection,
        id: cell.key.id,
        field: cell.key.field,
        stamp: cell.stamp,
        reason: "not_certified".into(),
    };
    let verdicts = clears.flat_map(Change::cells).map(verdict).collect();
    let response = SyncResponse { taken: true, verdicts, changes, ..SyncResponse::default() };
    assert!(apply(phone, sent, response));
}

#[test]
fn clears_are_signed_with_the_key_in_use() {
    let (mut phone, _) = phone_with_saved();
    change_phrase(&mut phone, 2);
    let sent = request_with_clears(&mut phone).request;
    let proof = ClearProof::of(&sent, "riverbridge", "ada");
    assert!(proof.is_by(key(2).owner()) && !proof.is_by(key(1).owner()));
}

/// It would be sent with each request for ever.
#[test]
fn refused_clears_wait_for_another_server() {
    let (mut phone, _) = phone_with_saved();
    change_phrase(&mut phone, 2);
    let sent = request_with_clears(&mut phone);
    refuse_clears(&mut phone, &sent, Vec::new());
    assert!(!drain(&mut phone).iter().any(is_clear));
    let sent = request(&mut phone);
    assert!(apply(&mut phone, &sent, restored("next")));
    assert!(drain(&mut phone).iter().any(is_clear));
}

/// A server can send what is under the next key without the step to it, which comes when it is asked for again.
#[test]
fn cell_under_key_whose_step_comes_later_is_not_cleared() {
    let (mut other, _) = phone_with_saved();
    change_phrase(&mut other, 2);
    let note = BTreeMap::from([("note".to_owned(), json!("Rang them"))]);
    other.transact(|tx| edit::write(tx, NOW + 1, "saved", "job-1", note)).unwrap();
    let mut theirs = drain(&mut other);
    theirs.retain(|change| change.id == sealed_id(2));
    assert!(!theirs.is_empty() && !theirs.iter().any(is_clear));

    let (mut phone, _) = phone_with_saved();
    let sent = request(&mut phone);
    take(&mut phone, &sent, theirs);
    phone.transact(|tx| recovery::enter(tx, &phrase(2))).unwrap();
    let sent = request_with_clears(&mut phone);
    assert!(
        sent.request.changes.iter().any(|change| is_clear(change) && change.id == sealed_id(2))
    );
    let next = key(2).owner().clone();
    let step = KeyStep::after(&key(1).owner_key(), next, "riverbridge", "ada");
    refuse_clears(&mut phone, &sent, vec![accepted(&step, 5)]);
    let sent = drain(&mut phone);
    assert!(sent.iter().any(|change| is_clear(change) && change.id == sealed_id(1)));
    assert!(!sent.iter().any(|change| is_clear(change) && change.id == sealed_id(2)), "{sent:?}");
}

/// A greater stamp would beat the edit of a phone that has seen the cell and not the new phrase.
#[test]
fn clear_has_stamp_of_cleared_cell() {
    let (mut phone, saved) = phone_with_saved();
    change_phrase(&mut phone, 2);
    let clears: Vec<Change> = drain(&mut phone).into_iter().filter(is_clear).collect();
    assert_eq!(clears, [cleared(&saved)]);
}

#[test]
fn cell_cleared_under_earlier_key_is_not_resent() {
    let (mut phone, saved) = phone_with_changed_phrase();
    let sent = request(&mut phone);
    take(&mut phone, &sent, vec![cleared(&saved)]);
    assert_eq!(drain(&mut phone), []);
}

/// Another phone sent it before it knew of the new phrase.
#[test]
fn cell_that_returns_under_earlier_key_is_cleared_again() {
    let (mut phone, saved) = phone_with_changed_phrase();
    let sent = request(&mut phone);
    take(&mut phone, &sent, vec![saved.clone()]);
    let resent = drain(&mut phone);
    assert_eq!(resent.last(), Some(&cleared(&saved)));
    assert!(resent.iter().any(|change| change.id == sealed_id(2)));
}

/// Another key can be in use on the restored server.
#[test]
fn restored_server_accepts_key_before_clears_are_sent() {
    let (mut phone, saved) = phone_with_changed_phrase();
    let sent = request(&mut phone);
    assert!(apply(&mut phone, &sent, restored("next")));
    let sent = request(&mut phone);
    assert!(!sent.request.changes.is_empty() && !sent.request.changes.iter().any(is_clear));
    take(&mut phone, &sent, Vec::new());
    assert_eq!(drain(&mut phone), [cleared(&saved)]);
}

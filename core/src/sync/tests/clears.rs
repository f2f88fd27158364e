//! Clearing what is under an earlier key, and what happens when that key comes back into use.

use std::collections::BTreeMap;

use promise_protocol::{Change, Stamp, SyncResponse};
use serde_json::{Value, json};

use super::{NOW, PreparedRequest, SqliteStore, apply, phone, request, restored};
use crate::{
    sealing::{AccountKey, RecoveryPhrase},
    store::{Entropy, Store},
    sync::{edit, recovery},
};

fn entropy(number: u8) -> Entropy {
    Entropy::new([number; 16])
}

/// Returns the sealed id of the saved opportunity under the key of this number.
fn sealed_id(number: u8) -> String {
    let phrase = RecoveryPhrase::from_entropy(&entropy(number));
    AccountKey::derive(&phrase, "riverbridge", "ada").sealed_id("saved", "job-1")
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

/// A greater stamp would beat the edit of a phone that has seen the cell and not the new phrase.
#[test]
fn clear_has_stamp_of_cleared_cell() {
    let (mut phone, saved) = phone_with_saved();
    change_phrase(&mut phone, 2);
    let clears: Vec<Change> = drain(&mut phone).into_iter().filter(is_clear).collect();
    assert_eq!(clears, [cleared(&saved)]);
}

/// After a restore, a phone that knows of another key only can clear what is under the key in use.
#[test]
fn cell_cleared_under_key_in_use_is_resent() {
    let (mut phone, saved) = phone_with_saved();
    let sent = request(&mut phone);
    take(&mut phone, &sent, vec![cleared(&saved)]);
    assert_eq!(drain(&mut phone), [saved]);
}

/// The value that was cleared was later than what this phone holds, and may be lost with its phone.
#[test]
fn cell_is_resent_when_later_value_was_cleared_under_key_in_use() {
    let (mut phone, saved) = phone_with_saved();
    let sent = request(&mut phone);
    let author = saved.stamp.author.clone();
    let stamp = Stamp::new(saved.stamp.reading.next(), author);
    take(&mut phone, &sent, vec![Change { stamp, ..cleared(&saved) }]);
    assert_eq!(drain(&mut phone), [saved]);
}

/// A later value was cleared on the server, and an earlier one sent again.
#[test]
fn cell_is_resent_when_earlier_value_comes_back() {
    let (mut phone, earlier) = phone_with_saved();
    let note = BTreeMap::from([("note".to_owned(), json!("Rang them"))]);
    phone.transact(|tx| edit::write(tx, NOW + 1, "saved", "job-1", note)).unwrap();
    let later = drain(&mut phone);
    let sent = request(&mut phone);
    take(&mut phone, &sent, vec![earlier]);
    assert_eq!(drain(&mut phone), later);
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

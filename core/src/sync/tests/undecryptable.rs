//! Cells that come before what is needed to open them.

use std::collections::BTreeMap;

use promise_protocol::{Cell, CellKey, Change, KeyStep, SyncResponse};
use serde_json::json;

use super::{NOW, SqliteStore, accepted, apply, phone, request, signed};
use crate::{
    sealing::{AccountKey, RecoveryPhrase},
    store::{Entropy, Store, StoreError},
    sync::{edit, recovery},
};

/// The contact can come after the note about it: a restored server has lost it until a phone resends
/// it.
#[test]
fn note_about_contact_opens_when_the_contact_comes() {
    let phrase = Entropy::new([1; 16]);
    let (mut writer, mut reader) = (phone(), phone());
    let contact = signed(Change {
        collection: "contact".into(),
        id: "c1".into(),
        stamp: "0cr2sk0g00000-s00000001".parse().unwrap(),
        fields: [("display_name".to_owned(), json!("Jo"))].into(),
        signature: None,
    });
    for phone in [&mut writer, &mut reader] {
        phone
            .transact::<_, edit::EditError>(|tx| recovery::generate_if_first(tx, &phrase))
            .unwrap();
    }
    let sent = request(&mut writer);
    let changes = vec![contact.clone()];
    assert!(apply(&mut writer, &sent, SyncResponse { changes, ..SyncResponse::default() }));
    let note = BTreeMap::from([("note".to_owned(), json!("Kind"))]);
    writer.transact(|tx| edit::write(tx, NOW, "contact_mark", "c1", note)).unwrap();
    let sealed = request(&mut writer).request.changes;
    let sealed = sealed.into_iter().filter(|change| change.collection == "contact_mark");

    for changes in [sealed.collect(), vec![contact]] {
        let sent = request(&mut reader);
        assert!(apply(&mut reader, &sent, SyncResponse { changes, ..SyncResponse::default() }));
    }
    let seen = reader.transact::<_, StoreError>(|tx| tx.current_record("contact_mark", "c1"));
    assert_eq!(
        seen.unwrap().into_iter().map(|cell| cell.value).collect::<Vec<_>>(),
        [json!("Kind")]
    );
}

fn with_phrase(number: u8) -> SqliteStore {
    let mut phone = phone();
    let bits = Entropy::new([number; 16]);
    phone.transact(|tx| recovery::generate_if_first(tx, &bits)).unwrap();
    phone
}

/// Marks a pledge that no edition has, and returns the sealed change that the phone sends.
fn mark_pledge(phone: &mut SqliteStore, note: &str) -> Change {
    let note = BTreeMap::from([("note".to_owned(), json!(note))]);
    phone.transact(|tx| edit::write(tx, NOW, "pledge_mark", "review", note)).unwrap();
    let sent = request(phone);
    let sealed = sent.request.changes.iter().find(|change| change.collection == "pledge_mark");
    let sealed = sealed.cloned().unwrap();
    assert!(apply(phone, &sent, SyncResponse { taken: true, ..SyncResponse::default() }));
    sealed
}

/// Seed 30826: the newest note is under the first phrase, and its record's id only under the second. The
/// first phrase was refused as wrong, because it opened a note of a record that was not known yet.
#[test]
fn earlier_phrase_is_accepted_before_its_record_is_known() {
    let (mut first, mut second) = (with_phrase(1), with_phrase(2));
    let earlier = mark_pledge(&mut first, "Ring them");
    let newest = mark_pledge(&mut first, "Ring them on Monday");
    assert!(earlier.fields.contains_key("of") && !newest.fields.contains_key("of"));
    let with_id = mark_pledge(&mut second, "Ring them");
    let mut reader = with_phrase(3);
    let sent = request(&mut reader);
    let changes = vec![newest, with_id];
    assert!(apply(&mut reader, &sent, SyncResponse { changes, ..SyncResponse::default() }));

    let wrong = reader.transact(|tx| recovery::enter(tx, &RecoveryPhrase::from_entropy(&[4; 16])));
    assert!(matches!(wrong, Err(recovery::EnterError::WrongPhrase)));
    for number in [1, 2] {
        let phrase = RecoveryPhrase::from_entropy(&[number; 16]);
        reader.transact(|tx| recovery::enter(tx, &phrase)).unwrap();
    }
    let seen = reader.transact::<_, StoreError>(|tx| tx.current_record("pledge_mark", "review"));
    let notes = seen.unwrap().into_iter().filter(|cell| cell.key.field == "note");
    assert_eq!(notes.map(|cell| cell.value).collect::<Vec<_>>(), [json!("Ring them on Monday")]);
}

/// Seed 150316: a note was about a contact that the server refused, and no other phone could place it.
#[test]
fn note_about_contact_that_waits_to_be_sent_has_its_id() {
    let mut phone = with_phrase(1);
    let contact = Cell {
        key: CellKey::new("contact", "c1", "display_name"),
        value: json!("Jo"),
        stamp: "0cr2sk0g00000-p00000001".parse().unwrap(),
    };
    phone.transact::<_, StoreError>(|tx| tx.put_unsent(&contact)).unwrap();
    let note = BTreeMap::from([("note".to_owned(), json!("Kind"))]);
    phone.transact(|tx| edit::write(tx, NOW, "contact_mark", "c1", note)).unwrap();
    let held = phone.transact::<_, StoreError>(|tx| tx.current_record("contact_mark", "c1"));
    assert!(held.unwrap().iter().any(|cell| cell.key.field == "of" && cell.value == "c1"));
}

fn account(number: u8) -> AccountKey {
    let phrase = RecoveryPhrase::from_entropy(&[number; 16]);
    AccountKey::derive(&phrase, "riverbridge", "ada")
}

/// Syncs with a server that has these changes.
fn receive(phone: &mut SqliteStore, changes: Vec<Change>) {
    let sent = request(phone);
    let taken = !sent.request.changes.is_empty();
    assert!(apply(phone, &sent, SyncResponse { taken, changes, ..SyncResponse::default() }));
}

fn cleared(change: &Change) -> Change {
    let fields = change.fields.keys().map(|field| (field.clone(), json!(null))).collect();
    Change { fields, ..change.clone() }
}

fn set_aside(phone: &mut SqliteStore) -> usize {
    phone.transact::<_, StoreError>(|tx| tx.cleared_cells()).unwrap().len()
}

/// A server that lies could otherwise have the only copy of it destroyed.
#[test]
fn cell_that_was_cleared_unopened_opens_when_its_phrase_comes() {
    let sealed = mark_pledge(&mut with_phrase(1), "Ring them");
    let mut reader = phone();
    let first = KeyStep::first(&account(1).owner_key(), "riverbridge", "ada");
    receive(&mut reader, vec![accepted(&first, 1), sealed.clone()]);
    receive(&mut reader, vec![cleared(&sealed)]);
    let counts = reader.transact::<_, StoreError>(|tx| tx.pending_counts()).unwrap();
    assert_eq!((counts.undecryptable, set_aside(&mut reader)), (0, sealed.fields.len()));
    let phrase = RecoveryPhrase::from_entropy(&[1; 16]);
    reader.transact(|tx| recovery::enter(tx, &phrase)).unwrap();
    let seen = reader.transact::<_, StoreError>(|tx| tx.current_record("pledge_mark", "review"));
    assert!(seen.unwrap().iter().any(|cell| cell.value == "Ring them"));
}

#[test]
fn cell_that_was_cleared_unopened_is_removed_once_everything_is_open() {
    let sealed = mark_pledge(&mut with_phrase(1), "Ring them");
    let mut reader = phone();
    let first = KeyStep::first(&account(1).owner_key(), "riverbridge", "ada");
    let next = account(2).owner().clone();
    let next = KeyStep::after(&account(1).owner_key(), next, "riverbridge", "ada");
    let steps = vec![accepted(&first, 1), accepted(&next, 2)];
    receive(&mut reader, steps.into_iter().chain([sealed.clone()]).collect());
    receive(&mut reader, vec![cleared(&sealed)]);
    assert_eq!(set_aside(&mut reader), sealed.fields.len(), "the words in use are not here");
    let phrase = RecoveryPhrase::from_entropy(&[2; 16]);
    reader.transact(|tx| recovery::enter(tx, &phrase)).unwrap();
    receive(&mut reader, Vec::new());
    receive(&mut reader, Vec::new());
    assert_eq!(set_aside(&mut reader), 0);
}

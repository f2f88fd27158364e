//! Seeds 14788 and 16387: a restore can lose the check value of the key in use, and phones that know
//! it from their pairing alone must agree on one again.

use promise_protocol::{Change, SyncResponse, schema::KEY_CHECK};
use serde_json::json;

use super::{NOW, SqliteStore, apply, phone, request};
use crate::{
    sealing::{AccountKey, RecoveryPhrase},
    store::{Pairing, Store, StoreError},
    sync::recovery::{self, RecoveryPhraseState},
};

fn phrase(number: u8) -> RecoveryPhrase {
    RecoveryPhrase::from_entropy(&[number; 16])
}

fn check_value(number: u8) -> String {
    AccountKey::derive(&phrase(number), "riverbridge", "ada").check_value()
}

/// Returns a phone that was paired at this time, when the key of this number was in use.
fn paired(author: &str, number: u8, paired_at: i64) -> SqliteStore {
    let mut phone = phone();
    let paired = phone.transact::<_, StoreError>(|tx| {
        let pairing = tx.pairing()?.unwrap();
        let key_check = Some(check_value(number));
        tx.set_pairing(&Pairing { author: author.into(), key_check, paired_at, ..pairing })
    });
    paired.unwrap();
    phone
}

fn enter(phone: &mut SqliteStore, number: u8) {
    phone.transact(|tx| recovery::enter(tx, &phrase(number))).unwrap();
}

fn state(phone: &mut SqliteStore) -> RecoveryPhraseState {
    phone.transact(|tx| recovery::state(tx)).unwrap()
}

/// Applies a response with these changes and nothing more to get. Returns what the phone sends next.
fn next_changes(phone: &mut SqliteStore, changes: &[Change]) -> Vec<Change> {
    let sent = request(phone);
    let changes = changes.to_vec();
    assert!(apply(phone, &sent, SyncResponse { changes, ..SyncResponse::default() }));
    request(phone).request.changes
}

fn check_cell(stamp: &str, number: u8) -> Change {
    let (collection, id, field) = KEY_CHECK;
    Change {
        collection: collection.into(),
        id: id.into(),
        stamp: stamp.parse().unwrap(),
        fields: [(field.to_owned(), json!(check_value(number)))].into(),
        signature: None,
    }
}

#[test]
fn check_value_of_pairing_is_written_when_no_cell_comes() {
    let mut phone = paired("p00000001", 1, NOW);
    let written = next_changes(&mut phone, &[]);
    assert_eq!(written.len(), 1);
    assert_eq!(written[0].fields, check_cell("0000000000000-p00000001", 1).fields);
    assert_eq!(written[0].stamp.reading.millis(), u64::try_from(NOW / 1000).unwrap());
}

#[test]
fn check_value_of_pairing_is_not_written_when_cell_comes() {
    let mut phone = paired("p00000001", 1, NOW);
    enter(&mut phone, 1);
    let cell = check_cell("0cr2sk0g00000-p00000002", 1);
    assert_eq!(next_changes(&mut phone, &[cell]), []);
}

#[test]
fn check_value_of_pairing_waits_for_every_page() {
    let mut phone = paired("p00000001", 1, NOW);
    enter(&mut phone, 1);
    let sent = request(&mut phone);
    assert!(apply(&mut phone, &sent, SyncResponse { more: true, ..SyncResponse::default() }));
    assert_eq!(request(&mut phone).request.changes, []);
}

#[test]
fn phones_paired_under_different_keys_agree_on_later_one() {
    let (mut first, mut second) =
        (paired("p00000002", 1, NOW), paired("p00000001", 2, NOW + 60_000));
    enter(&mut first, 1);
    enter(&mut second, 2);
    let of_first = next_changes(&mut first, &[]);
    // Also if the other value comes first.
    let of_second = next_changes(&mut second, &of_first);
    assert!(of_first[0].stamp < of_second[0].stamp);
    next_changes(&mut first, &of_second);
    assert_eq!(state(&mut first), RecoveryPhraseState::Changed);
    assert_eq!(state(&mut second), RecoveryPhraseState::Present);
}

/// A phone that holds the lost cell sends it again, and knows better than a pairing.
#[test]
fn resent_check_value_wins_over_that_of_pairing() {
    let mut phone = paired("p00000001", 1, NOW);
    enter(&mut phone, 1);
    next_changes(&mut phone, &[]);
    let changed = check_cell("0cr2sk0g00000-p00000002", 2);
    next_changes(&mut phone, &[changed]);
    assert_eq!(state(&mut phone), RecoveryPhraseState::Changed);
}

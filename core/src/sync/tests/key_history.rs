//! Which steps to other keys a phone follows, and how it proposes its own.

use promise_protocol::{
    Change, KeyAcceptance, KeyStep, Reading, SyncRequest, SyncResponse, fresh_start,
    schema::KEY_REFUSAL, signature::Signature,
};
use serde_json::json;

use super::{
    NOW, SqliteStore, accepted, apply, entropy, key, phone, phrase, request, restored, signed,
};
use crate::{
    store::{Store, StoreError},
    sync::{
        apply::apply_response,
        edit::{self, EditError},
        recovery::{self, ChangeError, EnterError, RecoveryPhraseState},
    },
};

fn first(number: u8) -> KeyStep {
    KeyStep::first(&key(number).owner_key(), "riverbridge", "ada")
}

fn step(before: u8, next: u8) -> KeyStep {
    let (before, next) = (key(before).owner_key(), key(next).owner().clone());
    KeyStep::after(&before, next, "riverbridge", "ada")
}

/// A step from a key that another key certified.
fn certified_by(by: u8, before: u8, next: u8) -> KeyStep {
    KeyStep { before: Some(key(before).owner().clone()), ..step(by, next) }
}

fn unsigned(step: &KeyStep, after: i64) -> Change {
    Change { signature: None, ..accepted(step, after) }
}

/// A phone whose first key, number 1, the server has accepted.
fn phone_with_key() -> SqliteStore {
    let mut phone = phone();
    phone.transact(|tx| recovery::generate_if_first(tx, &entropy(1))).unwrap();
    receive(&mut phone, &[]);
    phone
}

/// Syncs with a server that accepts every step and has these changes. Returns the request.
fn receive(phone: &mut SqliteStore, changes: &[Change]) -> SyncRequest {
    let sent = request(phone);
    let (taken, changes) = (!sent.request.changes.is_empty(), changes.to_vec());
    assert!(apply(phone, &sent, SyncResponse { taken, changes, ..SyncResponse::default() }));
    sent.request
}

/// Syncs with a server that accepts no step and has these changes.
fn refuse(phone: &mut SqliteStore, changes: &[Change]) -> SyncRequest {
    let sent = request(phone);
    let changes = changes.to_vec();
    let response = SyncResponse { now: NOW, changes, ..SyncResponse::default() };
    phone.transact(|tx| apply_response(tx, &sent, response, NOW)).unwrap();
    sent.request
}

fn change_phrase(phone: &mut SqliteStore, number: u8) {
    phone.transact(|tx| recovery::change(tx, &entropy(number))).unwrap();
}

fn enter(phone: &mut SqliteStore, number: u8) -> Result<(), EnterError> {
    phone.transact(|tx| recovery::enter(tx, &phrase(number))).map(drop)
}

fn state(phone: &mut SqliteStore) -> RecoveryPhraseState {
    phone.transact(|tx| recovery::state(tx)).unwrap()
}

fn refused(phone: &mut SqliteStore) -> u64 {
    phone.transact::<_, StoreError>(|tx| tx.key_state()).unwrap().refused
}

#[test]
fn certified_and_accepted_step_is_followed() {
    let mut phone = phone_with_key();
    receive(&mut phone, &[accepted(&step(1, 2), 9)]);
    assert_eq!((state(&mut phone), refused(&mut phone)), (RecoveryPhraseState::Changed, 0));
    enter(&mut phone, 2).unwrap();
    assert_eq!(state(&mut phone), RecoveryPhraseState::Present);
}

#[test]
fn step_that_is_not_certified_or_not_accepted_is_refused_and_reported() {
    let attacks = [
        accepted(&first(9), -9),
        accepted(&certified_by(9, 1, 9), 9),
        unsigned(&step(1, 9), 9),
        Change { id: "another".into(), ..accepted(&step(1, 9), 9) },
        signed(Change { id: "another".into(), ..unsigned(&step(1, 9), 9) }),
    ];
    for attack in attacks {
        let mut phone = phone_with_key();
        for _ in 0..2 {
            receive(&mut phone, std::slice::from_ref(&attack));
            assert_eq!(state(&mut phone), RecoveryPhraseState::Present, "{attack:?}");
            assert_eq!(refused(&mut phone), 1, "it is counted once: {attack:?}");
        }
        assert!(matches!(enter(&mut phone, 9), Err(EnterError::WrongPhrase)), "{attack:?}");
    }
}

#[test]
fn report_of_the_server_is_counted_once() {
    let mut phone = phone_with_key();
    let (collection, id, field) = KEY_REFUSAL;
    let report = |after| {
        let fields = [(field.to_owned(), json!("p00000009"))].into();
        signed(Change {
            collection: collection.into(),
            id: id.into(),
            fields,
            ..unsigned(&first(1), after)
        })
    };
    for (after, count) in [(1, 1), (1, 1), (2, 2)] {
        receive(&mut phone, &[report(after)]);
        assert_eq!(refused(&mut phone), count);
    }
}

/// A restore lost the step to key 2, and the restored server accepted one from someone who has the first phrase.
#[test]
fn step_that_was_accepted_first_counts_after_a_restore() {
    let mut phone = phone_with_key();
    change_phrase(&mut phone, 2);
    receive(&mut phone, &[]);
    receive(&mut phone, &[accepted(&step(1, 9), 50)]);
    assert_eq!((state(&mut phone), refused(&mut phone)), (RecoveryPhraseState::Present, 0));
    assert!(matches!(enter(&mut phone, 9), Err(EnterError::WrongPhrase)));
}

#[test]
fn own_step_waits_until_the_council_signed_it() {
    let mut phone = phone_with_key();
    change_phrase(&mut phone, 2);
    for _ in 0..2 {
        assert_eq!(refuse(&mut phone, &[]).key_steps, [step(1, 2)]);
        let state = phone.transact::<_, StoreError>(|tx| tx.key_state()).unwrap();
        assert!(!state.confirmed, "nothing may be cleared");
    }
    assert_eq!(receive(&mut phone, &[]).key_steps, [step(1, 2)]);
    assert_eq!(receive(&mut phone, &[]).key_steps, []);
    assert!(phone.transact::<_, StoreError>(|tx| tx.key_state()).unwrap().confirmed);
}

#[test]
fn steps_made_without_a_connection_are_proposed_together() {
    let mut phone = phone();
    phone.transact(|tx| recovery::generate_if_first(tx, &entropy(1))).unwrap();
    change_phrase(&mut phone, 2);
    change_phrase(&mut phone, 3);
    assert_eq!(receive(&mut phone, &[]).key_steps, [first(1), step(1, 2), step(2, 3)]);
    assert_eq!(receive(&mut phone, &[]).key_steps, []);
    assert_eq!(state(&mut phone), RecoveryPhraseState::Present);
}

#[test]
fn own_step_that_came_late_is_forgotten() {
    let mut phone = phone_with_key();
    change_phrase(&mut phone, 2);
    refuse(&mut phone, &[accepted(&step(1, 3), 9)]);
    assert_eq!((state(&mut phone), refused(&mut phone)), (RecoveryPhraseState::Changed, 0));
    assert_eq!(receive(&mut phone, &[]).key_steps, []);
    enter(&mut phone, 3).unwrap();
    assert_eq!(state(&mut phone), RecoveryPhraseState::Present);
}

#[test]
fn phrase_cannot_be_changed_without_the_one_in_use() {
    let mut phone = phone_with_key();
    receive(&mut phone, &[accepted(&step(1, 2), 9)]);
    let changed = phone.transact(|tx| recovery::change(tx, &entropy(4)));
    assert!(matches!(changed, Err(ChangeError::PhraseNeeded)));
}

/// Nothing that a restored server lacks may be missing when it decides on another step.
#[test]
fn accepted_steps_are_resent_before_everything_else() {
    let mut phone = phone_with_key();
    change_phrase(&mut phone, 2);
    receive(&mut phone, &[]);
    let sent = request(&mut phone);
    assert!(apply(&mut phone, &sent, restored("next")));
    change_phrase(&mut phone, 3);
    let sent = request(&mut phone).request;
    let steps: Vec<_> = sent.changes.iter().take(2).filter_map(KeyStep::of_change).collect();
    assert_eq!(steps, [first(1), step(1, 2)]);
    assert!(sent.changes.iter().take(2).all(|change| change.signature.is_some()));
    assert_eq!(sent.key_steps, [step(2, 3)]);
}

/// It holds nothing that another first key could take. With words of its own it holds to theirs.
#[test]
fn phone_without_words_follows_the_first_key_that_was_accepted_first() {
    let mut phone = phone();
    receive(&mut phone, &[accepted(&first(2), 5)]);
    receive(&mut phone, &[accepted(&first(1), 4)]);
    assert_eq!((state(&mut phone), refused(&mut phone)), (RecoveryPhraseState::Needed, 0));
    enter(&mut phone, 1).unwrap();
    receive(&mut phone, &[accepted(&first(9), 3)]);
    assert_eq!((state(&mut phone), refused(&mut phone)), (RecoveryPhraseState::Present, 1));
}

/// A restore can lose the history, and the phone that has it may not have synced since.
#[test]
fn phrase_is_not_wrong_before_any_key_is_known() {
    let mut phone = phone();
    assert!(matches!(enter(&mut phone, 1), Err(EnterError::NotSynced)));
    receive(&mut phone, &[accepted(&first(1), 5)]);
    assert!(matches!(enter(&mut phone, 2), Err(EnterError::WrongPhrase)));
    enter(&mut phone, 1).unwrap();
}

#[test]
fn acceptance_that_the_council_did_not_sign_accepts_nothing() {
    let mut phone = phone_with_key();
    change_phrase(&mut phone, 2);
    let sent = request(&mut phone);
    let Change { stamp, .. } = accepted(&step(1, 2), 1_000_000);
    let key_accepted = vec![KeyAcceptance { stamp, signature: Signature::new("A".repeat(86)) }];
    let response = SyncResponse { now: NOW, key_accepted, ..SyncResponse::default() };
    let outcome = phone.transact(|tx| apply_response(tx, &sent, response, NOW)).unwrap();
    assert_eq!(outcome.unverified, 1);
    let seen = phone.transact::<_, StoreError>(|tx| tx.sync_state()).unwrap().greatest_reading;
    assert!(seen < Reading::at_millis(NOW + 1_000_000), "its stamp does not count as seen");
    assert_eq!(receive(&mut phone, &[]).key_steps, [step(1, 2)]);
    assert_eq!(receive(&mut phone, &[]).key_steps, []);
}

/// A fresh start so many milliseconds after the start, without the council's signature.
fn unsigned_fresh_start(after: i64) -> Change {
    fresh_start(accepted(&first(1), after).stamp)
}

/// The person's words were stolen, and changed by the thief.
#[test]
fn fresh_start_seals_what_the_phone_holds_under_new_words() {
    let mut phone = phone_with_key();
    let note = [("note".to_owned(), json!("Ring them"))].into();
    phone.transact(|tx| edit::write(tx, NOW, "saved", "job-1", note)).unwrap();
    receive(&mut phone, &[]);
    receive(&mut phone, &[accepted(&step(1, 9), 50)]);
    assert_eq!(state(&mut phone), RecoveryPhraseState::Changed);

    let afresh = [signed(unsigned_fresh_start(60))];
    let begun = phone.transact::<_, EditError>(|tx| {
        recovery::learn_history(tx, &afresh)?;
        recovery::generate_if_first(tx, &entropy(2))
    });
    begun.unwrap();
    assert_eq!(state(&mut phone), RecoveryPhraseState::Present);
    let sent = receive(&mut phone, &[accepted(&step(9, 8), 55)]);
    assert_eq!(sent.key_steps, [first(2)]);
    let id = key(2).sealed_id("saved", "job-1");
    assert!(sent.changes.iter().any(|change| change.id == id), "{sent:?}");
    receive(&mut phone, &[]);
    assert_eq!(receive(&mut phone, &[]).key_steps, []);
    assert_eq!((state(&mut phone), refused(&mut phone)), (RecoveryPhraseState::Present, 0));
    assert!(matches!(enter(&mut phone, 9), Err(EnterError::WrongPhrase)));
}

/// The server had accepted it, and the response was lost. The words may be those that were stolen.
#[test]
fn first_key_that_waits_is_forgotten_by_a_pairing_after_a_fresh_start() {
    let mut phone = phone();
    phone.transact(|tx| recovery::generate_if_first(tx, &entropy(1))).unwrap();
    let afresh = [signed(unsigned_fresh_start(60))];
    let begun = phone.transact::<_, EditError>(|tx| {
        recovery::learn_history(tx, &afresh)?;
        recovery::generate_if_first(tx, &entropy(2))
    });
    begun.unwrap();
    phone.transact(|tx| recovery::learn_history(tx, &afresh)).unwrap();
    assert_eq!(receive(&mut phone, &[]).key_steps, [first(2)], "it forgets once");
    assert_eq!(state(&mut phone), RecoveryPhraseState::Present);
}

/// A restore had lost it, and this phone began anew on that server. What it sealed was deleted there when another
/// phone brought the fresh start.
#[test]
fn phone_that_learns_of_a_fresh_start_sends_again_what_it_sealed() {
    let mut phone = phone_with_key();
    let note = [("note".to_owned(), json!("Ring them"))].into();
    phone.transact(|tx| edit::write(tx, NOW, "saved", "job-1", note)).unwrap();
    let seals = |sent: &SyncRequest| sent.changes.iter().any(|change| change.collection == "saved");
    assert!(seals(&receive(&mut phone, &[])));
    assert!(!seals(&receive(&mut phone, &[signed(unsigned_fresh_start(5))])));
    assert_eq!(state(&mut phone), RecoveryPhraseState::Present);
    assert!(seals(&receive(&mut phone, &[])));
    assert!(!seals(&receive(&mut phone, &[])));
}

/// A restore had lost the fresh start, and brought the history before it back, which this phone holds to.
#[test]
fn phone_gets_everything_again_when_a_fresh_start_ends_the_history_it_holds_to() {
    let mut phone = phone_with_key();
    let cursor = |phone: &mut SqliteStore| {
        phone.transact::<_, StoreError>(|tx| tx.sync_state()).unwrap().cursor
    };
    let sent = request(&mut phone);
    let counts = accepted(&first(2), 70);
    let response = |changes| SyncResponse { next: Some(4), changes, ..SyncResponse::default() };
    assert!(apply(&mut phone, &sent, response(vec![counts.clone()])));
    assert_eq!((state(&mut phone), refused(&mut phone)), (RecoveryPhraseState::Present, 1));
    let sent = request(&mut phone);
    let afresh = response(vec![signed(unsigned_fresh_start(60))]);
    let outcome = phone.transact(|tx| apply_response(tx, &sent, afresh, NOW)).unwrap();
    assert!(outcome.again && cursor(&mut phone) == 0);
    receive(&mut phone, &[counts, signed(unsigned_fresh_start(60))]);
    assert_eq!(state(&mut phone), RecoveryPhraseState::Changed);
    enter(&mut phone, 2).unwrap();
    assert_eq!(state(&mut phone), RecoveryPhraseState::Present);
}

/// It was in use with another phone of the person, which began anew.
#[test]
fn phone_that_learns_of_a_fresh_start_waits_for_the_new_words() {
    let mut phone = phone_with_key();
    receive(&mut phone, &[signed(unsigned_fresh_start(60))]);
    assert_eq!(state(&mut phone), RecoveryPhraseState::Needed);
    assert!(matches!(enter(&mut phone, 1), Err(EnterError::NotSynced)));
    receive(&mut phone, &[accepted(&first(2), 70)]);
    assert_eq!((state(&mut phone), refused(&mut phone)), (RecoveryPhraseState::Changed, 0));
    enter(&mut phone, 2).unwrap();
    assert_eq!(state(&mut phone), RecoveryPhraseState::Present);
}

#[test]
fn fresh_start_that_the_council_did_not_sign_changes_nothing() {
    let mut phone = phone_with_key();
    receive(&mut phone, &[unsigned_fresh_start(60)]);
    assert_eq!((state(&mut phone), refused(&mut phone)), (RecoveryPhraseState::Present, 1));
}

/// A restore lost the first history with every phone that had it, and a later one brought it back.
#[test]
fn words_of_a_later_history_are_accepted_and_can_be_changed() {
    let mut phone = phone();
    receive(&mut phone, &[accepted(&first(1), 5), accepted(&first(2), 6)]);
    enter(&mut phone, 2).unwrap();
    assert_eq!(state(&mut phone), RecoveryPhraseState::Present);
    change_phrase(&mut phone, 3);
    assert_eq!(receive(&mut phone, &[]).key_steps, [step(2, 3)]);
    let state = phone.transact::<_, StoreError>(|tx| tx.key_state()).unwrap();
    assert!(!state.confirmed, "it must not clear what the other history may need");
}

/// A server can tell a phone without words of any history. Its app lock must not open for that.
#[test]
fn phrase_is_certified_only_if_it_goes_on_from_words_of_this_phone() {
    let is_certified = |phone: &mut SqliteStore, number| {
        phone.transact(|tx| recovery::is_certified_in_use(tx, &phrase(number))).unwrap()
    };
    let mut without = phone();
    receive(&mut without, &[accepted(&first(1), 5)]);
    assert!(!is_certified(&mut without, 1));
    let mut phone = phone_with_key();
    assert!(is_certified(&mut phone, 1) && !is_certified(&mut phone, 9));
    receive(&mut phone, &[accepted(&step(1, 2), 9)]);
    assert!(is_certified(&mut phone, 2) && !is_certified(&mut phone, 1));
    receive(&mut phone, &[signed(unsigned_fresh_start(60)), accepted(&first(9), 70)]);
    assert!(!is_certified(&mut phone, 9) && !is_certified(&mut phone, 2));
}

/// Another phone gave its words with the code. The restored server has no history yet; or that phone changed them,
/// and has not synced since.
#[test]
fn words_from_another_phone_count_once_the_history_is_here() {
    let mut phone = phone();
    let enter = |phone: &mut SqliteStore, number| {
        phone.transact(|tx| recovery::enter_from_phone(tx, &phrase(number))).unwrap();
    };
    enter(&mut phone, 1);
    assert_eq!(state(&mut phone), RecoveryPhraseState::Needed);
    receive(&mut phone, &[accepted(&first(1), 5)]);
    assert_eq!(state(&mut phone), RecoveryPhraseState::Present);
    enter(&mut phone, 2);
    assert_eq!(state(&mut phone), RecoveryPhraseState::Present);
    receive(&mut phone, &[accepted(&step(1, 2), 6)]);
    assert_eq!(state(&mut phone), RecoveryPhraseState::Present, "it needs no other words");
}

//! The quiet PIN: the phone looks like one on which nothing is private, and tells nothing.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use promise_core::{
    AppLockState, AskAbout, ChangeListener, OpportunityFilter, PromiseError, RecoveryPhraseState,
    Topic,
    export::Labels,
    store::{SqliteStore, Store},
    sync::Synced,
};
use promise_protocol::SyncResponse;

use super::{
    PIN, QUIET, SECRET, plain, this_phone,
    view::{REFUSED, seen},
    with_secrets,
};
use crate::common::{Pocket, contact, key, signed, small_edition};

fn quiet(pocket: Pocket) -> Pocket {
    pocket.phone.app_lock().set_quiet_pin(PIN, QUIET).unwrap();
    pocket.phone.app_lock().lock();
    pocket.phone.app_lock().unlock(QUIET).unwrap();
    pocket
}

/// A phone with a PIN and no contact.
fn bare() -> Pocket {
    let pocket = Pocket::showing(&small_edition());
    pocket.receive(vec![this_phone()]);
    pocket.phone.app_lock().set_pin(PIN).unwrap();
    pocket
}

#[test]
fn quiet_phone_reads_like_one_that_holds_nothing_but_the_promise() {
    let (bare, secrets) = (quiet(bare()), quiet(with_secrets()));
    assert_eq!(seen(&secrets), seen(&bare));
    assert!(!seen(&secrets).contains(SECRET) && !seen(&secrets).contains("Ada"));
    let phone = &secrets.phone;
    assert!(phone.promise().read().unwrap().is_some());
    assert_eq!(phone.opportunities().list(&OpportunityFilter::default()).unwrap().len(), 3);
    assert_eq!(phone.promise().directory().unwrap().lines.0.len(), 1);
    assert_eq!(phone.search("barista").unwrap().len(), 1);
}

#[test]
fn quiet_phone_is_open_and_fails_as_one_that_waits_for_its_words_and_cannot_save() {
    let pocket = quiet(with_secrets());
    let phone = &pocket.phone;
    assert_eq!(phone.app_lock().status().unwrap().state, AppLockState::Open);
    for (name, call) in REFUSED {
        assert_eq!(call(phone), Some(PromiseError::ReadOnly), "{name}");
    }
    let status = phone.status().unwrap();
    assert_eq!((status.unsent, status.read_only), (0, Some(PromiseError::ReadOnly)));
    assert_eq!(status.private.recovery_phrase, RecoveryPhraseState::Needed);
    assert_eq!(phone.recovery().phrase().err(), Some(PromiseError::RecoveryPhraseNeeded));
    let page = phone.export().page(&["en"], &Labels::default()).unwrap();
    assert!(page.contains("Council tax") && !page.contains(SECRET));
    phone.app_lock().lock();
    phone.app_lock().unlock(PIN).unwrap();
    assert!(seen(&pocket).contains(SECRET), "nothing is lost");
}

#[test]
fn no_call_tells_whether_there_is_a_quiet_pin() {
    let (with, without) = (plain(), plain());
    with.phone.app_lock().set_quiet_pin(PIN, QUIET).unwrap();
    without.phone.app_lock().remove_quiet_pin(PIN).unwrap();
    let told = |pocket: &Pocket| (pocket.phone.app_lock().status(), pocket.phone.status());
    assert_eq!(told(&with), told(&without));
    for pocket in [&with, &without] {
        pocket.phone.app_lock().lock();
    }
    assert_eq!(seen(&with), seen(&without));
    let wrong = |pocket: &Pocket| pocket.phone.app_lock().unlock("5050");
    assert_eq!(wrong(&with), wrong(&without));
    assert_eq!(seen(&with), seen(&without));
}

/// A thief of the database with its key reads two hashes. Whether the second one is a PIN's cannot be told:
/// without a quiet PIN it is random, and another one each time.
#[test]
fn second_hash_is_random_without_a_quiet_pin() {
    let pocket = plain();
    let lock = pocket.phone.app_lock();
    let mut hashes = Vec::new();
    for _ in 0..3 {
        let mut store = SqliteStore::open(&pocket.path(), &key()).unwrap();
        let stored = store.transact(|tx| tx.app_lock()).unwrap().unwrap();
        let different: BTreeSet<u8> = stored.quiet_pin.iter().copied().collect();
        assert!(different.len() > 16, "{} of 32 bytes differ", different.len());
        assert!(!hashes.contains(&stored.quiet_pin));
        hashes.push(stored.quiet_pin);
        lock.remove_quiet_pin(PIN).unwrap();
    }
    assert_eq!(pocket.reopen().phone.app_lock().unlock(QUIET), Err(PromiseError::WrongPin));
}

#[derive(Default)]
struct Recorder(Mutex<Vec<Vec<Topic>>>);

impl ChangeListener for Recorder {
    fn changed(&self, topics: &[Topic]) {
        self.0.lock().unwrap().push(topics.to_vec());
    }
}

#[test]
fn sync_goes_on_while_locked_and_tells_the_same_whatever_came() {
    for pin in [None, Some(QUIET)] {
        let pocket = plain();
        let phone = &pocket.phone;
        phone.app_lock().set_quiet_pin(PIN, QUIET).unwrap();
        phone.asks().write(SECRET, AskAbout::Anything).unwrap();
        phone.app_lock().lock();
        if let Some(pin) = pin {
            phone.app_lock().unlock(pin).unwrap();
        }
        let recorder = Arc::new(Recorder::default());
        phone.set_listener(Some(recorder.clone()));
        let mut discreet = contact("eve", SECRET);
        discreet.fields.insert("discreet".into(), true.into());
        pocket
            .server
            .next_takes(SyncResponse { changes: vec![signed(discreet)], ..Default::default() });
        let with_news = pocket.sync().unwrap();
        let requests = pocket.server.requests();
        let mut sent = requests.iter().flat_map(|request| &request.changes);
        assert!(sent.any(|change| change.collection == "ask"), "what waits is sent");
        assert_eq!(pocket.sync().unwrap(), with_news, "nothing tells that something came");
        assert_eq!(with_news, Synced::default());
        let told = std::mem::take(&mut *recorder.0.lock().unwrap());
        assert_eq!(told.len(), 2);
        assert_eq!(told[0], told[1]);
        phone.app_lock().lock();
        phone.app_lock().unlock(PIN).unwrap();
        let names = phone.contacts().list().unwrap();
        assert!(names.iter().any(|contact| contact.display_name == SECRET), "it came");
    }
}

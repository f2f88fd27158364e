//! Setting, changing and removing PINs, and what else opens the lock.

use std::{
    sync::{Arc, Mutex, Weak},
    time::Duration,
};

use chrono::{DateTime, Utc};
use promise_core::{
    AppLockState, Connect, PocketPhone, PromiseError,
    clock::Clock,
    store::{PinHash, PinTries, StoredLock},
    sync::TransportError,
};

use super::{PIN, QUIET, plain, with_secrets};
use crate::common::{Pocket, key};

const NEW: &str = "8264";

pub(super) fn state(pocket: &Pocket) -> AppLockState {
    pocket.phone.app_lock().status().unwrap().state
}

fn words(pocket: &Pocket) -> String {
    pocket.phone.recovery().phrase().unwrap().words().collect::<Vec<_>>().join(" ")
}

#[test]
fn phone_without_a_pin_never_locks_and_one_with_a_pin_starts_locked() {
    let pocket = Pocket::paired();
    pocket.phone.app_lock().lock();
    assert_eq!(state(&pocket), AppLockState::Off);
    pocket.phone.app_lock().set_pin(PIN).unwrap();
    assert_eq!(state(&pocket), AppLockState::Open);
    assert_eq!(pocket.phone.app_lock().set_pin(NEW), Err(PromiseError::WrongPin));
    let pocket = pocket.reopen();
    assert_eq!(state(&pocket), AppLockState::Locked);
    pocket.phone.app_lock().unlock(PIN).unwrap();
    pocket.phone.pause();
    pocket.phone.app_lock().lock();
    pocket.phone.resume().unwrap();
    assert_eq!(state(&pocket), AppLockState::Locked, "a paused phone can be locked");
}

#[test]
fn pin_is_not_set_on_an_unpaired_phone_or_if_it_is_easy() {
    let unpaired = Pocket::unpaired();
    assert_eq!(unpaired.phone.app_lock().set_pin(PIN), Err(PromiseError::NotPaired));
    let pocket = Pocket::paired();
    let lock = pocket.phone.app_lock();
    assert_eq!(lock.set_pin("12"), Err(PromiseError::Invalid { field: "pin".into() }));
    assert_eq!(lock.set_pin("1234"), Err(PromiseError::UnsafePin));
    assert_eq!(state(&pocket), AppLockState::Off);
}

#[test]
fn pin_and_quiet_pin_always_differ() {
    let pocket = plain();
    let lock = pocket.phone.app_lock();
    assert_eq!(lock.set_quiet_pin(PIN, PIN), Err(PromiseError::UnsafePin));
    lock.set_quiet_pin(PIN, QUIET).unwrap();
    assert_eq!(lock.change_pin(PIN, QUIET), Err(PromiseError::UnsafePin));
    assert_eq!(lock.change_pin(QUIET, NEW), Err(PromiseError::WrongPin), "it is not the PIN");
    lock.change_pin(PIN, NEW).unwrap();
    lock.unlock(QUIET).unwrap();
    assert!(pocket.phone.own_contacts().list().unwrap().is_empty());
    assert_eq!(lock.unlock(PIN), Err(PromiseError::WrongPin));
    lock.unlock(NEW).unwrap();
    lock.set_quiet_pin(NEW, PIN).unwrap();
    assert_eq!(lock.unlock(QUIET), Err(PromiseError::WrongPin), "it was replaced");
    lock.remove_quiet_pin(NEW).unwrap();
    assert_eq!(lock.unlock(PIN), Err(PromiseError::WrongPin));
}

#[test]
fn words_in_use_remove_a_forgotten_pin_and_no_other_words_do() {
    let pocket = with_secrets();
    let old = words(&pocket);
    pocket.phone.recovery().change().unwrap();
    pocket.sync().unwrap();
    let new = words(&pocket);
    let pocket = pocket.reopen();
    let enter = |typed: &str| pocket.phone.recovery().enter(typed);
    assert_eq!(enter(&old), Err(PromiseError::WrongRecoveryPhrase), "another person saw them");
    let others = format!("{}about", "abandon ".repeat(11));
    assert_eq!(enter(&others), Err(PromiseError::WrongRecoveryPhrase));
    assert_eq!(state(&pocket), AppLockState::Locked);
    enter(&new.to_uppercase()).unwrap();
    assert_eq!(state(&pocket), AppLockState::Off);
    assert!(pocket.phone.profile().read().unwrap().date_of_birth.is_some());
    let pocket = pocket.reopen();
    assert_eq!(state(&pocket), AppLockState::Off);
}

#[test]
fn words_remove_the_pin_after_the_quiet_one_and_not_while_everything_is_open() {
    let pocket = plain();
    let words = words(&pocket);
    pocket.phone.recovery().enter(&words).unwrap();
    assert_eq!(state(&pocket), AppLockState::Open, "the person knows their PIN");
    pocket.phone.app_lock().set_quiet_pin(PIN, QUIET).unwrap();
    pocket.phone.app_lock().unlock(QUIET).unwrap();
    pocket.phone.recovery().enter(&words).unwrap();
    assert_eq!(state(&pocket), AppLockState::Off);
}

#[test]
fn platform_opens_by_its_own_secret_and_only_while_it_may() {
    let pocket = plain();
    let lock = pocket.phone.app_lock();
    assert_eq!(lock.unlock_with_platform(&[]), Err(PromiseError::WrongPin));
    assert_eq!(lock.allow_platform_unlock("5050").err(), Some(PromiseError::WrongPin));
    let first = lock.allow_platform_unlock(PIN).unwrap();
    let secret = lock.allow_platform_unlock(PIN).unwrap();
    assert_ne!(first, secret);
    let pocket = pocket.reopen();
    let lock = pocket.phone.app_lock();
    assert!(lock.status().unwrap().platform_unlock);
    assert_eq!(lock.unlock_with_platform(&first), Err(PromiseError::WrongPin), "it was replaced");
    assert_eq!(state(&pocket), AppLockState::Locked);
    lock.unlock_with_platform(&secret).unwrap();
    assert_eq!(state(&pocket), AppLockState::Open);
    lock.change_pin(PIN, NEW).unwrap();
    lock.unlock_with_platform(&secret).unwrap();
    lock.forbid_platform_unlock().unwrap();
    assert_eq!(lock.unlock_with_platform(&secret), Err(PromiseError::WrongPin));
    lock.remove_pin(NEW).unwrap();
    assert_eq!(lock.unlock_with_platform(&secret), Err(PromiseError::NoPin));
}

#[test]
fn export_and_debug_output_hold_no_pin() {
    let pocket = plain();
    pocket.phone.app_lock().set_quiet_pin(PIN, QUIET).unwrap();
    let json = pocket.phone.export().json().unwrap();
    assert!(json.get("setting").is_some() && json.get("app_lock").is_none());
    let stored = StoredLock {
        salt: [8; 16],
        pin: PinHash::new([181; 32]),
        quiet_pin: PinHash::new([182; 32]),
        platform: None,
        tries: PinTries::default(),
    };
    let printed = format!("{stored:?}");
    assert!(!printed.contains("181") && !printed.contains("182"), "{printed}");
}

/// A clock that locks the phone once, when the phone asks for the time of a try.
#[derive(Default)]
struct LockingClock(Mutex<Option<Weak<PocketPhone>>>);

impl Clock for LockingClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }

    fn since_boot(&self) -> Duration {
        let phone = self.0.lock().unwrap().take();
        if let Some(phone) = phone.as_ref().and_then(Weak::upgrade) {
            phone.app_lock().lock();
        }
        Duration::from_hours(1)
    }
}

#[test]
fn phone_that_is_locked_while_a_pin_is_checked_stays_locked() {
    let pocket = plain();
    let clock = Arc::new(LockingClock::default());
    let connect: Connect = Box::new(|_| Err(TransportError::Unreachable));
    let phone = PocketPhone::open_with(&pocket.path(), key(), clock.clone(), connect).unwrap();
    let phone = Arc::new(phone);
    let state = || phone.app_lock().status().unwrap().state;
    *clock.0.lock().unwrap() = Some(Arc::downgrade(&phone));
    phone.app_lock().unlock(PIN).unwrap();
    assert_eq!(state(), AppLockState::Locked, "the app left the screen");
    phone.app_lock().unlock(PIN).unwrap();
    assert_eq!(state(), AppLockState::Open);
}

//! Wrong PINs: what counts, and what does not end a delay.

use promise_core::{AppLockState, PromiseError};

use super::{PIN, QUIET, plain, too_many};
use crate::{common::Pocket, newer_data::make_newer};

const WRONG: &str = "5050";

fn unlock(pocket: &Pocket, pin: &str) -> Result<(), PromiseError> {
    pocket.phone.app_lock().unlock(pin)
}

/// A locked phone on which five wrong PINs were typed.
fn after_five_wrong() -> Pocket {
    let pocket = plain();
    pocket.phone.app_lock().lock();
    for _ in 0..5 {
        assert_eq!(unlock(&pocket, WRONG), Err(PromiseError::WrongPin));
    }
    pocket
}

#[test]
fn delay_survives_a_restart_and_refuses_the_right_pin_too() {
    let pocket = after_five_wrong();
    assert_eq!(unlock(&pocket, WRONG), too_many(30));
    let pocket = pocket.reopen();
    pocket.clock.pass(10);
    assert_eq!(unlock(&pocket, PIN), too_many(20));
    let status = pocket.phone.app_lock().status().unwrap();
    assert_eq!((status.state, status.wait_seconds), (AppLockState::Locked, 20));
    pocket.clock.pass(20);
    unlock(&pocket, PIN).unwrap();
    assert_eq!(pocket.phone.app_lock().status().unwrap().state, AppLockState::Open);
}

#[test]
fn setting_the_clock_forward_or_back_ends_no_delay() {
    let pocket = after_five_wrong();
    for days in [1, -400, 4000] {
        pocket.clock.turn(days * 24 * 60 * 60 * 1000);
        assert_eq!(unlock(&pocket, PIN), too_many(30));
    }
    pocket.clock.boot();
    assert_eq!(unlock(&pocket, PIN), too_many(30), "nor does starting the phone again");
}

#[test]
fn try_that_cannot_be_counted_opens_nothing() {
    let pocket = plain();
    pocket.phone.pause();
    make_newer(&pocket.path());
    let pocket = pocket.reopen();
    assert_eq!(unlock(&pocket, PIN), Err(PromiseError::NewerData));
    assert_eq!(pocket.phone.app_lock().status().unwrap().state, AppLockState::Locked);
    assert!(pocket.phone.promise().read().unwrap().is_some(), "the rest still reads");
}

#[test]
fn quiet_pin_between_wrong_ones_does_not_end_the_count() {
    let pocket = plain();
    pocket.phone.app_lock().set_quiet_pin(PIN, QUIET).unwrap();
    for _ in 0..2 {
        for _ in 0..2 {
            assert_eq!(unlock(&pocket, WRONG), Err(PromiseError::WrongPin));
        }
        unlock(&pocket, QUIET).unwrap();
    }
    assert_eq!(unlock(&pocket, WRONG), Err(PromiseError::WrongPin));
    assert_eq!(unlock(&pocket, WRONG), too_many(30));
}

#[test]
fn wrong_current_pin_counts_when_the_lock_is_changed() {
    let pocket = plain();
    let lock = pocket.phone.app_lock();
    for _ in 0..5 {
        assert_eq!(lock.change_pin(WRONG, "8264"), Err(PromiseError::WrongPin));
    }
    assert_eq!(lock.remove_pin(PIN), too_many(30));
    pocket.clock.pass(30);
    lock.remove_pin(PIN).unwrap();
    assert_eq!(unlock(&pocket, PIN), Err(PromiseError::NoPin));
}

#[test]
fn text_that_is_no_pin_is_wrong_and_counts_nothing() {
    let pocket = plain();
    for typed in ["", "12", "abcd", "48 26"] {
        for _ in 0..5 {
            assert_eq!(unlock(&pocket, typed), Err(PromiseError::WrongPin), "{typed}");
        }
    }
    unlock(&pocket, " ٤٨٢٦ ").unwrap();
}

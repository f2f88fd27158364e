//! A phone that is taken off while the lock is on: the council's order holds whatever the lock says.

use promise_core::{AppLockState, PhoneState, PromiseError, sync::TransportError};
use promise_protocol::PhoneOrder;

use super::{PIN, QUIET, opening::state, plain, with_secrets};
use crate::common::{Pocket, order};

/// Locked phones: one that was opened anew, and one after the quiet PIN.
fn closed() -> [Pocket; 2] {
    let quiet = with_secrets();
    quiet.phone.app_lock().set_quiet_pin(PIN, QUIET).unwrap();
    quiet.phone.app_lock().unlock(QUIET).unwrap();
    [with_secrets().reopen(), quiet]
}

fn receive_order(pocket: &Pocket, kind: PhoneOrder) -> PromiseError {
    pocket.server.next(move |_| Err(TransportError::Revoked(Some(order(kind)))));
    pocket.sync().unwrap_err()
}

#[test]
fn locked_phone_that_was_revoked_wipes_itself_with_its_pin() {
    for pocket in closed() {
        assert_eq!(receive_order(&pocket, PhoneOrder::Wipe), PromiseError::Revoked);
        assert_eq!(state(&pocket), AppLockState::Off);
        assert_eq!(pocket.phone.council().unwrap(), None);
        assert_eq!(state(&pocket.reopen()), AppLockState::Off);
    }
}

#[test]
fn locked_phone_that_was_released_keeps_its_pin_and_what_is_under_it() {
    for (pocket, then) in closed().into_iter().zip([AppLockState::Locked, AppLockState::Open]) {
        assert_eq!(receive_order(&pocket, PhoneOrder::Release), PromiseError::Released);
        assert_eq!(state(&pocket), then);
        assert!(pocket.phone.profile().read().unwrap().date_of_birth.is_none());
        let released = pocket.phone.status().unwrap().state;
        assert!(matches!(released, PhoneState::Released { .. }), "{released:?}");
        let pocket = pocket.reopen();
        assert_eq!(state(&pocket), AppLockState::Locked);
        pocket.phone.app_lock().unlock(PIN).unwrap();
        assert!(pocket.phone.profile().read().unwrap().date_of_birth.is_some());
    }
}

/// The wipe was interrupted while the app stayed in memory.
#[test]
fn wipe_that_goes_on_when_the_phone_is_resumed_removes_the_pin() {
    let pocket = plain();
    pocket.phone.app_lock().lock();
    pocket.phone.pause();
    std::fs::write(pocket.path().with_file_name("phone.db-wiping"), b"").unwrap();
    pocket.phone.resume().unwrap();
    assert_eq!(state(&pocket), AppLockState::Off);
    assert_eq!(pocket.phone.council().unwrap(), None);
}

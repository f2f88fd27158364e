//! Rules of [`SyncStateStore`](crate::store::SyncStateStore),
//! [`QuarantineStore`](crate::store::QuarantineStore),
//! [`RecoveryStore`](crate::store::RecoveryStore),
//! [`KeyStateStore`](crate::store::KeyStateStore) and
//! [`AppLockStore`](crate::store::AppLockStore).

use promise_protocol::{
    KeyStep, Reading,
    signature::{PublicKey, SEED_BYTES, Signature, SigningKey},
};
use serde_json::json;

use super::{cell, run};
use crate::sealing::PhoneKey;
use crate::store::{
    Entropy, KeyState, Pairing, PinHash, PinTries, QuarantinedCell, ServerAccess, Store,
    StoredLock, SyncState,
};

pub(crate) fn sync_state_starts_empty_and_is_kept(store: &mut impl Store) {
    let state = SyncState {
        generation: Some("gen00001".into()),
        cursor: 2,
        request: 3,
        edition: Some(4),
        edition_floor: 5,
        greatest_reading: Reading::at_millis(1_764_000_000_000),
        clock_offset: -7,
        last_sync: Some(8),
        unverified: 3,
        unverified_since: Some(1),
        refused_since: Some(9),
        act: 1_764_000_000_001,
    };
    run(store, |tx| {
        assert_eq!(tx.sync_state()?, SyncState::default());
        tx.set_sync_state(&state)
    });
    assert_eq!(run(store, |tx| tx.sync_state()), state);
}

pub(crate) fn pairing_is_replaced(store: &mut impl Store) {
    let first = Pairing {
        server: "https://promise.example.org".into(),
        access: ServerAccess::Token("token".into()),
        author: "p00000001".into(),
        council: "barnet".into(),
        council_name: "Barnet".into(),
        person: "ada".into(),
        council_keys: vec![PublicKey::new("old")],
        order_keys: vec![PublicKey::new("old")],
        signature: Signature::new("first"),
        key: PhoneKey::from_seed([1; 32]),
    };
    let second = Pairing {
        access: ServerAccess::Released { at: 5 },
        council_keys: vec![PublicKey::new("new"), PublicKey::new("old")],
        order_keys: vec![PublicKey::new("new")],
        signature: Signature::new("signature"),
        key: PhoneKey::from_seed([2; 32]),
        ..first.clone()
    };
    run(store, |tx| {
        assert!(tx.pairing()?.is_none());
        tx.set_pairing(&first)?;
        assert_eq!(tx.pairing()?, Some(first));
        tx.set_pairing(&second)?;
        assert_eq!(tx.pairing()?, Some(second));
        Ok(())
    });
}

pub(crate) fn refused_edits_are_kept_in_order(store: &mut impl Store) {
    let refused = ["z", "a", "z"].map(|id| QuarantinedCell {
        cell: cell(&format!("ask/{id}/text"), json!("a\u{0}b"), 1),
        reason: "too_long".into(),
        at_millis: 7,
    });
    run(store, |tx| {
        for QuarantinedCell { cell, reason, at_millis } in &refused {
            tx.quarantine(cell, reason, *at_millis)?;
        }
        assert_eq!(tx.quarantined()?, refused);
        Ok(())
    });
}

pub(crate) fn recovery_phrases_are_listed_newest_first(store: &mut impl Store) {
    let [first, second] = [1, 2].map(|byte| Entropy::new([byte; 16]));
    run(store, |tx| {
        assert_eq!(tx.recovery_phrases()?, []);
        tx.add_recovery_phrase(&first)?;
        tx.add_recovery_phrase(&second)?;
        tx.add_recovery_phrase(&first)?;
        assert_eq!(tx.recovery_phrases()?, [second, first]);
        Ok(())
    });
}

pub(crate) fn written_down_belongs_to_one_phrase(store: &mut impl Store) {
    let [first, second] = [1, 2].map(|byte| Entropy::new([byte; 16]));
    run(store, |tx| {
        tx.add_recovery_phrase(&first)?;
        tx.set_written_down(&first)?;
        tx.set_written_down(&second)?;
        tx.add_recovery_phrase(&second)?;
        assert!(tx.is_written_down(&first)?);
        assert!(!tx.is_written_down(&second)?, "it was not here when it was set");
        Ok(())
    });
}

pub(crate) fn key_state_is_kept(store: &mut impl Store) {
    let (check, last_refused) = (Some("check".into()), Some("stamp".into()));
    let owner = SigningKey::from_seed(&[1; SEED_BYTES]).unwrap();
    let proposed = vec![KeyStep::first(&owner, "barnet", "ada")];
    let first = Some(owner.public_key());
    let state = KeyState {
        check,
        confirmed: true,
        clears_refused: true,
        first,
        proposed,
        refused: 2,
        last_refused,
    };
    run(store, |tx| {
        assert_eq!(tx.key_state()?, KeyState::default());
        tx.set_key_state(&state)?;
        assert_eq!(tx.key_state()?, state);
        Ok(())
    });
}

pub(crate) fn app_lock_is_kept_and_removed(store: &mut impl Store) {
    let hash = |byte| PinHash::new([byte; 32]);
    let first = StoredLock {
        salt: [1; 16],
        pin: hash(2),
        quiet_pin: hash(3),
        platform: None,
        tries: PinTries::default(),
    };
    let tries = PinTries { count: 5, at_millis: 1 << 40, wait_millis: 30_000 };
    let second = StoredLock { platform: Some(hash(4)), tries, ..first.clone() };
    run(store, |tx| {
        assert_eq!(tx.app_lock()?, None);
        tx.set_app_lock(None)?;
        for lock in [&first, &second] {
            tx.set_app_lock(Some(lock))?;
            assert_eq!(tx.app_lock()?.as_ref(), Some(lock));
        }
        tx.set_app_lock(None)?;
        assert_eq!(tx.app_lock()?, None);
        Ok(())
    });
}

//! The app lock.

use std::sync::Arc;

use promise_core::{
    AppLockState, ContactEdit, OpportunityEdit, OpportunityFilter, OwnContactEdit, PromiseError,
    export::cards::CardVersion,
};
use promise_ffi::PocketPhone;

use crate::{Scenario, world::World};

const PIN: &str = "4826";
const QUIET: &str = "7391";
const WRONG: &str = "5050";

/// A phone with a PIN, and with things that must not be read without it. Everything is open.
fn with_pin(world: &World) -> Arc<PocketPhone> {
    let phone = world.carried("promise.db");
    let sam = OwnContactEdit {
        display_name: Some("Sam".into()),
        discreet: Some(true),
        ..OwnContactEdit::default()
    };
    phone.add_own_contact(sam).unwrap();
    let adviser = phone.contacts().unwrap().remove(0).id;
    let note = ContactEdit { note: Some("Only for me".into()), ..ContactEdit::default() };
    phone.edit_contact(adviser, note).unwrap();
    phone.save_opportunity("p01".into(), OpportunityEdit::default()).unwrap();
    phone.set_pin(PIN.into()).unwrap();
    phone
}

fn saved(phone: &PocketPhone) -> usize {
    let filter = OpportunityFilter { saved_only: true, ..OpportunityFilter::default() };
    phone.opportunities(filter).unwrap().len()
}

fn state(phone: &PocketPhone) -> AppLockState {
    phone.app_lock().unwrap().state
}

pub const SCENARIOS: &[Scenario] = &[
    ("lock-at-night", |world| {
        drop(with_pin(world));
        let phone = world.open("promise.db");
        assert_eq!(state(&phone), AppLockState::Locked);
        assert!(phone.promise().unwrap().is_some());
        assert!(phone.directory().unwrap().lines.0.iter().any(|line| !line.phones.is_empty()));
        let contacts = phone.contacts().unwrap();
        assert_eq!((contacts[0].display_name.as_str(), &contacts[0].note), ("Jo Okoro", &None));
        assert!(phone.own_contacts().unwrap().is_empty() && saved(&phone) == 0);
        assert!(phone.access_log().unwrap().is_empty());
        let locked = Some(PromiseError::Locked);
        let saving = phone.save_opportunity("p01".into(), OpportunityEdit::default());
        assert_eq!(saving.err(), locked);
        assert_eq!(phone.export_cards(CardVersion::V3, false).err(), locked);
        assert_eq!(phone.recovery_phrase().err(), locked);
        assert!(phone.sync(None).unwrap().changed.is_empty());
        phone.unlock(PIN.into()).unwrap();
        assert_eq!(phone.own_contacts().unwrap()[0].display_name, "Sam");
        assert_eq!(phone.contacts().unwrap()[0].note.as_deref(), Some("Only for me"));
        phone.lock().unwrap();
        assert_eq!((state(&phone), saved(&phone)), (AppLockState::Locked, 0));
    }),
    ("lock-wrong-pins", |world| {
        let phone = world.carried("promise.db");
        let short = PromiseError::Invalid { field: "pin".into() };
        assert_eq!(phone.set_pin("12".into()), Err(short));
        assert_eq!(phone.set_pin("1234".into()), Err(PromiseError::UnsafePin));
        phone.set_pin(PIN.into()).unwrap();
        phone.lock().unwrap();
        for _ in 0..5 {
            assert_eq!(phone.unlock(WRONG.into()), Err(PromiseError::WrongPin));
        }
        drop(phone);
        let phone = world.open("promise.db");
        let failed = phone.unlock(PIN.into()).unwrap_err();
        assert!(
            matches!(failed, PromiseError::TooManyTries { wait_seconds: 1..=30 }),
            "{failed:?}"
        );
        assert!((1..=30).contains(&phone.app_lock().unwrap().wait_seconds));
    }),
    ("lock-quiet-pin", |world| {
        let phone = with_pin(world);
        drop(world.carried("second.db"));
        assert_eq!(phone.devices(None).unwrap().len(), 2);
        assert_eq!(phone.set_quiet_pin(PIN.into(), PIN.into()), Err(PromiseError::UnsafePin));
        phone.set_quiet_pin(PIN.into(), QUIET.into()).unwrap();
        let open = phone.app_lock().unwrap();
        phone.lock().unwrap();
        phone.unlock(QUIET.into()).unwrap();
        assert_eq!(phone.app_lock().unwrap(), open);
        assert!(phone.promise().unwrap().is_some());
        assert!(!phone.opportunities(OpportunityFilter::default()).unwrap().is_empty());
        assert!(phone.contacts().unwrap().is_empty() && phone.own_contacts().unwrap().is_empty());
        assert_eq!(phone.status().unwrap().unsent, 0);
        let devices = phone.devices(None).unwrap();
        assert!(devices.len() == 1 && devices[0].is_this);
        let saving = phone.save_opportunity("p01".into(), OpportunityEdit::default());
        assert_eq!(saving, Err(PromiseError::ReadOnly));
        phone.unlock(PIN.into()).unwrap();
        assert_eq!((saved(&phone), phone.own_contacts().unwrap().len()), (1, 1));
    }),
    ("lock-forgotten-pin", |world| {
        let phone = with_pin(world);
        let words = phone.recovery_phrase().unwrap().join(" ");
        phone.lock().unwrap();
        let others = phone.enter_recovery_phrase(format!("{}about", "abandon ".repeat(11)));
        assert_eq!(others, Err(PromiseError::WrongRecoveryPhrase));
        assert_eq!(state(&phone), AppLockState::Locked);
        phone.enter_recovery_phrase(words).unwrap();
        assert_eq!((state(&phone), saved(&phone)), (AppLockState::Off, 1));
    }),
    ("lock-by-platform", |world| {
        let phone = with_pin(world);
        let secret = phone.allow_platform_unlock(PIN.into()).unwrap();
        phone.lock().unwrap();
        assert!(phone.app_lock().unwrap().platform_unlock);
        assert_eq!(phone.unlock_with_platform(vec![0; 32]), Err(PromiseError::WrongPin));
        phone.unlock_with_platform(secret.clone()).unwrap();
        assert_eq!(saved(&phone), 1);
        phone.forbid_platform_unlock().unwrap();
        assert_eq!(phone.unlock_with_platform(secret), Err(PromiseError::WrongPin));
    }),
];

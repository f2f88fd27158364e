//! Failures of the network and the server.

use std::{
    thread,
    time::{Duration, Instant},
};

use promise_core::{AskAbout, PromiseError};
use promise_ffi::CancelHandle;
use promise_tests::trouble::Trouble;

use crate::Scenario;

pub const SCENARIOS: &[Scenario] = &[
    ("cancel-in-mid-sync", |world| {
        let phone = world.in_trouble(Trouble::Stuck);
        let cancel = CancelHandle::new().unwrap();
        let syncing = thread::spawn({
            let (phone, cancel) = (phone.clone(), cancel.clone());
            move || phone.sync(Some(cancel))
        });
        thread::sleep(Duration::from_millis(500));
        assert!(!syncing.is_finished());
        let asked = Instant::now();
        cancel.cancel().unwrap();
        assert_eq!(syncing.join().unwrap(), Err(PromiseError::Cancelled));
        assert!(asked.elapsed() < Duration::from_secs(5));
        world.make(Trouble::None);
        phone.sync(None).unwrap();
        assert!(phone.promise().unwrap().is_some());
    }),
    ("server-gone", |world| {
        let phone = world.carried("promise.db");
        world.server.stop();
        phone.write_ask("Written without signal".into(), AskAbout::Anything).unwrap();
        let error = phone.sync(None).unwrap_err();
        assert_eq!(error, PromiseError::Offline);
        assert!(error.can_retry());
        assert!(phone.status().unwrap().unsent > 0);
        world.server.resume();
        phone.sync(None).unwrap();
        assert!(world.asks_at_the_council().contains("Written without signal"));
    }),
    ("server-busy", |world| {
        let error = world.in_trouble(Trouble::Busy).sync(None).unwrap_err();
        assert!(error == PromiseError::ServerBusy && error.can_retry());
    }),
    ("server-nonsense", |world| {
        let error = world.in_trouble(Trouble::Nonsense).sync(None).unwrap_err();
        assert!(error == PromiseError::ServerWrong && !error.can_retry());
    }),
    ("server-of-another-version", |world| {
        let phone = world.in_trouble(Trouble::OtherVersion);
        assert_eq!(phone.sync(None), Err(PromiseError::UpdateNeeded));
    }),
    ("edition-damaged", |world| {
        let phone = world.in_trouble(Trouble::Damaged);
        assert_eq!(phone.sync(None), Err(PromiseError::EditionDamaged));
        world.make(Trouble::None);
        phone.sync(None).unwrap();
        assert!(phone.promise().unwrap().is_some());
    }),
];

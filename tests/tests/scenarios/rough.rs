//! Mistakes of apps and failures of the platform.

use std::{
    fs,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use promise_core::{AskAbout, PromiseError, Topic};
use promise_ffi::{
    ChangeListener, ListenerError, can_retry, error_message, fail_with, panic_on_purpose,
};

use crate::{Scenario, world::World};

const CALLS: usize = 100_000;

struct Throwing;

impl ChangeListener for Throwing {
    fn changed(&self, _: Vec<Topic>) -> Result<(), ListenerError> {
        Err(ListenerError::Failed)
    }
}

fn every_error() -> Vec<PromiseError> {
    let field = || "note".to_owned();
    vec![
        PromiseError::WrongKey,
        PromiseError::Damaged,
        PromiseError::NewerData,
        PromiseError::ReadOnly,
        PromiseError::DiskFull,
        PromiseError::Paused,
        PromiseError::NotPaired,
        PromiseError::OtherPerson,
        PromiseError::OtherPhone,
        PromiseError::TwoPhones,
        PromiseError::PairingRefused,
        PromiseError::DigitsDiffer,
        PromiseError::LimitedPhone,
        PromiseError::CodeWrong,
        PromiseError::CodeUsed,
        PromiseError::CodeExpired,
        PromiseError::CodeLocked,
        PromiseError::Unpaired,
        PromiseError::Revoked,
        PromiseError::Released,
        PromiseError::RecoveryPhraseNeeded,
        PromiseError::NotSynced,
        PromiseError::UnknownRecoveryWord { position: 7 },
        PromiseError::RecoveryPhraseLength { found: 7 },
        PromiseError::RecoveryPhraseChecksum,
        PromiseError::WrongRecoveryPhrase,
        PromiseError::Locked,
        PromiseError::WrongPin,
        PromiseError::TooManyTries { wait_seconds: 7 },
        PromiseError::UnsafePin,
        PromiseError::NoPin,
        PromiseError::InvalidPhoneNumber,
        PromiseError::CostlyPhoneNumber { number: field(), cost: field() },
        PromiseError::Offline,
        PromiseError::ServerBusy,
        PromiseError::ServerWrong,
        PromiseError::UpdateNeeded,
        PromiseError::AddressNotSafe,
        PromiseError::EditionDamaged,
        PromiseError::EditionOlder,
        PromiseError::EditionNotSigned,
        PromiseError::Cancelled,
        PromiseError::TooLong { field: field() },
        PromiseError::Invalid { field: field() },
        PromiseError::NoCards,
        PromiseError::CardsTooLarge,
        PromiseError::NotFound,
        PromiseError::Internal,
    ]
}

fn resident_kilobytes() -> i64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn call(world: &World, times: usize) {
    let phone = world.open("promise.db");
    for round in 0..times {
        match round % 20 {
            0 => drop(phone.contacts().unwrap()),
            1 => drop(phone.council().unwrap()),
            2..=10 => drop(fail_with(PromiseError::TooLong { field: "note".into() })),
            _ => drop(error_message(PromiseError::Offline).unwrap()),
        }
    }
}

pub const SCENARIOS: &[Scenario] = &[
    ("every-error", |_| {
        for error in every_error() {
            assert_eq!(fail_with(error.clone()), Err(error.clone()));
            assert!(error_message(error.clone()).unwrap().ends_with('.'));
            assert_eq!(can_retry(error.clone()), Ok(error.can_retry()));
        }
    }),
    ("panic", |_| {
        assert_eq!(panic_on_purpose(), Err(PromiseError::Internal));
        assert!(!error_message(PromiseError::Offline).unwrap().is_empty());
    }),
    ("listener-that-throws", |world| {
        let phone = world.carried("promise.db");
        phone.set_listener(Some(Arc::new(Throwing))).unwrap();
        phone.write_ask("Saved all the same".into(), AskAbout::Anything).unwrap();
        assert_eq!(phone.asks().unwrap()[0].text, "Saved all the same");
    }),
    ("threads-while-closing", |world| {
        drop(world.carried("promise.db"));
        let current = Mutex::new(world.open("promise.db"));
        let going = AtomicBool::new(true);
        thread::scope(|scope| {
            for number in 0..8 {
                let (current, going) = (&current, &going);
                scope.spawn(move || {
                    while going.load(Ordering::SeqCst) {
                        let phone = current.lock().unwrap().clone();
                        let called = match number {
                            0 => phone
                                .write_ask("From a thread".into(), AskAbout::Anything)
                                .map(drop),
                            _ => phone.contacts().map(drop),
                        };
                        assert!(matches!(called, Ok(()) | Err(PromiseError::Paused)), "{called:?}");
                    }
                });
            }
            for _ in 0..40 {
                thread::sleep(Duration::from_millis(10));
                let next = world.open("promise.db");
                std::mem::replace(&mut *current.lock().unwrap(), next).pause().unwrap();
            }
            going.store(false, Ordering::SeqCst);
        });
    }),
    ("many-calls", |world| {
        drop(world.carried("promise.db"));
        call(world, CALLS / 4);
        let before = resident_kilobytes();
        call(world, CALLS);
        let grown = resident_kilobytes() - before;
        assert!(grown < 16_000, "{grown} kB more after {CALLS} calls");
    }),
];

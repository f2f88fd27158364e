//! What apps do wrong, and what is wrong beneath.

use std::{
    fs,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use promise_core::{About, Error, Topic};
use promise_ffi::{ChangeListener, ListenerError, can_retry, fail_with, panic_on_purpose, words};

use crate::{Scenario, world::World};

const CALLS: usize = 100_000;

struct Throwing;

impl ChangeListener for Throwing {
    fn changed(&self, _: Vec<Topic>) -> Result<(), ListenerError> {
        Err(ListenerError::Failed)
    }
}

fn every_error() -> Vec<Error> {
    let field = || "note".to_owned();
    vec![
        Error::WrongKey,
        Error::Damaged,
        Error::NewerData,
        Error::ReadOnly,
        Error::DiskFull,
        Error::Paused,
        Error::NotPaired,
        Error::OtherPerson,
        Error::CodeWrong,
        Error::CodeUsed,
        Error::CodeExpired,
        Error::CodeLocked,
        Error::Unpaired,
        Error::Revoked,
        Error::WordsNeeded,
        Error::NotSynced,
        Error::WordNotOnTheList { position: 7 },
        Error::WordsCount { found: 7 },
        Error::WordsMixedUp,
        Error::WordsOfAnother,
        Error::NumberNotUnderstood,
        Error::Offline,
        Error::ServerBusy,
        Error::ServerWrong,
        Error::UpdateNeeded,
        Error::AddressNotSafe,
        Error::EditionDamaged,
        Error::EditionOlder,
        Error::Cancelled,
        Error::TooLong { field: field() },
        Error::Invalid { field: field() },
        Error::NotFound,
        Error::Internal,
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
            2..=10 => drop(fail_with(Error::TooLong { field: "note".into() })),
            _ => drop(words(Error::Offline).unwrap()),
        }
    }
}

pub const SCENARIOS: &[Scenario] = &[
    ("every-error", |_| {
        for error in every_error() {
            assert_eq!(fail_with(error.clone()), Err(error.clone()));
            assert!(words(error.clone()).unwrap().ends_with('.'));
            assert_eq!(can_retry(error.clone()), Ok(error.can_retry()));
        }
    }),
    ("panic", |_| {
        assert_eq!(panic_on_purpose(), Err(Error::Internal));
        assert!(!words(Error::Offline).unwrap().is_empty());
    }),
    ("listener-that-throws", |world| {
        let phone = world.carried("promise.db");
        phone.set_listener(Some(Arc::new(Throwing))).unwrap();
        phone.write_ask("Saved all the same".into(), About::Anything).unwrap();
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
                            0 => phone.write_ask("From a thread".into(), About::Anything).map(drop),
                            _ => phone.contacts().map(drop),
                        };
                        assert!(matches!(called, Ok(()) | Err(Error::Paused)), "{called:?}");
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

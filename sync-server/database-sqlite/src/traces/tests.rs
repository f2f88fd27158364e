//! Whole files are searched for what was erased.

use std::{fs, path::Path};

use promise_protocol::{Author, AuthorKind, Cell, CellKey, Reading, Stamp};
use serde_json::Value;

use super::*;
use crate::back_up;
use promise_database::Council;
use promise_database::ErasedPerson;
use promise_database::Person;
use promise_database::Tx;

const PEOPLE: u64 = 20;
const ADA: u64 = 10;

/// Numbers that look random and are the same in each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) % end
    }
}

fn id(person: u64) -> String {
    format!("person{person}")
}

fn write(tx: &mut dyn Tx, numbers: &mut Numbers, n: i64) -> Result<(), DatabaseError> {
    let person = numbers.below(PEOPLE);
    let word = if person == ADA { "canary" } else { "other-" };
    let most = 1 + numbers.below(1500);
    let length = 1 + numbers.below(most);
    let value = word.repeat(usize::try_from(length).unwrap());
    let key = CellKey::new("ask", format!("r{}", numbers.below(40)), "text");
    let stamp = Stamp::new(Reading::at_millis(n), Author::new(AuthorKind::Phone, [1; 5]));
    let cell = Cell { key, value: Value::from(value), stamp };
    if let Some(held) = tx.cell(&id(person), &cell.key)? {
        tx.add_history(&id(person), &held.cell, n)?;
    }
    let rev = tx.revision_to_write(&id(person))?;
    tx.set_cell(&id(person), &cell, rev)?;
    if numbers.below(100) == 0 {
        tx.delete_history_before(n - 500)?;
    }
    Ok(())
}

/// A database in which much was written, moved about and forgotten.
fn lived_in(path: &Path, seed: u64) -> SqliteConnection {
    let mut store = SqliteConnection::open(path).unwrap();
    // Nobody cuts the power here, and waiting for the disk is what takes long.
    store.connection.pragma_update(None, "synchronous", "OFF").unwrap();
    let council = Council { id: "barnet".into(), name: "Barnet".into() };
    let settled = store.transact(|tx| {
        tx.add_council(&council)?;
        (0..PEOPLE).try_for_each(|person| {
            tx.add_person(&Person {
                id: id(person),
                council: "barnet".into(),
                reference: (person == ADA).then(|| "canary-reference".into()),
                rev: 0,
                nudge_rev: 0,
                staff_reading: Reading::default(),
            })
        })
    });
    let () = settled.map_err(|error: DatabaseError| error).unwrap();
    let mut numbers = Numbers(seed);
    for n in 0..1500 {
        store.transact(|tx| write(tx, &mut numbers, n)).unwrap();
    }
    store
}

fn erase_ada(store: &mut SqliteConnection) {
    let erased = ErasedPerson { id: id(ADA), council: "barnet".into(), erased_at: 1 };
    store.transact(|tx| tx.erase(&erased)).unwrap();
}

/// How often the word stands in the database and in the files beside it.
fn canaries(path: &Path) -> usize {
    let parts = ["", "-wal", "-shm"].map(|part| format!("{}{part}", path.display()));
    let bytes = parts.iter().filter_map(|part| fs::read(part).ok());
    bytes.map(|bytes| bytes.windows(6).filter(|window| window == b"canary").count()).sum()
}

#[test]
fn no_byte_of_what_was_erased_is_left_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    for seed in 0..6 {
        let path = folder.path().join(format!("{seed}.db"));
        let mut store = lived_in(&path, seed);
        assert!(canaries(&path) > 100, "the search finds what is there");
        erase_ada(&mut store);
        assert!(store.remove_traces().unwrap());
        assert_eq!(canaries(&path), 0, "seed {seed}");
        let backup = folder.path().join(format!("{seed}.backup"));
        back_up(&path, &backup).unwrap();
        assert_eq!(canaries(&backup), 0);
    }
}

#[test]
fn a_long_reader_holds_the_log_up_and_the_next_to_open_it_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("promise.db");
    let mut store = lived_in(&path, 1);
    let mut reader = SqliteConnection::open_to_read(&path).unwrap();
    let read: Result<(), DatabaseError> = reader.read(|tx| {
        assert!(tx.person(&id(ADA))?.is_some());
        erase_ada(&mut store);
        assert!(!store.remove_traces_within(Duration::from_millis(300))?);
        assert!(tx.person(&id(ADA))?.is_some(), "it reads what it began with");
        Ok(())
    });
    read.unwrap();
    assert!(canaries(&path) > 0, "in the log");
    assert!(SqliteConnection::open(&path).unwrap().remove_traces().unwrap());
    assert_eq!(canaries(&path), 0);
    assert!(store.remove_traces().unwrap(), "there is nothing left to do");
}

#[test]
fn what_is_forgotten_in_passing_is_zeros() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("promise.db");
    let mut store = SqliteConnection::open(&path).unwrap();
    let ada = Person {
        id: id(ADA),
        council: "barnet".into(),
        reference: None,
        rev: 0,
        nudge_rev: 0,
        staff_reading: Reading::default(),
    };
    let stamp = Stamp::new(Reading::at_millis(1), Author::new(AuthorKind::Phone, [1; 5]));
    let cell = Cell { key: CellKey::new("ask", "r1", "text"), value: "canary".into(), stamp };
    let kept = store.transact(|tx| {
        tx.add_council(&Council { id: "barnet".into(), name: "Barnet".into() })?;
        tx.add_person(&ada)?;
        tx.add_history(&ada.id, &cell, 1)
    });
    let () = kept.map_err(|error: DatabaseError| error).unwrap();
    assert!(store.empty_log().unwrap() && canaries(&path) > 0);
    store.transact(|tx| tx.delete_history_of(&ada.id, &cell.key)).unwrap();
    assert!(store.empty_log().unwrap());
    assert_eq!(canaries(&path), 0);
}

//! Searches whole files for what was erased.

use std::{fs, path::Path, sync::Arc};

use promise_database::{Council, ErasedPerson, NoSigner, Person, Tx};
use promise_protocol::{Author, AuthorKind, Cell, CellKey, Reading, Stamp, ids::PersonId};
use serde_json::Value;

use super::*;
use crate::backup::back_up;

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

fn id(person: u64) -> PersonId {
    PersonId::new(format!("person{person}"))
}

fn person(number: u64) -> Person {
    Person {
        id: id(number),
        council: "barnet".into(),
        reference: (number == ADA).then(|| "canary-reference".into()),
        rev: 0,
        nudge_rev: 0,
        staff_reading: Reading::default(),
        relinked_id: None,
    }
}

fn write(tx: &mut dyn Tx, numbers: &mut Numbers, n: i64) -> Result<(), DatabaseError> {
    let person = numbers.below(PEOPLE);
    let word = if person == ADA { "canary" } else { "other-" };
    let max_length = 1 + numbers.below(1500);
    let length = 1 + numbers.below(max_length);
    let value = word.repeat(usize::try_from(length).unwrap());
    let key = CellKey::new("ask", format!("r{}", numbers.below(40)), "text");
    let stamp = Stamp::new(Reading::at_millis(n), Author::new(AuthorKind::Phone, [1; 5]));
    let cell = Cell { key, value: Value::from(value), stamp };
    tx.person_for_update(&id(person))?;
    if let Some(old) = tx.cell(&id(person), &cell.key)? {
        tx.add_history(&id(person), &old.cell, n)?;
    }
    let rev = tx.revision_to_write(&id(person))?;
    tx.set_cell(&id(person), &cell, Some(rev))?;
    if numbers.below(100) == 0 {
        tx.delete_history_before(n - 500)?;
    }
    Ok(())
}

/// Returns a database in which much was written, moved and deleted.
fn used_database(path: &Path, seed: u64) -> SqliteConnection {
    let mut connection = SqliteConnection::open(path, Arc::new(NoSigner)).unwrap();
    // No test cuts the power, and waiting for the disk takes most of the time.
    connection.connection.pragma_update(None, "synchronous", "OFF").unwrap();
    let council = Council { id: "barnet".into(), name: "Barnet".into() };
    let added = connection.transact(|tx| {
        tx.add_council(&council)?;
        (0..PEOPLE).try_for_each(|number| tx.add_person(&person(number)))
    });
    let () = added.map_err(|error: DatabaseError| error).unwrap();
    let mut numbers = Numbers(seed);
    for n in 0..1500 {
        connection.transact(|tx| write(tx, &mut numbers, n)).unwrap();
    }
    connection
}

fn erase_ada(connection: &mut SqliteConnection) {
    let erased = ErasedPerson { id: id(ADA), council: "barnet".into(), erased_at: 1 };
    let done = connection.transact(|tx| {
        tx.person_for_update(&erased.id)?;
        tx.erase(&erased)
    });
    let () = done.map_err(|error: DatabaseError| error).unwrap();
}

/// Returns how often the word is found in the database and the files beside it.
fn count_canaries(path: &Path) -> usize {
    let parts = ["", "-wal", "-shm"].map(|part| format!("{}{part}", path.display()));
    let bytes = parts.iter().filter_map(|part| fs::read(part).ok());
    bytes.map(|bytes| bytes.windows(6).filter(|window| window == b"canary").count()).sum()
}

#[test]
fn removed_traces_leave_no_byte_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    for seed in 0..6 {
        let path = folder.path().join(format!("{seed}.db"));
        let mut connection = used_database(&path, seed);
        assert!(count_canaries(&path) > 100, "the search finds what is there");
        erase_ada(&mut connection);
        assert!(connection.remove_traces().unwrap());
        assert_eq!(count_canaries(&path), 0, "seed {seed}");
        let backup = folder.path().join(format!("{seed}.backup"));
        back_up(&path, &backup).unwrap();
        assert_eq!(count_canaries(&backup), 0);
    }
}

#[test]
fn reader_delays_removal_and_the_next_process_continues_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("promise.db");
    let mut connection = used_database(&path, 1);
    let mut reader = SqliteConnection::open_read_only(&path).unwrap();
    let read: Result<(), DatabaseError> = reader.read(|tx| {
        assert!(tx.person(&id(ADA))?.is_some());
        erase_ada(&mut connection);
        for _ in 0..3 {
            assert!(!connection.remove_traces()?);
        }
        assert!(tx.person(&id(ADA))?.is_some(), "the reader sees what it started with");
        Ok(())
    });
    read.unwrap();
    assert!(count_canaries(&path) > 0, "in the log");
    assert!(SqliteConnection::open(&path, Arc::new(NoSigner)).unwrap().remove_traces().unwrap());
    assert_eq!(count_canaries(&path), 0);
    assert!(connection.remove_traces().unwrap(), "there is nothing left to do");
}

#[test]
fn deleted_history_is_overwritten_with_zeros() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("promise.db");
    let mut connection = SqliteConnection::open(&path, Arc::new(NoSigner)).unwrap();
    let ada = Person { reference: None, ..person(ADA) };
    let stamp = Stamp::new(Reading::at_millis(1), Author::new(AuthorKind::Phone, [1; 5]));
    let cell = Cell { key: CellKey::new("ask", "r1", "text"), value: "canary".into(), stamp };
    let stored = connection.transact(|tx| {
        tx.add_council(&Council { id: "barnet".into(), name: "Barnet".into() })?;
        tx.add_person(&ada)?;
        tx.add_history(&ada.id, &cell, 1)
    });
    let () = stored.map_err(|error: DatabaseError| error).unwrap();
    assert!(connection.truncate_log().unwrap() && count_canaries(&path) > 0);
    connection.transact(|tx| tx.delete_history_of(&ada.id, &cell.key)).unwrap();
    assert!(connection.truncate_log().unwrap());
    assert_eq!(count_canaries(&path), 0);
}

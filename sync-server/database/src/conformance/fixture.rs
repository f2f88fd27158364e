//! What the rules share.

use std::{any::Any, future::Future, path::PathBuf};

use promise_protocol::{
    Author, AuthorKind, Cell, CellKey, PhoneOrder, Reading, SignedOrder, Stamp,
    signature::{PublicKey, Signature},
};
use serde_json::{Value, json};

use crate::{
    Assignment, ContactCard, Council, DataSource, Database, DatabaseError, Device, Inviter, Person,
    StaffMember, Tx,
};

/// A new, empty database.
pub struct TestDatabase {
    /// The database.
    pub database: Database,
    _guard: Box<dyn Any + Send>,
}

impl TestDatabase {
    /// Wraps a database that needs nothing else.
    pub fn new(database: Database) -> Self {
        Self::with_guard(database, ())
    }

    /// Wraps a database and what must live as long, such as a temporary folder.
    pub fn with_guard(database: Database, guard: impl Any + Send) -> Self {
        Self { database, _guard: Box::new(guard) }
    }
}

/// Two places where no database is yet, and a folder for backups.
pub struct TestSource {
    /// A place.
    pub source: Box<dyn DataSource>,
    /// Another place.
    pub empty: Box<dyn DataSource>,
    /// An empty folder.
    pub folder: PathBuf,
    _guard: Box<dyn Any + Send + Sync>,
}

impl TestSource {
    /// Wraps two places, an empty folder for backups, and what must live as long as they.
    pub fn new(
        [source, empty]: [impl DataSource + 'static; 2],
        folder: impl Into<PathBuf>,
        guard: impl Any + Send + Sync,
    ) -> Self {
        Self {
            source: Box::new(source),
            empty: Box::new(empty),
            folder: folder.into(),
            _guard: Box::new(guard),
        }
    }
}

/// Runs a job that writes and must succeed.
pub(super) async fn write<R, F>(database: &Database, work: F) -> R
where
    F: FnOnce(&mut dyn Tx) -> Result<R, DatabaseError> + Clone + Send + 'static,
    R: Send + 'static,
{
    database.write(work).await.expect("the job succeeds")
}

/// Runs a job that reads and must succeed.
pub(super) async fn read<R, F>(database: &Database, work: F) -> R
where
    F: FnOnce(&mut dyn Tx) -> Result<R, DatabaseError> + Clone + Send + 'static,
    R: Send + 'static,
{
    database.read(work).await.expect("the job succeeds")
}

/// Adds two councils, `barnet` and `camden`, with the people `ada` and `bea` in the first and `cem`
/// in the second, and the staff members `jo` and `kit` in the first and `lee` in the second.
pub(super) async fn populate(database: &Database) {
    write(database, |tx| {
        for council in ["barnet", "camden"] {
            tx.add_council(&council_named(council))?;
        }
        for (id, council) in [("ada", "barnet"), ("bea", "barnet"), ("cem", "camden")] {
            tx.add_person(&person(id, council))?;
        }
        for (id, council) in [("jo", "barnet"), ("kit", "barnet"), ("lee", "camden")] {
            tx.add_staff(&staff_member(id, council))?;
        }
        Ok(())
    })
    .await;
}

/// Any of the types of ids.
pub(super) fn id<T: From<String>>(text: &str) -> T {
    T::from(text.to_owned())
}

pub(super) fn council_named(id: &str) -> Council {
    Council { id: self::id(id), name: format!("{id} council") }
}

pub(super) fn person(id: &str, council: &str) -> Person {
    Person {
        id: self::id(id),
        council: self::id(council),
        reference: None,
        rev: 0,
        nudge_rev: 0,
        staff_reading: Reading::default(),
        relinked_id: None,
    }
}

pub(super) fn staff_member(id: &str, council: &str) -> StaffMember {
    StaffMember {
        id: self::id(id),
        council: self::id(council),
        handle: id.into(),
        card: card([("display_name", json!(id))]),
        deactivated_at: None,
    }
}

pub(super) fn card<const N: usize>(fields: [(&str, Value); N]) -> ContactCard {
    let fields = fields.map(|(field, value)| (field.to_owned(), value)).into();
    ContactCard { fields, ..ContactCard::default() }
}

pub(super) fn assignment(person: &str, staff: &str) -> Assignment {
    Assignment::open(&id(person), &id(staff), &format!("contact-{staff}"))
}

/// The author of the phone with this number.
pub(super) fn phone(number: u8) -> Author {
    Author::new(AuthorKind::Phone, [number; 5])
}

pub(super) fn device(number: u8, person: &str) -> Device {
    Device {
        author: phone(number),
        person: id(person),
        paired_at: i64::from(number),
        inviter: Inviter::Operator,
        signing_key: PublicKey::new(format!("key {number}")),
        limited: false,
        last_request: 0,
        last_act: 0,
        last_sync_at: None,
        last_rev: 0,
        revoked: None,
    }
}

/// An order that was signed at this time.
pub(super) fn order(order: PhoneOrder, at: i64) -> SignedOrder {
    SignedOrder { order, at, signature: Signature::new(format!("signed at {at}")) }
}

/// Adds a phone whose token has the hash `[number]`.
pub(super) async fn pair(database: &Database, number: u8, person: &'static str) {
    let added = write(database, move |tx| {
        tx.person_for_update(&id(person))?;
        tx.add_device(&device(number, person), &[number])
    });
    assert!(added.await, "the phone is new");
}

/// A cell of the record `r1` of the collection `ask`, written at this time.
pub(super) fn cell(field: &str, value: impl Into<Value>, millis: i64) -> Cell {
    cell_at(("ask", "r1", field), value, millis)
}

pub(super) fn cell_at(
    (collection, record, field): (&str, &str, &str),
    value: impl Into<Value>,
    millis: i64,
) -> Cell {
    let stamp = Stamp::new(Reading::at_millis(millis), phone(1));
    Cell { key: CellKey::new(collection, record, field), value: value.into(), stamp }
}

/// Writes a cell with this transaction's revision, as services do.
pub(super) fn write_cell(tx: &mut dyn Tx, person: &str, cell: &Cell) -> Result<u64, DatabaseError> {
    tx.person_for_update(&id(person))?;
    let rev = tx.revision_to_write(&id(person))?;
    tx.set_cell(&id(person), cell, Some(rev))?;
    Ok(rev)
}

/// Runs the same job many times at once, each with its own number, and waits for all.
pub(super) async fn run_concurrently<R, J, F>(jobs: u64, job: J) -> Vec<R>
where
    J: Fn(u64) -> F,
    F: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let running: Vec<_> = (0..jobs).map(|number| tokio::spawn(job(number))).collect();
    let mut results = Vec::new();
    for job in running {
        results.push(job.await.expect("the task ends"));
    }
    results
}

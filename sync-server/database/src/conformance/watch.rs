//! Watching: a watcher wakes when something is new for a phone.

use std::time::Duration;

use promise_protocol::{Edition, PhoneOrder, signature::Signature};
use tokio::{sync::watch::Receiver, time::timeout};

use super::fixture::{cell, device, id, order, pair, phone, populate, write, write_cell};
use crate::{ContactCard, Database, DatabaseError, Device, ErasedPerson, Tx};

/// How long a watcher may take to wake.
const WAKE_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a watcher that does not wake is watched: longer than the polls of any backend.
const QUIET_TIME: Duration = Duration::from_millis(2500);

/// Waits until the watcher wakes.
pub(super) async fn wakes(watcher: &mut Receiver<u64>) {
    let changed = timeout(WAKE_TIMEOUT, watcher.changed()).await;
    changed.expect("the watcher wakes").expect("the database is open");
}

/// Waits for a while in which the watcher does not wake.
pub(super) async fn stays_quiet(watcher: &mut Receiver<u64>) {
    let woken = timeout(QUIET_TIME, watcher.changed()).await;
    assert!(woken.is_err(), "the watcher woke for nothing");
}

/// Writes something that is not news for any phone.
pub(super) fn write_quietly(tx: &mut dyn Tx) -> Result<(), DatabaseError> {
    tx.person_for_update(&id("ada"))?;
    tx.set_delivered_rev(&phone(1), 1)?;
    tx.set_device(&Device { last_request: 9, last_sync_at: Some(9), ..device(1, "ada") })?;
    tx.set_cell(&id("ada"), &cell("looked", 1, 1), None)?;
    tx.release_pending_cells(&id("ada"))?;
    tx.set_card(&id("jo"), &ContactCard::default())
}

async fn wakes_after<F>(database: &Database, work: F)
where
    F: FnOnce(&mut dyn Tx) -> Result<(), DatabaseError> + Clone + Send + 'static,
{
    populate(database).await;
    pair(database, 1, "ada").await;
    let mut watcher = database.watch();
    write(database, work).await;
    wakes(&mut watcher).await;
}

/// A new revision of a person wakes.
pub async fn new_revision_wakes(database: &Database) {
    wakes_after(database, |tx| write_cell(tx, "ada", &cell("text", "x", 1)).map(drop)).await;
}

/// A revoked phone wakes, because its stream of events has to end.
pub async fn revoked_phone_wakes(database: &Database) {
    wakes_after(database, |tx| {
        tx.person_for_update(&id("ada"))?;
        let revoked = Some(order(PhoneOrder::Wipe, 5));
        tx.set_device(&Device { revoked, ..device(1, "ada") })
    })
    .await;
}

/// An erased person wakes.
pub async fn erased_person_wakes(database: &Database) {
    wakes_after(database, |tx| {
        tx.person_for_update(&id("ada"))?;
        let (id, council) = (id("ada"), id("barnet"));
        tx.erase(&ErasedPerson { id, council, erased_at: 5 })
    })
    .await;
}

/// A published edition wakes.
pub async fn new_edition_wakes(database: &Database) {
    wakes_after(database, |tx| {
        let signature = Some(Signature::new("signed"));
        tx.add_edition(&id("barnet"), &Edition { number: 1, packs: [].into(), signature }, 5)
    })
    .await;
}

/// Requests, deliveries, views and cards do not wake.
pub async fn quiet_commit_does_not_wake(database: &Database) {
    populate(database).await;
    pair(database, 1, "ada").await;
    let mut watcher = database.watch();
    write(database, write_quietly).await;
    stays_quiet(&mut watcher).await;
}

/// A job that is rolled back wakes no watcher.
pub async fn failed_job_does_not_wake(database: &Database) {
    populate(database).await;
    let mut watcher = database.watch();
    let failed: Result<(), DatabaseError> = database
        .write(|tx| {
            write_cell(tx, "ada", &cell("text", "x", 1))?;
            Err(DatabaseError::Full)
        })
        .await;
    assert!(failed.is_err());
    stays_quiet(&mut watcher).await;
}

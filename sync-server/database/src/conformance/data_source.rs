//! Where a database is: opening, closing, backing up and restoring it.

use std::{fs, path::PathBuf, sync::Arc};

use super::{
    fixture::{TestSource, cell, council_named, id, pair, populate, read, write, write_cell},
    watch::{stays_quiet, wakes, write_quietly},
};
use crate::{Database, DatabaseError, ErasedPerson, Generation, NoSigner, Signer};

fn signer() -> Arc<dyn Signer> {
    Arc::new(NoSigner)
}

/// Opens the database.
fn open(test: &TestSource) -> Database {
    test.source.open(signer()).expect("the database opens")
}

/// Opens a new database with a generation and people.
async fn open_populated(test: &TestSource) -> Database {
    let database = open(test);
    populate(&database).await;
    let generation =
        Generation { id: "gener001".into(), staff_author: "s00000001".parse().expect("an author") };
    write(&database, move |tx| tx.set_generation(&generation)).await;
    database
}

/// Backs the database up into a new file.
async fn back_up(test: &TestSource, database: &Database) -> PathBuf {
    let file = test.folder.join("backup");
    database.back_up(&file).await.expect("the backup is written");
    file
}

async fn add_council(database: &Database, council: &'static str) {
    assert!(write(database, move |tx| tx.add_council(&council_named(council))).await);
}

async fn has_council(database: &Database, council: &'static str) -> bool {
    read(database, move |tx| tx.council(&id(council))).await.is_some()
}

/// What was written is there when the database is opened again.
pub async fn closed_database_keeps_what_was_written(test: &TestSource) {
    let database = open_populated(test).await;
    database.close().await;
    let database = open(test);
    assert!(has_council(&database, "barnet").await);
    database.close().await;
}

/// Closing waits for the jobs that were queued before.
pub async fn close_waits_for_queued_jobs(test: &TestSource) {
    let database = open_populated(test).await;
    let mut queued = Vec::new();
    for number in 0..50 {
        let handle = database.clone();
        queued.push(tokio::spawn(async move {
            let name = format!("c{number}");
            let added = handle.write(move |tx| tx.add_council(&council_named(&name))).await;
            drop(handle);
            added.map_err(|error: DatabaseError| error)
        }));
    }
    database.close().await;
    let database = open(test);
    for (number, job) in queued.into_iter().enumerate() {
        assert!(job.await.expect("the task ends").expect("the job succeeds"), "job {number}");
        let name = format!("c{number}");
        assert!(read(&database, move |tx| tx.council(&id(&name))).await.is_some(), "job {number}");
    }
    database.close().await;
}

/// Two handles, as of two processes, write to the same database.
pub async fn handles_see_commits_of_each_other(test: &TestSource) {
    let (one, two) = (open_populated(test).await, open(test));
    for (writer, reader, council) in [(&one, &two, "first"), (&two, &one, "second")] {
        add_council(writer, council).await;
        assert!(has_council(reader, council).await, "{council}");
    }
    one.close().await;
    two.close().await;
}

/// A commit of another process wakes watchers.
pub async fn commit_of_another_handle_wakes(test: &TestSource) {
    let (one, two) = (open_populated(test).await, open(test));
    let mut watcher = one.watch();
    for _ in 0..2 {
        write(&two, |tx| write_cell(tx, "ada", &cell("text", "x", 1))).await;
        wakes(&mut watcher).await;
    }
    one.close().await;
    two.close().await;
}

/// A commit of another process that holds nothing new for a phone wakes no watcher.
pub async fn quiet_commit_of_another_handle_does_not_wake(test: &TestSource) {
    let (one, two) = (open_populated(test).await, open(test));
    pair(&one, 1, "ada").await;
    let mut watcher = one.watch();
    write(&two, write_quietly).await;
    stays_quiet(&mut watcher).await;
    one.close().await;
    two.close().await;
}

/// A database that is opened for reading can be read and backed up, but not written.
pub async fn read_only_database_cannot_be_written(test: &TestSource) {
    open_populated(test).await.close().await;
    let database = test.source.open_read_only().expect("it opens").expect("it is there");
    assert!(has_council(&database, "barnet").await);
    let refused: Result<bool, DatabaseError> =
        database.write(|tx| tx.add_council(&council_named("ealing"))).await;
    assert!(matches!(refused, Err(DatabaseError::ReadOnly)), "{refused:?}");
    let removed = database.remove_traces().await;
    assert!(matches!(removed, Err(DatabaseError::ReadOnly)), "{removed:?}");
    back_up(test, &database).await;
    database.close().await;
}

/// Opening a missing database for reading does not create it.
pub async fn missing_database_is_not_created_for_reading(test: &TestSource) {
    for _ in 0..2 {
        assert!(test.source.open_read_only().expect("no error").is_none());
    }
    let database = open_populated(test).await;
    assert!(test.source.open_read_only().expect("no error").is_some());
    database.close().await;
}

/// A backup fails if its file exists.
pub async fn backup_is_never_overwritten(test: &TestSource) {
    let database = open_populated(test).await;
    let file = test.folder.join("precious");
    fs::write(&file, "precious").expect("a file");
    let refused = database.back_up(&file).await;
    assert!(matches!(refused, Err(DatabaseError::File { .. })), "{refused:?}");
    assert_eq!(fs::read(&file).expect("a file"), b"precious");
    database.close().await;
}

/// A restore brings back what is in the backup and what was written into its copy, and keeps the
/// old database.
pub async fn restored_backup_replaces_the_database(test: &TestSource) {
    let database = open_populated(test).await;
    let backup = back_up(test, &database).await;
    add_council(&database, "later").await;
    database.close().await;
    let staged = test.source.stage_restore(&backup, signer()).expect("a backup");
    assert!(has_council(staged.database(), "barnet").await);
    assert!(!has_council(staged.database(), "later").await);
    add_council(staged.database(), "reapplied").await;
    let kept_as = staged.commit(".before").await.expect("it takes the place");
    assert!(kept_as.is_some_and(|name| name.ends_with(".before")));
    let database = open(test);
    for (council, is_there) in [("barnet", true), ("later", false), ("reapplied", true)] {
        assert_eq!(has_council(&database, council).await, is_there, "{council}");
    }
    database.close().await;
}

/// A restore to a place without a database keeps no old one.
pub async fn restore_into_nothing_keeps_no_old_database(test: &TestSource) {
    let database = open_populated(test).await;
    let backup = back_up(test, &database).await;
    database.close().await;
    let staged = test.empty.stage_restore(&backup, signer()).expect("a backup");
    assert_eq!(staged.commit(".before").await.expect("it takes the place"), None);
    let database = test.empty.open(signer()).expect("the database opens");
    assert!(has_council(&database, "barnet").await);
    database.close().await;
}

/// A restore that is not committed, for example because of a crash, changes nothing and can be
/// repeated.
pub async fn staged_restore_changes_nothing_until_it_is_committed(test: &TestSource) {
    let database = open_populated(test).await;
    let backup = back_up(test, &database).await;
    add_council(&database, "later").await;
    database.close().await;
    for _ in 0..2 {
        let staged = test.source.stage_restore(&backup, signer()).expect("a backup");
        let copy = staged.database().clone();
        add_council(&copy, "reapplied").await;
        drop(staged);
        copy.close().await;
    }
    let database = open(test);
    assert!(has_council(&database, "later").await);
    assert!(!has_council(&database, "reapplied").await);
    database.close().await;
}

/// A file that is not a backup of this server is refused, and the database stays.
pub async fn file_that_is_no_backup_is_refused(test: &TestSource) {
    open_populated(test).await.close().await;
    for (name, bytes) in [("empty", &b""[..]), ("text", b"not a database")] {
        let file = test.folder.join(name);
        fs::write(&file, bytes).expect("a file");
        let refused = test.source.stage_restore(&file, signer()).map(drop);
        assert!(matches!(refused, Err(DatabaseError::Damaged)), "{name}: {refused:?}");
    }
    let missing = test.source.stage_restore(&test.folder.join("missing"), signer()).map(drop);
    assert!(matches!(missing, Err(DatabaseError::File { .. })), "{missing:?}");
    let database = open(test);
    assert!(has_council(&database, "barnet").await);
    database.close().await;
}

/// Traces of erased people can be removed, and removing them again succeeds.
pub async fn traces_of_erased_people_are_removed(test: &TestSource) {
    let database = open_populated(test).await;
    write(&database, |tx| {
        write_cell(tx, "ada", &cell("text", "canary", 1))?;
        let (id, council) = (id("ada"), id("barnet"));
        tx.erase(&ErasedPerson { id, council, erased_at: 5 })
    })
    .await;
    for _ in 0..2 {
        assert!(database.remove_traces().await.expect("no error"));
    }
    assert!(read(&database, |tx| tx.person(&id("ada"))).await.is_none());
    database.close().await;
}

//! What a transaction is: all or nothing, and apart from others.

use super::fixture::{council_named, id, person, populate, read, write};
use crate::{Database, DatabaseError};

/// Later jobs see what a committed job wrote.
pub async fn committed_job_is_read_by_later_jobs(database: &Database) {
    assert!(write(database, |tx| tx.add_council(&council_named("barnet"))).await);
    let found = read(database, |tx| tx.council(&id("barnet"))).await;
    assert_eq!(found, Some(council_named("barnet")));
    assert_eq!(write(database, |tx| tx.council(&id("barnet"))).await, found);
}

/// A job that returns an error is rolled back, and the caller gets that error.
pub async fn failed_job_leaves_nothing(database: &Database) {
    let failed: Result<(), DatabaseError> = database
        .write(|tx| {
            tx.add_council(&council_named("barnet"))?;
            tx.add_person(&person("ada", "barnet"))?;
            Err(DatabaseError::Full)
        })
        .await;
    assert!(matches!(failed, Err(DatabaseError::Full)), "{failed:?}");
    let found = read(database, |tx| Ok((tx.council(&id("barnet"))?, tx.person(&id("ada"))?))).await;
    assert_eq!(found, (None, None));
}

/// A job that panics is rolled back, the caller gets an error, and the database goes on.
pub async fn panicking_job_leaves_nothing(database: &Database) {
    let failed: Result<(), DatabaseError> = database
        .write(|tx| {
            tx.add_council(&council_named("barnet"))?;
            panic!("a bug in a service");
        })
        .await;
    assert!(failed.is_err());
    assert_eq!(read(database, |tx| tx.council(&id("barnet"))).await, None);
    assert!(write(database, |tx| tx.add_council(&council_named("barnet"))).await);
}

/// A job that fails does not affect jobs that run at the same time.
pub async fn failed_job_leaves_other_jobs_alone(database: &Database) {
    let results = super::fixture::run_concurrently(50, |number| {
        let database = database.clone();
        async move {
            let job = database.write(move |tx| {
                tx.add_council(&council_named(&format!("c{number}")))?;
                if number % 10 == 3 { Err(DatabaseError::Full) } else { Ok(()) }
            });
            job.await
        }
    })
    .await;
    for (number, result) in results.into_iter().enumerate() {
        let has_failed = number % 10 == 3;
        assert_eq!(result.is_err(), has_failed, "job {number}");
        let found = read(database, move |tx| tx.council(&id(&format!("c{number}")))).await;
        assert_eq!(found.is_none(), has_failed, "job {number}");
    }
}

/// A job sees its own writes.
pub async fn job_sees_its_own_writes(database: &Database) {
    let found = write(database, |tx| {
        tx.add_council(&council_named("barnet"))?;
        tx.add_person(&person("ada", "barnet"))?;
        Ok((tx.council(&id("barnet"))?, tx.people(&id("barnet"))?.len()))
    });
    assert_eq!(found.await, (Some(council_named("barnet")), 1));
}

/// A write in a job that only reads fails or is rolled back.
pub async fn read_job_leaves_nothing(database: &Database) {
    populate(database).await;
    let _: Result<bool, DatabaseError> =
        database.read(|tx| tx.add_council(&council_named("ealing"))).await;
    assert_eq!(read(database, |tx| tx.council(&id("ealing"))).await, None);
}

/// Jobs that run one after another are committed separately.
pub async fn commits_are_counted(database: &Database) {
    let before = database.commits();
    populate(database).await;
    write(database, |tx| tx.add_council(&council_named("ealing"))).await;
    assert_eq!(database.commits(), before + 2);
}

//! Opening the database, and running one transaction on it.

use std::{fs::OpenOptions, path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::tx::SqliteTx;
use crate::errors::{OrStoreError, store_error};
use promise_database::{DatabaseError, Tx};

/// The steps from an empty database to this version's, each in a transaction of its own. A step
/// that has been released is never edited.
const STEPS: &[&str] = &[include_str!("schema/1.sql")];

/// The first SQLite without the fault that could damage a database in WAL mode.
const OLDEST_LIBRARY: i32 = 3_051_003;

/// How long to wait while another process writes.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// One connection to the database. It runs one transaction at a time, on the caller's thread.
pub struct SqliteConnection {
    pub(super) connection: Connection,
}

impl SqliteConnection {
    /// Opens the database, makes it if there is none, and brings its schema up to date.
    pub fn open(path: &Path) -> Result<Self, DatabaseError> {
        check_library()?;
        private_file(path)?;
        let connection = Connection::open(path).or_store_error()?;
        connection.busy_timeout(BUSY_TIMEOUT).or_store_error()?;
        connection.pragma_update(None, "journal_mode", "WAL").or_store_error()?;
        Self::prepare(connection)
    }

    /// A database in memory, for tests and simulations.
    pub fn open_in_memory() -> Result<Self, DatabaseError> {
        check_library()?;
        Self::prepare(Connection::open_in_memory().or_store_error()?)
    }

    /// A connection to an existing database that can only read it.
    pub fn open_to_read(path: &Path) -> Result<Self, DatabaseError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).or_store_error()?;
        connection.busy_timeout(BUSY_TIMEOUT).or_store_error()?;
        Ok(Self { connection })
    }

    /// Runs one transaction: kept if the job answers `Ok`, undone if it answers `Err`.
    pub fn transact<R, E: From<DatabaseError>>(
        &mut self,
        job: impl FnOnce(&mut dyn Tx) -> Result<R, E>,
    ) -> Result<R, E> {
        self.within(TransactionBehavior::Immediate, job)
    }

    /// Runs one transaction that only reads.
    pub fn read<R, E: From<DatabaseError>>(
        &mut self,
        job: impl FnOnce(&mut dyn Tx) -> Result<R, E>,
    ) -> Result<R, E> {
        self.within(TransactionBehavior::Deferred, job)
    }

    /// The whole database as bytes: a backup in memory.
    pub fn snapshot(&mut self) -> Result<Vec<u8>, DatabaseError> {
        Ok(self.connection.serialize(rusqlite::MAIN_DB).or_store_error()?.to_vec())
    }

    /// A database in memory from the bytes of [`SqliteConnection::snapshot`]. It is the same life of
    /// the database: see [`promise_services::life::begin`] for a new one.
    pub fn from_snapshot(bytes: &[u8]) -> Result<Self, DatabaseError> {
        check_library()?;
        let mut connection = Connection::open_in_memory().or_store_error()?;
        connection
            .deserialize_read_exact(rusqlite::MAIN_DB, bytes, bytes.len(), false)
            .or_store_error()?;
        Self::prepare(connection)
    }

    /// Runs SQL as somebody would who has the file in hand.
    #[cfg(any(test, feature = "testing"))]
    pub fn run_for_test(&mut self, sql: &str) -> Result<(), DatabaseError> {
        Ok(self.connection.execute_batch(sql).or_store_error()?)
    }

    /// A number that changes when another connection has written, in this process or another.
    pub fn data_version(&self) -> Result<i64, DatabaseError> {
        Ok(self
            .connection
            .pragma_query_value(None, "data_version", |row| row.get(0))
            .or_store_error()?)
    }

    fn within<R, E: From<DatabaseError>>(
        &mut self,
        behavior: TransactionBehavior,
        job: impl FnOnce(&mut dyn Tx) -> Result<R, E>,
    ) -> Result<R, E> {
        let transaction = self
            .connection
            .transaction_with_behavior(behavior)
            .map_err(|error| E::from(store_error(&error)))?;
        let result = job(&mut SqliteTx::new(&transaction))?;
        transaction.commit().map_err(|error| E::from(store_error(&error)))?;
        Ok(result)
    }

    fn prepare(mut connection: Connection) -> Result<Self, DatabaseError> {
        // An answered request is on disk, even when the power fails the moment after.
        connection.pragma_update(None, "synchronous", "FULL").or_store_error()?;
        connection.pragma_update(None, "foreign_keys", true).or_store_error()?;
        // What is deleted or overwritten is written over with zeros, or it would stay in the file
        // until something else needs its place.
        connection.pragma_update(None, "secure_delete", true).or_store_error()?;
        // What a savepoint may have to put back stays out of temporary files.
        connection.pragma_update(None, "temp_store", "MEMORY").or_store_error()?;
        connection.set_prepared_statement_cache_capacity(64);
        migrate(&mut connection, STEPS)?;
        Ok(Self { connection })
    }
}

/// Makes an empty file that only its owner may read, unless there is one. SQLite gives the log
/// beside it the same permissions.
pub(super) fn private_file(path: &Path) -> Result<(), DatabaseError> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let made = options.open(path).map(drop);
    made.map_err(|source| DatabaseError::File { doing: "open the database", source })
}

fn check_library() -> Result<(), DatabaseError> {
    if rusqlite::version_number() < OLDEST_LIBRARY {
        return Err(DatabaseError::OldLibrary(rusqlite::version().to_owned()));
    }
    Ok(())
}

fn migrate(connection: &mut Connection, steps: &[&str]) -> Result<(), DatabaseError> {
    let known = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).or_store_error()?;
    let found: i64 =
        transaction.pragma_query_value(None, "user_version", |row| row.get(0)).or_store_error()?;
    if found > known {
        return Err(DatabaseError::Newer { found, known });
    }
    for step in steps.iter().skip(usize::try_from(found).unwrap_or(0)) {
        transaction.execute_batch(step).or_store_error()?;
    }
    if found < known {
        transaction.pragma_update(None, "user_version", known).or_store_error()?;
    }
    Ok(transaction.commit().or_store_error()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use promise_database::Council;

    fn barnet() -> Council {
        Council { id: "barnet".into(), name: "Barnet".into() }
    }

    #[test]
    fn a_failing_transaction_leaves_nothing() {
        let mut store = SqliteConnection::open_in_memory().unwrap();
        let failed: Result<(), DatabaseError> = store.transact(|tx| {
            tx.add_council(&barnet())?;
            Err(DatabaseError::Full)
        });
        assert!(failed.is_err());
        let found: Option<Council> = store.read(|tx| tx.council("barnet")).unwrap();
        assert_eq!(found, None);
    }

    #[test]
    fn a_snapshot_is_the_database_of_that_moment() {
        let mut store = SqliteConnection::open_in_memory().unwrap();
        store.transact(|tx| tx.add_council(&barnet())).unwrap();
        let bytes = store.snapshot().unwrap();
        let camden = Council { id: "camden".into(), name: "Camden".into() };
        store.transact(|tx| tx.add_council(&camden)).unwrap();
        let mut earlier = SqliteConnection::from_snapshot(&bytes).unwrap();
        assert_eq!(earlier.read(|tx| tx.council("barnet")).unwrap(), Some(barnet()));
        assert_eq!(earlier.read(|tx| tx.council("camden")).unwrap(), None);
        earlier.transact(|tx| tx.add_council(&camden)).unwrap();
    }

    #[test]
    fn a_newer_database_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("promise.db");
        SqliteConnection::open(&path)
            .unwrap()
            .connection
            .pragma_update(None, "user_version", 99)
            .unwrap();
        assert!(matches!(
            SqliteConnection::open(&path),
            Err(DatabaseError::Newer { found: 99, .. })
        ));
    }
}

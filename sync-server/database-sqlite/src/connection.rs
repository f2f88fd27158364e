//! One connection: opening it, and running a transaction on it.

use std::{fs::OpenOptions, path::Path, sync::Arc, time::Duration};

use promise_database::{DatabaseError, NoSigner, Signer, Tx};
use promise_sqlite_support::{Migrations, check_library, keep_plans};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use super::{
    errors::{OrDatabaseError, database_error, migration_error, unsafe_library},
    tx::SqliteTx,
};

/// The steps from an empty database to the current schema.
const MIGRATIONS: Migrations<'_> =
    Migrations::new(&[include_str!("schema/1.sql"), include_str!("schema/2.sql")]);

/// How long to wait while another process writes.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// One connection to the database. It runs one transaction at a time, on the caller's thread.
///
/// The server runs jobs through a [`Database`](promise_database::Database) instead. This is for
/// tests and for the simulation, which need no threads.
pub struct SqliteConnection {
    pub(super) connection: Connection,
    pub(super) signer: Arc<dyn Signer>,
    #[cfg(any(test, feature = "testing"))]
    pub(super) last_statements: Vec<String>,
}

impl SqliteConnection {
    /// Opens the database. Creates it if there is none, and upgrades an older schema.
    pub fn open(path: &Path, signer: Arc<dyn Signer>) -> Result<Self, DatabaseError> {
        check_library().map_err(|error| unsafe_library(&error))?;
        create_private_file(path)?;
        let connection = Connection::open(path).or_database_error()?;
        connection.busy_timeout(BUSY_TIMEOUT).or_database_error()?;
        connection.pragma_update(None, "journal_mode", "WAL").or_database_error()?;
        Self::prepare(connection, signer)
    }

    /// Opens a new database in memory.
    pub fn open_in_memory(signer: Arc<dyn Signer>) -> Result<Self, DatabaseError> {
        check_library().map_err(|error| unsafe_library(&error))?;
        Self::prepare(Connection::open_in_memory().or_database_error()?, signer)
    }

    /// Opens an existing database for reading only. Nothing in it can be signed.
    pub fn open_read_only(path: &Path) -> Result<Self, DatabaseError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).or_database_error()?;
        connection.busy_timeout(BUSY_TIMEOUT).or_database_error()?;
        Ok(Self::of(connection, Arc::new(NoSigner)))
    }

    fn of(connection: Connection, signer: Arc<dyn Signer>) -> Self {
        Self {
            connection,
            signer,
            #[cfg(any(test, feature = "testing"))]
            last_statements: Vec::new(),
        }
    }

    /// Returns the statements of the last transaction that was committed, in order.
    #[cfg(any(test, feature = "testing"))]
    pub fn last_statements(&self) -> &[String] {
        &self.last_statements
    }

    /// Runs one transaction: committed if `job` returns `Ok`, rolled back if it returns `Err`.
    pub fn transact<R, E: From<DatabaseError>>(
        &mut self,
        job: impl FnOnce(&mut dyn Tx) -> Result<R, E>,
    ) -> Result<R, E> {
        self.run(TransactionBehavior::Immediate, job)
    }

    /// Runs one transaction that only reads.
    pub fn read<R, E: From<DatabaseError>>(
        &mut self,
        job: impl FnOnce(&mut dyn Tx) -> Result<R, E>,
    ) -> Result<R, E> {
        self.run(TransactionBehavior::Deferred, job)
    }

    /// Returns the whole database as bytes: a backup in memory.
    pub fn snapshot(&mut self) -> Result<Vec<u8>, DatabaseError> {
        Ok(self.connection.serialize(rusqlite::MAIN_DB).or_database_error()?.to_vec())
    }

    /// Opens a database in memory from the bytes of [`SqliteConnection::snapshot`]. It is still of
    /// the same generation: the caller begins a new one.
    pub fn from_snapshot(bytes: &[u8], signer: Arc<dyn Signer>) -> Result<Self, DatabaseError> {
        check_library().map_err(|error| unsafe_library(&error))?;
        let mut connection = Connection::open_in_memory().or_database_error()?;
        connection
            .deserialize_read_exact(rusqlite::MAIN_DB, bytes, bytes.len(), false)
            .or_database_error()?;
        Self::prepare(connection, signer)
    }

    /// Runs SQL, as an attacker could who has the file.
    #[cfg(any(test, feature = "testing"))]
    pub fn run_for_test(&mut self, sql: &str) -> Result<(), DatabaseError> {
        self.connection.execute_batch(sql).or_database_error()
    }

    /// Returns a number that changes when another connection has committed, in this process or
    /// another.
    pub(super) fn data_version(&self) -> Result<i64, DatabaseError> {
        self.connection
            .pragma_query_value(None, "data_version", |row| row.get(0))
            .or_database_error()
    }

    /// Returns how many transactions held something new for a phone.
    pub(super) fn change_count(&self) -> Result<u64, DatabaseError> {
        self.connection
            .query_row("SELECT value FROM change_count", (), |row| row.get(0))
            .or_database_error()
    }

    fn run<R, E: From<DatabaseError>>(
        &mut self,
        behavior: TransactionBehavior,
        job: impl FnOnce(&mut dyn Tx) -> Result<R, E>,
    ) -> Result<R, E> {
        let transaction = self
            .connection
            .transaction_with_behavior(behavior)
            .map_err(|error| E::from(database_error(&error)))?;
        let mut tx = SqliteTx::new(&transaction, self.signer.as_ref());
        let result = job(&mut tx)?;
        if tx.has_nudge() {
            raise_change_count(&transaction).map_err(|error| E::from(database_error(&error)))?;
        }
        #[cfg(any(test, feature = "testing"))]
        let statements = tx.take_statements();
        drop(tx);
        transaction.commit().map_err(|error| E::from(database_error(&error)))?;
        #[cfg(any(test, feature = "testing"))]
        {
            self.last_statements = statements;
        }
        Ok(result)
    }

    fn prepare(mut connection: Connection, signer: Arc<dyn Signer>) -> Result<Self, DatabaseError> {
        // A request that was answered is on disk, even if the power fails the moment after.
        connection.pragma_update(None, "synchronous", "FULL").or_database_error()?;
        connection.pragma_update(None, "foreign_keys", true).or_database_error()?;
        // Deleted and overwritten values are overwritten with zeros. Otherwise they would stay in
        // the file until SQLite reuses their space.
        connection.pragma_update(None, "secure_delete", true).or_database_error()?;
        // Keeps what a savepoint may have to restore out of temporary files.
        connection.pragma_update(None, "temp_store", "MEMORY").or_database_error()?;
        keep_plans(&connection).or_database_error()?;
        // More than there are. Preparing a statement takes longer than running it.
        connection.set_prepared_statement_cache_capacity(160);
        MIGRATIONS.apply(&mut connection).map_err(migration_error)?;
        Ok(Self::of(connection, signer))
    }
}

/// Raises the change count and returns it: the transaction holds something new for a phone.
pub(super) fn raise_change_count(transaction: &Transaction<'_>) -> rusqlite::Result<u64> {
    transaction
        .prepare_cached("UPDATE change_count SET value = value + 1 RETURNING value")?
        .query_row((), |row| row.get(0))
}

/// Creates an empty file that only its owner may read, unless it exists. SQLite gives the log
/// beside it the same permissions.
pub(super) fn create_private_file(path: &Path) -> Result<(), DatabaseError> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(DatabaseError::file("open the database"))
}

#[cfg(test)]
mod tests {
    use promise_database::Council;
    use promise_sqlite_support::testing::assert_upgraded_equals_fresh;

    use super::*;

    fn signer() -> Arc<dyn Signer> {
        Arc::new(NoSigner)
    }

    fn barnet() -> Council {
        Council { id: "barnet".into(), name: "Barnet".into() }
    }

    #[test]
    fn failed_transaction_leaves_nothing() {
        let mut connection = SqliteConnection::open_in_memory(signer()).unwrap();
        let failed: Result<(), DatabaseError> = connection.transact(|tx| {
            tx.add_council(&barnet())?;
            Err(DatabaseError::Full)
        });
        assert!(failed.is_err());
        let found: Option<Council> = connection.read(|tx| tx.council(&barnet().id)).unwrap();
        assert_eq!(found, None);
    }

    #[test]
    fn snapshot_is_the_database_of_that_moment() {
        let mut connection = SqliteConnection::open_in_memory(signer()).unwrap();
        connection.transact(|tx| tx.add_council(&barnet())).unwrap();
        let bytes = connection.snapshot().unwrap();
        let camden = Council { id: "camden".into(), name: "Camden".into() };
        connection.transact(|tx| tx.add_council(&camden)).unwrap();
        let mut earlier = SqliteConnection::from_snapshot(&bytes, signer()).unwrap();
        assert_eq!(earlier.read(|tx| tx.council(&barnet().id)).unwrap(), Some(barnet()));
        assert_eq!(earlier.read(|tx| tx.council(&camden.id)).unwrap(), None);
        earlier.transact(|tx| tx.add_council(&camden)).unwrap();
    }

    #[test]
    fn upgraded_schema_equals_fresh_one() {
        assert_upgraded_equals_fresh(&MIGRATIONS, &[]);
    }

    #[test]
    fn upgrade_to_labels_keeps_people() {
        let mut connection = Connection::open_in_memory().unwrap();
        Migrations::new(&[include_str!("schema/1.sql")]).apply(&mut connection).unwrap();
        connection
            .execute_batch(
                "INSERT INTO council VALUES ('barnet', 'Barnet');
                 INSERT INTO person (id, council, reference) VALUES ('ada', 'barnet', 'CL-1');",
            )
            .unwrap();
        let mut upgraded = SqliteConnection::prepare(connection, signer()).unwrap();
        let (people, label): (Vec<promise_database::Person>, Option<String>) = upgraded
            .transact::<_, DatabaseError>(|tx| {
                tx.person_for_update(&"ada".into())?;
                tx.set_person_label(&"ada".into(), Some("A.B."))?;
                Ok((tx.people(&"barnet".into())?, tx.person_label(&"ada".into())?))
            })
            .unwrap();
        assert_eq!(people.first().and_then(|ada| ada.reference.as_deref()), Some("CL-1"));
        assert_eq!(label.as_deref(), Some("A.B."));
    }

    #[test]
    fn newer_schema_is_not_opened() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("promise.db");
        SqliteConnection::open(&path, signer())
            .unwrap()
            .connection
            .pragma_update(None, "user_version", 99)
            .unwrap();
        let opened = SqliteConnection::open(&path, signer());
        assert!(matches!(opened, Err(DatabaseError::Newer { found: 99, .. })));
    }
}

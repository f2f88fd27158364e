//! Schema migrations: ordered steps, counted by `user_version`.

use rusqlite::{Connection, TransactionBehavior};
use thiserror::Error;

/// The steps from an empty database to the current schema.
///
/// Step `n` is a script of SQL statements that leads from version `n - 1` to version `n`. A step
/// that has been released is never edited: databases exist that have taken it.
#[derive(Clone, Copy, Debug)]
pub struct Migrations<'a> {
    steps: &'a [&'a str],
}

/// Why a database was not migrated. Steps before the failed one are kept.
#[derive(Debug, Error)]
pub enum MigrationError {
    /// A newer version of the program wrote the database. Nothing was changed.
    #[error("the schema has version {found}; this program knows versions up to {known}")]
    Newer {
        /// The database's version.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// SQLite reported an error.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
}

impl<'a> Migrations<'a> {
    /// Creates migrations from their steps, the first one leading to version 1.
    pub const fn new(steps: &'a [&'a str]) -> Self {
        Self { steps }
    }

    /// Returns the version that the last step leads to.
    pub fn version(&self) -> i64 {
        i64::try_from(self.steps.len()).unwrap_or(i64::MAX)
    }

    /// Applies the steps that the database has not taken yet, each in a transaction of its own.
    ///
    /// Several processes may call this on one database at the same time: each step is applied once.
    /// A database that is up to date is only read.
    pub fn apply(&self, connection: &mut Connection) -> Result<(), MigrationError> {
        let known = self.version();
        loop {
            let found = schema_version(connection)?;
            if found > known {
                return Err(MigrationError::Newer { found, known });
            }
            if found == known {
                return Ok(());
            }
            self.apply_next(connection)?;
        }
    }

    fn apply_next(&self, connection: &mut Connection) -> rusqlite::Result<()> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Read again under the write lock: another process may have been faster.
        let taken = schema_version(&transaction)?;
        if let Some(step) = usize::try_from(taken).ok().and_then(|taken| self.steps.get(taken)) {
            transaction.execute_batch(step)?;
            transaction.pragma_update(None, "user_version", taken + 1)?;
        }
        transaction.commit()
    }

    /// Returns the first `count` steps alone.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) fn first(&self, count: usize) -> Self {
        Self { steps: self.steps.get(..count).unwrap_or(self.steps) }
    }
}

/// Returns the version of a database's schema: the number of steps it has taken.
pub fn schema_version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has_table(connection: &Connection, name: &str) -> bool {
        let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = ?)";
        connection.query_row(sql, [name], |row| row.get(0)).unwrap()
    }

    #[test]
    fn failing_step_leaves_previous_version() {
        let mut connection = Connection::open_in_memory().unwrap();
        Migrations::new(&["CREATE TABLE a (x)"]).apply(&mut connection).unwrap();
        let steps = ["CREATE TABLE a (x)", "CREATE TABLE b (x); CREATE TABLE a (y)"];
        let failed = Migrations::new(&steps).apply(&mut connection);
        assert!(matches!(failed, Err(MigrationError::Sqlite(_))));
        assert_eq!(schema_version(&connection).unwrap(), 1);
        assert!(!has_table(&connection, "b"), "half a step was kept");
    }

    #[test]
    fn steps_are_applied_once() {
        let mut connection = Connection::open_in_memory().unwrap();
        let steps = ["CREATE TABLE a (x)", "CREATE TABLE b (x)"];
        Migrations::new(&steps[..1]).apply(&mut connection).unwrap();
        Migrations::new(&steps).apply(&mut connection).unwrap();
        Migrations::new(&steps).apply(&mut connection).unwrap();
        assert_eq!(schema_version(&connection).unwrap(), 2);
    }

    #[test]
    fn newer_database_is_not_changed() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.pragma_update(None, "user_version", 99).unwrap();
        let refused = Migrations::new(&["CREATE TABLE a (x)"]).apply(&mut connection);
        assert!(matches!(refused, Err(MigrationError::Newer { found: 99, known: 1 })));
        assert!(!has_table(&connection, "a"));
    }
}

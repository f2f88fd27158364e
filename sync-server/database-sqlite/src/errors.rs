//! Turns SQLite's errors into those of the database.

use promise_database::DatabaseError;
use promise_sqlite_support::{MigrationError, UnsafeLibrary};
use rusqlite::ErrorCode;

/// An error of SQLite. It exists so that `?` turns it into a [`DatabaseError`].
#[derive(Debug)]
pub(super) struct SqliteError(rusqlite::Error);

impl From<rusqlite::Error> for SqliteError {
    fn from(error: rusqlite::Error) -> Self {
        Self(error)
    }
}

impl From<SqliteError> for DatabaseError {
    fn from(SqliteError(error): SqliteError) -> Self {
        database_error(&error)
    }
}

/// Returns the [`DatabaseError`] for an error of SQLite.
pub(super) fn database_error(error: &rusqlite::Error) -> DatabaseError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => DatabaseError::Busy,
        Some(ErrorCode::DiskFull) => DatabaseError::Full,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => DatabaseError::Damaged,
        // The code alone: the message could hold what a person wrote.
        Some(code) => DatabaseError::Other(format!("{code:?}")),
        None => DatabaseError::Unreadable("row"),
    }
}

/// Returns the [`DatabaseError`] for a failed migration.
pub(super) fn migration_error(error: MigrationError) -> DatabaseError {
    match error {
        MigrationError::Newer { found, known } => DatabaseError::Newer { found, known },
        MigrationError::Sqlite(error) => database_error(&error),
    }
}

/// Returns the [`DatabaseError`] for a library that can corrupt a database.
pub(super) fn unsafe_library(error: &UnsafeLibrary) -> DatabaseError {
    DatabaseError::Unsupported(error.to_string())
}

/// Converts the results of calls that go straight to SQLite.
pub(super) trait OrDatabaseError<T> {
    /// Turns SQLite's error into a [`DatabaseError`].
    fn or_database_error(self) -> Result<T, DatabaseError>;
}

impl<T> OrDatabaseError<T> for rusqlite::Result<T> {
    fn or_database_error(self) -> Result<T, DatabaseError> {
        self.map_err(|error| database_error(&error))
    }
}

/// `optional` for the results of a [`Statement`](super::statement::Statement).
pub(super) trait Optional<T> {
    /// Returns `None` if there is no row.
    fn optional(self) -> Result<Option<T>, SqliteError>;
}

impl<T> Optional<T> for Result<T, SqliteError> {
    fn optional(self) -> Result<Option<T>, SqliteError> {
        match self {
            Ok(value) => Ok(Some(value)),
            Err(SqliteError(rusqlite::Error::QueryReturnedNoRows)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

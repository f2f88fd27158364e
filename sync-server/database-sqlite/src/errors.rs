//! SQLite's errors, and what they are to the rest of the server.

use promise_database::DatabaseError;
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
        store_error(&error)
    }
}

/// Returns what an error of SQLite is to the rest of the server.
pub(super) fn store_error(error: &rusqlite::Error) -> DatabaseError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => DatabaseError::Busy,
        Some(ErrorCode::DiskFull) => DatabaseError::Full,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => DatabaseError::Damaged,
        // The code alone: a longer message could hold what a person wrote.
        Some(code) => DatabaseError::Other(format!("{code:?}")),
        None => DatabaseError::Unreadable("row"),
    }
}

/// `?` for calls that go straight to SQLite.
pub(super) trait OrStoreError<T> {
    /// Turns SQLite's error into a [`DatabaseError`].
    fn or_store_error(self) -> Result<T, DatabaseError>;
}

impl<T> OrStoreError<T> for rusqlite::Result<T> {
    fn or_store_error(self) -> Result<T, DatabaseError> {
        self.map_err(|error| store_error(&error))
    }
}

/// `optional` for the results of a [`Statement`](super::statement::Statement).
pub(super) trait Optional<T> {
    /// Returns `None` where there is no row.
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

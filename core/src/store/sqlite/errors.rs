//! Converts SQLite's errors into the store's.

use promise_sqlite_support::MigrationError;
use rusqlite::ffi;

use crate::store::StoreError;

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(failure, _) = error else {
            return match error {
                rusqlite::Error::SqlInputError { error, .. } => Self::Sqlite(error.extended_code),
                _ => Self::Unreadable("row"),
            };
        };
        if failure.extended_code == ffi::SQLITE_IOERR_SHMSIZE {
            // The index of the write-ahead log is the first thing that a full disk has no room for.
            return Self::DiskFull;
        }
        match failure.extended_code & 0xff {
            ffi::SQLITE_FULL => Self::DiskFull,
            ffi::SQLITE_READONLY => Self::ReadOnly,
            ffi::SQLITE_CORRUPT | ffi::SQLITE_NOTADB => Self::Damaged,
            ffi::SQLITE_CANTOPEN => Self::CannotOpen,
            ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED => Self::Busy,
            _ => Self::Sqlite(failure.extended_code),
        }
    }
}

impl From<MigrationError> for StoreError {
    fn from(error: MigrationError) -> Self {
        match error {
            MigrationError::Newer { found, known } => Self::Newer { found, known },
            MigrationError::Sqlite(error) => error.into(),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(_: serde_json::Error) -> Self {
        Self::Unreadable("json")
    }
}

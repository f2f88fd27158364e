//! Why the store failed.

use promise_sqlite_support::UnsafeLibrary;
use thiserror::Error;

/// Why the store failed. The transaction changed nothing.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The key is not the one that the database was created with.
    #[error("the key does not fit the database")]
    WrongKey,
    /// The file is corrupt or not a database.
    #[error("the database is damaged")]
    Damaged,
    /// A newer version of the program wrote the database. It can be read, not written.
    #[error("the database is from a newer version ({found}; this version reads up to {known})")]
    Newer {
        /// The database's schema version.
        found: i64,
        /// The newest schema version that this program knows.
        known: i64,
    },
    /// The file or its folder is read-only.
    #[error("the database can only be read")]
    ReadOnly,
    /// The disk is full. Retrying helps once there is room.
    #[error("the disk is full")]
    DiskFull,
    /// The file or its folder cannot be opened.
    #[error("the database file cannot be opened")]
    CannotOpen,
    /// The linked SQLite is not safe to use.
    #[error(transparent)]
    UnsafeLibrary(#[from] UnsafeLibrary),
    /// Another connection holds the write lock. Retrying helps.
    #[error("the database is in use")]
    Busy,
    /// The phone is paused and has closed the database.
    #[error("the store is paused")]
    Paused,
    /// The store holds a value that this program did not write. Names the kind of value.
    #[error("the store holds something it cannot read: {0}")]
    Unreadable(&'static str),
    /// SQLite failed in another way. Holds only the result code, since SQLite's message may quote
    /// personal data.
    #[error("SQLite failed with code {0}")]
    Sqlite(i32),
}

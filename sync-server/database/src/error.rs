//! Why the store did not do it.

use thiserror::Error;

/// The store's errors. None of them names a person or holds a value.
#[derive(Debug, Error)]
pub enum DatabaseError {
    /// Another process is writing, or more is waiting than the server takes on. Retry later.
    #[error("the database is busy")]
    Busy,
    /// The disk is full. Retrying helps once there is room.
    #[error("the disk is full")]
    Full,
    /// The file is damaged or not a database. Put a backup in its place with `restore`.
    #[error("the database file is damaged, or is not a database")]
    Damaged,
    /// The database was written by a newer version of this program. Run that version.
    #[error("the database has schema {found}, and this program knows {known}: run a newer version")]
    Newer {
        /// The schema's version in the file.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// The SQLite in this program is one that can damage databases. Build it with a newer one.
    #[error("SQLite {0} can damage a database: this program needs 3.51.3 or newer")]
    OldLibrary(String),
    /// A server or another restore is using this data folder. Stop it first.
    #[error("the data folder is in use by a running server: stop it first")]
    InUse,
    /// The store has stopped, because the server is stopping. Retry later.
    #[error("the server is stopping")]
    Stopped,
    /// A file could not be read or written.
    #[error("cannot {doing}: {source}")]
    File {
        /// What was being done.
        doing: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
    /// What is stored does not read as what it should be. Retrying does not help.
    #[error("the database holds an unreadable {0}")]
    Unreadable(&'static str),
    /// Anything else the database said. Holds its words, which hold no values.
    #[error("the database refused: {0}")]
    Other(String),
}

//! The errors of a database.

use thiserror::Error;

use crate::SigningError;

/// Why a database operation failed. No variant identifies a person or holds a value that
/// a person wrote.
#[derive(Debug, Error)]
pub enum DatabaseError {
    /// Another process is writing, or too many jobs wait. Retrying later helps.
    #[error("the database is busy")]
    Busy,
    /// The disk is full. Retrying helps once there is room.
    #[error("the disk is full")]
    Full,
    /// The database is damaged, or the file is not a database. Restore a backup.
    #[error("the database file is damaged, or is not a database")]
    Damaged,
    /// A newer version of this program wrote the database. Run that version.
    #[error("the database has schema {found}, and this program knows {known}: run a newer version")]
    Newer {
        /// The schema version that was found.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// The database software cannot be used. The text gives the reason and what is needed.
    #[error("{0}")]
    Unsupported(String),
    /// The database was opened for reading only.
    #[error("the database was opened for reading only")]
    ReadOnly,
    /// The database is closed, because the server is stopping, or the job panicked. Retry later.
    #[error("the server is stopping")]
    Stopped,
    /// A file could not be read or written.
    #[error("cannot {action}: {source}")]
    File {
        /// What was being done, such as `read the backup`.
        action: &'static str,
        /// The system's error.
        source: std::io::Error,
    },
    /// Something was to be signed and was not. Nothing was written.
    #[error(transparent)]
    NotSigned(#[from] SigningError),
    /// Stored data cannot be read as what it should be. Retrying does not help.
    #[error("the database holds an unreadable {0}")]
    Unreadable(&'static str),
    /// Any other error. The text is an error code of the database and holds no values.
    #[error("the database refused: {0}")]
    Other(String),
}

impl DatabaseError {
    /// Returns a function that turns an I/O error into [`DatabaseError::File`], for `map_err`.
    pub fn file(action: &'static str) -> impl FnOnce(std::io::Error) -> Self {
        move |source| Self::File { action, source }
    }
}

//! Backups: copying the database into a file while the server serves.

use std::{fs, io, path::Path};

use promise_database::DatabaseError;
use rusqlite::{
    Connection,
    types::{ToSqlOutput, ValueRef},
};

use super::{
    connection::{SqliteConnection, create_private_file},
    errors::OrDatabaseError,
    files::with_suffix,
};

/// Copies the database as it is now into a new file, row by row: a copy of its pages could hold
/// traces of deleted rows. The file gets its name only when it is complete.
pub(super) fn back_up(database: &Path, file: &Path) -> Result<(), DatabaseError> {
    if file.exists() {
        let exists = io::Error::from(io::ErrorKind::AlreadyExists);
        return Err(DatabaseError::file("write the backup")(exists));
    }
    let part = with_suffix(file, ".part");
    create_private_file(&part)?;
    let name = ToSqlOutput::Borrowed(ValueRef::Text(part.as_os_str().as_encoded_bytes()));
    SqliteConnection::open_read_only(database)?
        .connection
        .execute("VACUUM INTO ?", [name])
        .or_database_error()?;
    settle(&part)?;
    fs::rename(&part, file).map_err(DatabaseError::file("name the backup"))
}

/// Leaves one file on disk, without a log beside it.
pub(super) fn settle(database: &Path) -> Result<(), DatabaseError> {
    Connection::open(database)
        .or_database_error()?
        .pragma_update(None, "journal_mode", "DELETE")
        .or_database_error()?;
    fs::File::open(database)
        .and_then(|file| file.sync_all())
        .map_err(DatabaseError::file("write the database to disk"))
}

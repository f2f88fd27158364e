//! Backups: taking one while the server serves, and putting one in the database's place.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use rusqlite::{
    Connection,
    types::{ToSqlOutput, ValueRef},
};

use super::connection::{SqliteConnection, private_file};
use crate::errors::OrStoreError;
use promise_database::DatabaseError;

/// The files of a database, by what is added to its name.
const PARTS: [&str; 3] = ["", "-wal", "-shm"];

/// Writes the database as it is now to one new file, row by row: a copy of its pages could hold traces
/// of what was deleted. The file appears under its name only when it is whole. [`DatabaseError::File`]: choose another file; retrying does not help.
pub fn back_up(database: &Path, file: &Path) -> Result<(), DatabaseError> {
    if file.exists() {
        return Err(doing("write the backup")(io::ErrorKind::AlreadyExists.into()));
    }
    let part = with_suffix(file, ".part");
    private_file(&part)?;
    let name = ToSqlOutput::Borrowed(ValueRef::Text(part.as_os_str().as_encoded_bytes()));
    SqliteConnection::open_to_read(database)?
        .connection
        .execute("VACUUM INTO ?", [name])
        .or_store_error()?;
    settle(&part)?;
    fs::rename(&part, file).map_err(doing("name the backup"))
}

/// Puts a backup in the database's place. The old database is moved aside, and its new name is
/// answered. `prepare` gets the backup before it takes its place: it begins the new life.
pub fn put_back<E: From<DatabaseError>>(
    file: &Path,
    database: &Path,
    aside: &str,
    prepare: impl FnOnce(&mut SqliteConnection) -> Result<(), E>,
) -> Result<Option<PathBuf>, E> {
    let next = with_suffix(database, ".restoring");
    copy_whole(file, &next)?;
    prepare(&mut SqliteConnection::open(&next)?)?;
    settle(&next)?;
    let old = with_suffix(database, &format!(".{aside}"));
    let had_one = database.exists();
    if had_one {
        move_aside(database, &old)?;
    }
    fs::rename(&next, database).map_err(doing("put the backup in its place"))?;
    sync_folder_of(database)?;
    Ok(had_one.then_some(old))
}

/// Copies a backup, and makes sure that it is one.
fn copy_whole(file: &Path, next: &Path) -> Result<(), DatabaseError> {
    fs::copy(file, next).map_err(doing("read the backup"))?;
    let connection = Connection::open(next).or_store_error()?;
    // An empty file is a good database to SQLite, and would lose everything.
    connection
        .query_row("SELECT id FROM generation", (), |_| Ok(()))
        .map_err(|_| DatabaseError::Damaged)?;
    let verdict: String =
        connection.pragma_query_value(None, "quick_check", |row| row.get(0)).or_store_error()?;
    if verdict == "ok" { Ok(()) } else { Err(DatabaseError::Damaged) }
}

/// Leaves one file on disk, without a log beside it.
fn settle(database: &Path) -> Result<(), DatabaseError> {
    Connection::open(database)
        .or_store_error()?
        .pragma_update(None, "journal_mode", "DELETE")
        .or_store_error()?;
    fs::File::open(database)
        .and_then(|file| file.sync_all())
        .map_err(doing("write the database to disk"))
}

/// The log moves with its database: it may hold the last writes.
fn move_aside(database: &Path, old: &Path) -> Result<(), DatabaseError> {
    for part in PARTS {
        let from = with_suffix(database, part);
        if from.exists() {
            fs::rename(&from, with_suffix(old, part)).map_err(doing("move the old database"))?;
        }
    }
    Ok(())
}

/// Makes sure that the new names are on disk too.
fn sync_folder_of(database: &Path) -> Result<(), DatabaseError> {
    let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty());
    fs::File::open(folder.unwrap_or(Path::new(".")))
        .and_then(|folder| folder.sync_all())
        .map_err(doing("write the data folder to disk"))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

fn doing(doing: &'static str) -> impl FnOnce(io::Error) -> DatabaseError {
    move |source| DatabaseError::File { doing, source }
}

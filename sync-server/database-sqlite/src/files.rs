//! The files of a database: the database itself, its log, and the log's index.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use promise_database::DatabaseError;

/// What is added to a database's name for each of its files.
const SUFFIXES: [&str; 3] = ["", "-wal", "-shm"];

/// Renames a database. Its log moves with it, because it may hold the last writes.
pub(super) fn rename(database: &Path, new_name: &Path) -> Result<(), DatabaseError> {
    for suffix in SUFFIXES {
        let from = with_suffix(database, suffix);
        if from.exists() {
            fs::rename(&from, with_suffix(new_name, suffix))
                .map_err(DatabaseError::file("move the old database"))?;
        }
    }
    Ok(())
}

/// Deletes a database, if there is one.
pub(super) fn delete(database: &Path) -> Result<(), DatabaseError> {
    for suffix in SUFFIXES {
        match fs::remove_file(with_suffix(database, suffix)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(DatabaseError::file("delete an unfinished restore")(error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Writes the names in a database's folder to disk.
pub(super) fn sync_folder(database: &Path) -> Result<(), DatabaseError> {
    let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty());
    fs::File::open(folder.unwrap_or(Path::new(".")))
        .and_then(|folder| folder.sync_all())
        .map_err(DatabaseError::file("write the data folder to disk"))
}

/// Returns a path with something added to its last name.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

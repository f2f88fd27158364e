//! The files that belong to a database: moving them out of the way, and deleting them.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};

/// The suffixes of the files that belong to a database.
const SUFFIXES: [&str; 4] = ["", "-wal", "-shm", "-key"];

const SET_ASIDE: &str = ".set-aside-";

/// Moves a database that cannot be opened out of the way, with all its files, and returns its new
/// path. Nothing is deleted: the right key, or a repair, can still open it there.
pub fn set_aside(path: &Path, now: DateTime<Utc>) -> std::io::Result<PathBuf> {
    let first = with_suffix(path, &format!("{SET_ASIDE}{}", now.format("%Y%m%dT%H%M%S%3fZ")));
    // If the clock stands still, an earlier one must not be overwritten.
    let mut target = first.clone();
    for number in 2.. {
        if SUFFIXES.iter().all(|suffix| !with_suffix(&target, suffix).exists()) {
            break;
        }
        target = with_suffix(&first, &format!("-{number}"));
    }
    for suffix in SUFFIXES {
        let from = with_suffix(path, suffix);
        if from.exists() {
            fs::rename(from, with_suffix(&target, suffix))?;
        }
    }
    Ok(target)
}

/// Deletes a database with all its files, and those that [`set_aside`] moved: the phone was revoked
/// or the account erased.
///
/// The write-ahead log goes first and the database last. If the app is killed in between, the
/// database is still there, and the server's next response has it wiped again.
pub fn wipe(path: &Path) -> std::io::Result<()> {
    let mut files: Vec<PathBuf> =
        ["-wal", "-shm", "-key", "-key-new"].map(|suffix| with_suffix(path, suffix)).into();
    files.extend(files_set_aside(path)?);
    files.push(path.to_owned());
    for file in files {
        match fs::remove_file(file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

fn files_set_aside(path: &Path) -> std::io::Result<Vec<PathBuf>> {
    let prefix = with_suffix(path, SET_ASIDE);
    let has_prefix = |name: &OsStr| {
        prefix
            .file_name()
            .is_some_and(|prefix| name.as_encoded_bytes().starts_with(prefix.as_encoded_bytes()))
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder.unwrap_or(Path::new(".")))? {
        let file = entry?.path();
        if file.file_name().is_some_and(has_prefix) {
            files.push(file);
        }
    }
    Ok(files)
}

pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

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

/// The suffix of the empty file that marks a wipe that has begun.
const WIPING: &str = "-wiping";

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

/// Marks a database as to be wiped, before anything of it is destroyed. If the app is killed in between,
/// the next start finds the mark and goes on: see [`is_wipe_unfinished`].
pub fn begin_wipe(path: &Path) -> std::io::Result<()> {
    fs::File::create(with_suffix(path, WIPING))?.sync_all()?;
    // On Windows a folder cannot be opened, and needs no flush.
    #[cfg(unix)]
    fs::File::open(folder_of(path))?.sync_all()?;
    Ok(())
}

/// Returns `true` if a wipe was begun and did not end.
pub fn is_wipe_unfinished(path: &Path) -> bool {
    with_suffix(path, WIPING).exists()
}

/// Deletes a database with all its files, and those that [`set_aside`] moved: the phone was taken off
/// because it was lost, or the person erased it. The mark of [`begin_wipe`] goes last.
pub fn wipe(path: &Path) -> std::io::Result<()> {
    let mut files: Vec<PathBuf> =
        ["-wal", "-shm", "-key", "-key-new"].map(|suffix| with_suffix(path, suffix)).into();
    files.extend(files_set_aside(path)?);
    files.extend([path.to_owned(), with_suffix(path, WIPING)]);
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
    let mut files = Vec::new();
    for entry in fs::read_dir(folder_of(path))? {
        let file = entry?.path();
        if file.file_name().is_some_and(has_prefix) {
            files.push(file);
        }
    }
    Ok(files)
}

fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

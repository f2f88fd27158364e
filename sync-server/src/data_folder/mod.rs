//! The data folder: the councils' signing keys, and the lock that keeps a restore apart from a running
//! server. The database may be in it or elsewhere.

mod lock;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use thiserror::Error;

pub(crate) use self::lock::FolderLock;

/// The folder of the signing keys.
const KEYS: &str = "keys";

/// Why the data folder cannot be used.
#[derive(Debug, Error)]
pub enum DataFolderError {
    /// A server or a restore uses it. Stop that first.
    #[error("the data folder is in use by a running server: stop it first")]
    InUse,
    /// A file could not be read or written.
    #[error("cannot {action}: {source}")]
    File {
        /// What was being done, such as `create the data folder`.
        action: &'static str,
        /// The system's error.
        source: io::Error,
    },
}

impl DataFolderError {
    fn file(action: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::File { action, source }
    }
}

/// An open data folder.
pub struct DataFolder {
    _lock: FolderLock,
}

impl DataFolder {
    /// Opens the folder together with other processes, and creates what is missing.
    pub fn open(path: &Path) -> Result<Self, DataFolderError> {
        create(path)?;
        let lock = FolderLock::shared(path)?;
        Ok(Self { _lock: lock })
    }

    /// Locks the folder alone, for as long as the lock is held.
    pub(crate) fn lock_exclusive(path: &Path) -> Result<FolderLock, DataFolderError> {
        create(path)?;
        FolderLock::exclusive(path)
    }
}

/// Returns the folder of the signing keys in a data folder.
pub fn keys(path: &Path) -> PathBuf {
    path.join(KEYS)
}

/// Creates the folder, accessible to its owner only.
fn create(folder: &Path) -> Result<(), DataFolderError> {
    if folder.is_dir() {
        return Ok(());
    }
    create_private(folder).map_err(DataFolderError::file("create the data folder"))
}

/// Creates a folder if there is none, and lets only its owner use it.
pub(crate) fn create_private(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder).and_then(|()| only_for_owner(folder))
}

#[cfg(unix)]
fn only_for_owner(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn only_for_owner(_: &Path) -> io::Result<()> {
    Ok(())
}

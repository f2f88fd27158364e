//! The data folder: the key of proofs, and the lock that keeps a restore apart from a running
//! server. The database may be in it or elsewhere.

mod lock;

use std::{
    fs::{self, OpenOptions},
    io::{self, ErrorKind, Write},
    path::Path,
};

use promise_protocol::proof::ProofKey;
use promise_services::{OsRandom, Random};
use thiserror::Error;

pub(crate) use self::lock::FolderLock;

/// The file of the key. It is not in a backup of the database, so that a backup that falls into
/// wrong hands cannot be used to forge what staff wrote.
const KEY_FILE: &str = "proof.key";

/// Why the data folder cannot be used.
#[derive(Debug, Error)]
pub enum DataFolderError {
    /// A server or a restore uses it. Stop that first.
    #[error("the data folder is in use by a running server: stop it first")]
    InUse,
    /// A file could not be read or written.
    #[error("cannot {action}: {source}")]
    File {
        /// What was being done, such as `read proof.key`.
        action: &'static str,
        /// The system's error.
        source: io::Error,
    },
    /// The key does not have the right length. Put a copy of it back.
    #[error("proof.key is damaged: put a copy of it back")]
    DamagedKey,
    /// The system gave no random bytes for a new key.
    #[error("the system gives no random bytes")]
    NoRandomness,
}

impl DataFolderError {
    fn file(action: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::File { action, source }
    }
}

/// An open data folder.
pub struct DataFolder {
    key: ProofKey,
    _lock: FolderLock,
}

impl DataFolder {
    /// Opens the folder together with other processes, and creates what is missing.
    pub fn open(path: &Path) -> Result<Self, DataFolderError> {
        create(path)?;
        let lock = FolderLock::shared(path)?;
        Ok(Self { key: read_or_create_key(path)?, _lock: lock })
    }

    /// Locks the folder alone, for as long as the lock is held. Creates the folder but not the key,
    /// which an operator may be about to put back.
    pub(crate) fn lock_exclusive(path: &Path) -> Result<FolderLock, DataFolderError> {
        create(path)?;
        FolderLock::exclusive(path)
    }

    /// The key with which the server proves what staff wrote.
    pub fn key(&self) -> &ProofKey {
        &self.key
    }
}

/// Creates the folder, accessible to its owner only.
fn create(folder: &Path) -> Result<(), DataFolderError> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder)
        .and_then(|()| only_for_owner(folder))
        .map_err(DataFolderError::file("create the data folder"))
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

fn read_or_create_key(folder: &Path) -> Result<ProofKey, DataFolderError> {
    let path = folder.join(KEY_FILE);
    match fs::read(&path) {
        Ok(bytes) => {
            let key = <[u8; 32]>::try_from(bytes).map_err(|_| DataFolderError::DamagedKey)?;
            Ok(ProofKey::new(key))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => create_key(&path),
        Err(error) => Err(DataFolderError::file("read proof.key")(error)),
    }
}

fn create_key(path: &Path) -> Result<ProofKey, DataFolderError> {
    let mut key = [0; 32];
    OsRandom.fill(&mut key).map_err(|_| DataFolderError::NoRandomness)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .and_then(|mut file| file.write_all(&key).and_then(|()| file.sync_all()))
        .map_err(DataFolderError::file("create proof.key"))?;
    Ok(ProofKey::new(key))
}

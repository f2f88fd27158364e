//! The data folder: the database, and the key that lives outside it.

use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    path::Path,
};

use promise_protocol::proof::ProofKey;

use crate::config::Settings;
use promise_database::DatabaseError;
use promise_database_sqlite::{FolderLock, SqliteConnection};
use promise_services::{OsRandom, Random, ServiceError, generation};

/// The key's file. A backup of the database does not hold it, so that whoever finds a backup
/// cannot forge staff's words: keep a copy of it elsewhere.
const KEY_FILE: &str = "proof.key";

/// An open data folder.
pub struct DataFolder {
    /// The database, with a life begun.
    pub store: SqliteConnection,
    /// The key of proofs.
    pub key: ProofKey,
    /// Held while the folder is in use.
    pub lock: FolderLock,
}

impl DataFolder {
    /// Opens the folder, and makes what is missing. [`DatabaseError::InUse`]: a restore is running.
    pub fn open(settings: &Settings) -> Result<Self, ServiceError> {
        make(&settings.data)?;
        let lock = FolderLock::shared(&settings.data)?;
        let key = proof_key(&settings.data)?;
        let mut store = SqliteConnection::open(&settings.database)?;
        store.transact(|tx| generation::ensure(tx, &mut OsRandom))?;
        Ok(Self { store, key, lock })
    }
}

/// Makes the folder, for its owner alone.
pub(crate) fn make(folder: &Path) -> Result<(), DatabaseError> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder)
        .and_then(|()| only_for_owner(folder))
        .map_err(doing("make the data folder"))
}

#[cfg(unix)]
fn only_for_owner(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn only_for_owner(_: &Path) -> std::io::Result<()> {
    Ok(())
}

fn proof_key(folder: &Path) -> Result<ProofKey, ServiceError> {
    let path = folder.join(KEY_FILE);
    match fs::read(&path) {
        Ok(bytes) => {
            let key =
                <[u8; 32]>::try_from(bytes).map_err(|_| DatabaseError::Unreadable("proof.key"))?;
            Ok(ProofKey::new(key))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => new_proof_key(&path),
        Err(error) => Err(doing("read proof.key")(error).into()),
    }
}

fn new_proof_key(path: &Path) -> Result<ProofKey, ServiceError> {
    let mut key = [0; 32];
    OsRandom.fill(&mut key)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .and_then(|mut file| file.write_all(&key).and_then(|()| file.sync_all()))
        .map_err(doing("make proof.key"))?;
    Ok(ProofKey::new(key))
}

fn doing(doing: &'static str) -> impl FnOnce(std::io::Error) -> DatabaseError {
    move |source| DatabaseError::File { doing, source }
}

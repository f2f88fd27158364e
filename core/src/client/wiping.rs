//! Wiping everything on this phone.
//!
//! The steps are in an order in which nothing is readable from the second one on, and the app can be killed
//! after each:
//!
//! 1. A mark on the disk says that a wipe has begun.
//! 2. The platform destroys the key of the database, and makes another one. A copy of the files that is
//!    left anywhere, as flash memory leaves them, cannot be opened any more.
//! 3. The files are deleted, and the mark last.
//! 4. An empty database is created with the new key.
//!
//! A start that finds the mark goes on with the second step.

use std::path::Path;

use super::{PocketPhone, PromiseError, app_lock::Gate, lock};
use crate::{
    key::StoredKey,
    store::{self, SqliteStore},
};

impl PocketPhone {
    /// Erases everything on this phone. Sends nothing and needs no connection. What was not sent is
    /// lost, and the council's server keeps what it holds: [`PocketPhone::erase_account`] erases both.
    pub fn erase_this_phone(&self) -> Result<(), PromiseError> {
        self.require_open()?;
        self.wipe()
    }

    /// Wipes the phone, whatever the app lock says, which is gone with the rest.
    pub(super) fn wipe(&self) -> Result<(), PromiseError> {
        {
            let mut store = lock(&self.store);
            let mut key = lock(&self.key);
            *store = None;
            if let Err(error) = store::begin_wipe(&self.path) {
                // A full disk, perhaps. Without the key nothing can be read, whatever happens next.
                tracing::error!(%error, "wipe");
            }
            wipe_marked(&self.path, &mut key)?;
            *store = Some(SqliteStore::open(&self.path, key.key())?);
        }
        self.network.disconnect();
        self.set_gate(Gate::Off);
        Ok(())
    }
}

/// Opens the database. If a wipe was interrupted, it goes on first.
pub(super) fn open(path: &Path, key: &mut StoredKey) -> Result<SqliteStore, PromiseError> {
    if store::is_wipe_unfinished(path) {
        wipe_marked(path, key)?;
    }
    Ok(SqliteStore::open(path, key.key())?)
}

fn wipe_marked(path: &Path, key: &mut StoredKey) -> Result<(), PromiseError> {
    key.replace();
    store::wipe(path).map_err(|_| PromiseError::ReadOnly)
}

//! Who is using a data folder: many may, but a restore wants it alone.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::Path,
};

use promise_database::StoreError;

/// A hold on a data folder, for as long as it lives.
pub struct FolderLock(#[expect(dead_code, reason = "the lock is held by the open file")] File);

impl FolderLock {
    /// Uses the folder beside others. [`StoreError::InUse`]: a restore is running.
    pub fn shared(folder: &Path) -> Result<Self, StoreError> {
        Self::hold(folder, File::try_lock_shared)
    }

    /// Uses the folder alone. [`StoreError::InUse`]: somebody else is using it.
    pub fn alone(folder: &Path) -> Result<Self, StoreError> {
        Self::hold(folder, File::try_lock)
    }

    fn hold(
        folder: &Path,
        lock: impl FnOnce(&File) -> Result<(), TryLockError>,
    ) -> Result<Self, StoreError> {
        let doing = "open the data folder's lock";
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.join("promise.lock"))
            .map_err(|source| StoreError::File { doing, source })?;
        match lock(&file) {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
            Err(TryLockError::Error(source)) => Err(StoreError::File { doing, source }),
        }
    }
}

//! Who is using a data folder: many may, but a restore wants it alone.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::Path,
};

use promise_database::DatabaseError;

/// A hold on a data folder, for as long as it lives.
pub struct FolderLock(#[expect(dead_code, reason = "the lock is held by the open file")] File);

impl FolderLock {
    /// Uses the folder beside others. [`DatabaseError::InUse`]: a restore is running.
    pub fn shared(folder: &Path) -> Result<Self, DatabaseError> {
        Self::hold(folder, File::try_lock_shared)
    }

    /// Uses the folder alone. [`DatabaseError::InUse`]: somebody else is using it.
    pub fn alone(folder: &Path) -> Result<Self, DatabaseError> {
        Self::hold(folder, File::try_lock)
    }

    fn hold(
        folder: &Path,
        lock: impl FnOnce(&File) -> Result<(), TryLockError>,
    ) -> Result<Self, DatabaseError> {
        let doing = "open the data folder's lock";
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.join("promise.lock"))
            .map_err(|source| DatabaseError::File { doing, source })?;
        match lock(&file) {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(DatabaseError::InUse),
            Err(TryLockError::Error(source)) => Err(DatabaseError::File { doing, source }),
        }
    }
}

//! The lock on a data folder: many processes may use it, and a restore uses it alone.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::Path,
};

use super::DataFolderError;

/// A lock on a data folder, released when it is dropped.
pub(crate) struct FolderLock(
    #[expect(dead_code, reason = "the lock is held by the open file")] File,
);

impl FolderLock {
    /// Locks the folder together with others. Fails with [`DataFolderError::InUse`] while a restore
    /// runs.
    pub(super) fn shared(folder: &Path) -> Result<Self, DataFolderError> {
        Self::lock(folder, File::try_lock_shared)
    }

    /// Locks the folder alone. Fails with [`DataFolderError::InUse`] while another process uses it.
    pub(super) fn exclusive(folder: &Path) -> Result<Self, DataFolderError> {
        Self::lock(folder, File::try_lock)
    }

    fn lock(
        folder: &Path,
        lock: impl FnOnce(&File) -> Result<(), TryLockError>,
    ) -> Result<Self, DataFolderError> {
        let failed = DataFolderError::file("open the data folder's lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.join("promise.lock"))
            .and_then(|file| match lock(&file) {
                Ok(()) => Ok(Some(file)),
                Err(TryLockError::WouldBlock) => Ok(None),
                Err(TryLockError::Error(error)) => Err(error),
            })
            .map_err(failed)?;
        file.map(Self).ok_or(DataFolderError::InUse)
    }
}

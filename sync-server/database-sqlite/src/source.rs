//! A database file that is not open.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use promise_database::{DataSource, Database, DatabaseError, Signer, StagedRestore};

use super::{backend, restore};

/// A database in a file.
#[derive(Clone, Debug)]
pub struct SqliteFile(PathBuf);

impl SqliteFile {
    /// Returns the database in the file at `path`, which need not exist.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }
}

impl DataSource for SqliteFile {
    fn open(&self, signer: Arc<dyn Signer>) -> Result<Database, DatabaseError> {
        backend::open(&self.0, signer)
    }

    fn open_read_only(&self) -> Result<Option<Database>, DatabaseError> {
        Ok(self.0.exists().then(|| backend::open_read_only(&self.0)))
    }

    fn stage_restore(
        &self,
        backup: &Path,
        signer: Arc<dyn Signer>,
    ) -> Result<Box<dyn StagedRestore>, DatabaseError> {
        Ok(Box::new(restore::stage(backup, &self.0, signer)?))
    }
}

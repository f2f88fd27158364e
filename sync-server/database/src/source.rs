//! Where a database is: opening it, and replacing it with a backup.

use std::{path::Path, sync::Arc};

use crate::{BoxFuture, Database, DatabaseError, Signer};

/// A database that is not open: a file, or an address and a name.
pub trait DataSource: Send + Sync {
    /// Opens the database. Creates it if there is none, and upgrades an older schema. What staff write is
    /// signed by `signer`.
    fn open(&self, signer: Arc<dyn Signer>) -> Result<Database, DatabaseError>;

    /// Opens an existing database for reading only, and changes nothing about it. Returns `None` if
    /// there is none. Jobs that write fail with [`DatabaseError::ReadOnly`].
    fn open_read_only(&self) -> Result<Option<Database>, DatabaseError>;

    /// Prepares to replace the database with a backup that [`Database::back_up`] wrote: copies
    /// the backup beside the database and checks it. The database itself stays as it is.
    ///
    /// Fails with [`DatabaseError::Damaged`] if the file is not a backup.
    fn stage_restore(
        &self,
        backup: &Path,
        signer: Arc<dyn Signer>,
    ) -> Result<Box<dyn StagedRestore>, DatabaseError>;
}

/// A copy of a backup that is about to replace a database.
pub trait StagedRestore: Send {
    /// The copy, for what must be in it from the moment it is used.
    fn database(&self) -> &Database;

    /// Puts the copy in place of the database, which must not be open. The old database is kept
    /// under its name with `suffix`; returns that name, or `None` if there was no database.
    fn commit(self: Box<Self>, suffix: &str) -> BoxFuture<Result<Option<String>, DatabaseError>>;
}

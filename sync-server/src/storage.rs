//! What the server and the commands work on: an open data folder and an open database.

use promise_database::{Database, DatabaseError};
use promise_services::{OsRandom, ServiceError, generation, publishing::editions};
use thiserror::Error;

use crate::{
    config::Settings,
    data_folder::{DataFolder, DataFolderError},
    signing,
};

/// Why the data folder or the database does not open.
#[derive(Debug, Error)]
pub enum StorageError {
    /// The data folder does not open.
    #[error(transparent)]
    Folder(#[from] DataFolderError),
    /// The database does not open.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The first generation cannot begin, or a council's signing key is not the one that it had.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

/// An open data folder and database.
pub struct Storage {
    /// The data folder. Nothing replaces the database while it is open.
    pub folder: DataFolder,
    /// The database, with a generation begun.
    pub database: Database,
}

impl Storage {
    /// Opens the data folder and the database, and creates what is missing.
    pub async fn open(settings: &Settings) -> Result<Self, StorageError> {
        let folder = DataFolder::open(&settings.data)?;
        let database = settings.database.source().open(signing::open(settings))?;
        database.write(|tx| generation::ensure(tx, &mut OsRandom)).await?;
        database.read(editions::check_signatures).await?;
        Ok(Self { folder, database })
    }

    /// Waits until everything is written, and closes the database and then the folder.
    pub async fn close(self) {
        let Self { folder, database } = self;
        database.close().await;
        drop(folder);
    }
}

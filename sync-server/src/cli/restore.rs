//! `restore FILE`

use std::path::PathBuf;

use clap::Args;

use super::{CliError, Output, now};
use crate::{
    config::Settings,
    folder,
    service::{OsRandom, ServiceError, life},
    store::sqlite::{FolderLock, put_back},
};

/// A restore.
#[derive(Args)]
pub(super) struct Restore {
    /// The backup.
    file: PathBuf,
}

impl Restore {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        folder::make(&settings.data)?;
        let _lock = FolderLock::alone(&settings.data)?;
        let aside = format!("before-restore-{}", now());
        let old = put_back(&self.file, &settings.database, &aside, |store| {
            store.transact(|tx| life::begin(tx, &mut OsRandom)).map(drop)
        });
        let old = old.map_err(|error: ServiceError| CliError::from(error))?;
        output.say("Restored. Phones hand back what the backup lacks when they next sync.");
        if let Some(old) = old {
            output.say(&format!("The old database is kept as {}.", old.display()));
        }
        Ok(())
    }
}

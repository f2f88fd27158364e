//! `backup FILE`

use std::{io, path::PathBuf};

use clap::Args;
use promise_database::DatabaseError;

use super::{CliError, Output, block_on};
use crate::config::Settings;

/// A backup.
#[derive(Args)]
pub(super) struct Backup {
    /// A new file to write.
    file: PathBuf,
}

impl Backup {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        let database = settings.database.source().open_read_only()?.ok_or_else(|| {
            DatabaseError::file("open the database")(io::ErrorKind::NotFound.into())
        })?;
        block_on(async { Ok(database.back_up(&self.file).await?) })?;
        output.print(&format!("Backed up to {}.", self.file.display()));
        output.print("Keep a copy of the folder keys elsewhere: it is not in the backup.");
        Ok(())
    }
}

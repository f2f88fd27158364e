//! `backup FILE`

use std::path::PathBuf;

use clap::Args;

use super::{CliError, Output};
use crate::config::Settings;

/// A backup.
#[derive(Args)]
pub(super) struct Backup {
    /// A new file to write.
    file: PathBuf,
}

impl Backup {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        promise_database_sqlite::back_up(&settings.database, &self.file)?;
        output.say(&format!("Backed up to {}.", self.file.display()));
        output.say("Keep a copy of proof.key elsewhere: it is not in the backup.");
        Ok(())
    }
}

//! `restore FILE`

use std::path::PathBuf;

use clap::Args;

use super::{CliError, Output, now};
use crate::config::Settings;
use crate::data_folder;
use promise_database_sqlite::{FolderLock, SqliteConnection, put_back};
use promise_services::{
    OsRandom, ServiceError, generation,
    restore_tombstones::{self, Tombstones},
};

/// A restore.
#[derive(Args)]
pub(super) struct Restore {
    /// The backup.
    file: PathBuf,
}

impl Restore {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        data_folder::make(&settings.data)?;
        let _lock = FolderLock::alone(&settings.data)?;
        let aside = format!("before-restore-{}", now());
        let taken = taken_away(settings);
        let old = put_back(&self.file, &settings.database, &aside, |store| {
            store.transact(|tx| {
                let nothing = Tombstones::default();
                let taken = taken.as_ref().unwrap_or(&nothing);
                restore_tombstones::reapply(tx, taken)?;
                generation::begin(tx, &mut OsRandom)?;
                restore_tombstones::reapply_leavers(tx, taken, now())
            })?;
            Ok(store.remove_traces().map(drop)?)
        });
        let old = old.map_err(|error: ServiceError| CliError::from(error))?;
        output.say("Restored. Phones hand back what the backup lacks when they next sync.");
        if taken.is_none() {
            output.say(
                "The old database cannot be read: whoever was erased, whichever phone was revoked and \
                 whoever was switched off after the backup was made is back. Erase, revoke and \
                 switch them off again.",
            );
        }
        if let Some(old) = old {
            output.say(&format!("The old database is kept as {}.", old.display()));
        }
        Ok(())
    }
}

/// What the database that is replaced knows to be taken away; `None` if it cannot be read.
fn taken_away(settings: &Settings) -> Option<Tombstones> {
    if !settings.database.exists() {
        return Some(Tombstones::default());
    }
    let mut store = SqliteConnection::open_to_read(&settings.database).ok()?;
    store.read(restore_tombstones::collect).ok()
}

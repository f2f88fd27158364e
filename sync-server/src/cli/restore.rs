//! `restore FILE`

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;
use promise_database::{DataSource, Signer};
use promise_services::{
    OsRandom, ServiceError, generation,
    restore_tombstones::{self, Tombstones},
    signing_again,
};

use super::{CliError, Output, block_on, now};
use crate::{config::Settings, data_folder::DataFolder, signing};

/// A restore.
#[derive(Args)]
pub(super) struct Restore {
    /// The backup.
    file: PathBuf,
}

/// What a restore did.
struct Restored {
    /// `true` if what was erased, revoked and deactivated since the backup is so again.
    reapplied: bool,
    /// The name under which the old database is kept.
    old: Option<String>,
}

impl Restore {
    pub(super) fn run(self, settings: &Settings, output: &mut Output<'_>) -> Result<(), CliError> {
        let _lock = DataFolder::lock_exclusive(&settings.data)?;
        let source = settings.database.source();
        let signer = signing::open(settings);
        let restored = block_on(restore(source.as_ref(), &self.file, signer))?;
        output.print("Restored. Phones hand back what the backup lacks when they next sync.");
        output.print(
            "Phones of young people who were added after the backup are unpaired. Add the young people \
             again, and link their phones with `invite --relink`.",
        );
        if !restored.reapplied {
            output.print(
                "The old database cannot be read: whoever was erased, whichever phone was revoked, \
                 whoever was switched off and whichever role was taken away after the backup was \
                 made is back. Erase, revoke, switch them off and change their roles again.",
            );
        }
        if let Some(old) = restored.old {
            output.print(&format!("The old database is kept as {old}."));
        }
        Ok(())
    }
}

async fn restore(
    source: &dyn DataSource,
    backup: &Path,
    signer: Arc<dyn Signer>,
) -> Result<Restored, CliError> {
    let tombstones = read_tombstones(source).await;
    let reapplied = tombstones.is_some();
    let staged = source.stage_restore(backup, signer)?;
    let at = now();
    staged
        .database()
        .write(move |tx| {
            let tombstones = tombstones.unwrap_or_default();
            restore_tombstones::reapply(tx, &tombstones)?;
            generation::begin(tx, &mut OsRandom)?;
            restore_tombstones::reapply_phones(tx, &tombstones, at)?;
            restore_tombstones::reapply_leavers(tx, &tombstones, at)?;
            signing_again::sign_restored_again(tx, at)
        })
        .await
        .map_err(|error: ServiceError| error)?;
    // The server continues with the traces that are left when it starts.
    staged.database().remove_traces().await?;
    let old = staged.commit(&format!(".before-restore-{at}")).await?;
    Ok(Restored { reapplied, old })
}

/// Reads what the database that is replaced holds as erased, revoked and deactivated; `None` if it
/// cannot be read.
async fn read_tombstones(source: &dyn DataSource) -> Option<Tombstones> {
    match source.open_read_only() {
        Ok(None) => Some(Tombstones::default()),
        Ok(Some(database)) => {
            let tombstones = database.read(restore_tombstones::collect).await.ok();
            database.close().await;
            tombstones
        }
        Err(_) => None,
    }
}

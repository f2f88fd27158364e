//! Restoring: a backup is copied beside the database, prepared, and then takes its place.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use promise_database::{BoxFuture, Database, DatabaseError, Signer, StagedRestore};
use rusqlite::Connection;

use super::{
    backend::{self, blocking},
    backup::settle,
    errors::OrDatabaseError,
    files::{self, with_suffix},
};

/// A copy of a backup beside the database that it is to replace.
pub(super) struct StagedFile {
    database: Database,
    copy: PathBuf,
    target: PathBuf,
}

/// Copies a backup beside the database at `target`, and checks and opens the copy.
pub(super) fn stage(
    backup: &Path,
    target: &Path,
    signer: Arc<dyn Signer>,
) -> Result<StagedFile, DatabaseError> {
    let copy = with_suffix(target, ".restoring");
    // An earlier restore may have been interrupted.
    files::delete(&copy)?;
    fs::copy(backup, &copy).map_err(DatabaseError::file("read the backup"))?;
    check(&copy)?;
    Ok(StagedFile { database: backend::open(&copy, signer)?, copy, target: target.to_owned() })
}

impl StagedRestore for StagedFile {
    fn database(&self) -> &Database {
        &self.database
    }

    fn commit(self: Box<Self>, suffix: &str) -> BoxFuture<Result<Option<String>, DatabaseError>> {
        let Self { database, copy, target } = *self;
        let old = with_suffix(&target, suffix);
        Box::pin(async move {
            database.close().await;
            blocking(move || replace(&copy, &target, &old)).await
        })
    }
}

fn replace(copy: &Path, target: &Path, old: &Path) -> Result<Option<String>, DatabaseError> {
    settle(copy)?;
    let had_one = target.exists();
    if had_one {
        files::rename(target, old)?;
    }
    fs::rename(copy, target).map_err(DatabaseError::file("put the backup in its place"))?;
    files::sync_folder(target)?;
    Ok(had_one.then(|| old.display().to_string()))
}

/// Checks that a file is a backup of this server's database, and is not damaged.
fn check(copy: &Path) -> Result<(), DatabaseError> {
    let connection = Connection::open(copy).or_database_error()?;
    // To SQLite an empty file is a valid database. Restoring it would lose everything.
    connection
        .query_row("SELECT id FROM generation", (), |_| Ok(()))
        .map_err(|_| DatabaseError::Damaged)?;
    let result: String =
        connection.pragma_query_value(None, "quick_check", |row| row.get(0)).or_database_error()?;
    if result == "ok" { Ok(()) } else { Err(DatabaseError::Damaged) }
}

//! The backend that runs the server's jobs on SQLite: one writer, several readers, one watcher.

use std::{path::Path, sync::Arc};

use promise_database::{Backend, Database, DatabaseError, Job};
use tokio::sync::{oneshot, watch};

use super::{
    SqliteConnection, backup,
    changes::{self, Changes},
    readers::Readers,
    writer::{self, Running, Writer},
};

/// The backend of one database file.
struct SqliteBackend {
    writer: Writer,
    readers: Readers,
    changes: Changes,
}

/// Starts the threads that serve the database at `path`, which `store` is open on.
///
/// The writer thread ends when the last clone of the handle is gone and its queue is empty;
/// [`Running::join`] waits for that.
pub fn serve(store: SqliteConnection, path: &Path) -> Result<(Database, Running), DatabaseError> {
    let changes = changes::start(path)?;
    let (writer, running) = writer::start(store, changes.notify())?;
    let backend = SqliteBackend { writer, readers: Readers::new(path), changes };
    Ok((Database::new(Arc::new(backend)), running))
}

impl Backend for SqliteBackend {
    fn read(&self, job: Box<dyn Job>) {
        self.readers.run(job);
    }

    fn write(&self, job: Box<dyn Job>) -> Result<(), DatabaseError> {
        self.writer.run(job)
    }

    fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    fn remove_traces(&self) -> oneshot::Receiver<Result<bool, DatabaseError>> {
        self.writer.remove_traces()
    }

    fn back_up(&self, file: &Path) -> Result<(), DatabaseError> {
        backup::back_up(self.readers.path(), file)
    }

    fn commits(&self) -> u64 {
        self.writer.commits()
    }
}

//! Readers: a few connections that only read, beside the one writer.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use promise_database::{DatabaseError, Job};

use super::connection::SqliteConnection;

/// Idle connections to keep open.
const MAX_IDLE: usize = 4;

/// Runs jobs that only read, beside the writer. Cheap to clone.
#[derive(Clone)]
pub(super) struct Readers {
    path: Arc<PathBuf>,
    idle: Arc<Mutex<Vec<SqliteConnection>>>,
}

impl Readers {
    /// Readers of the database at `path`, which must exist.
    pub(super) fn new(path: &Path) -> Self {
        Self { path: Arc::new(path.to_owned()), idle: Arc::default() }
    }

    /// The database's file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Runs a job on a thread that may block.
    pub(super) fn run(&self, mut job: Box<dyn Job>) {
        let readers = self.clone();
        tokio::task::spawn_blocking(move || {
            let read = readers.take().and_then(|mut store| {
                store.read(|tx| Ok::<_, DatabaseError>(job.run(tx)))?;
                readers.give_back(store);
                Ok(())
            });
            job.finish(read);
        });
    }

    fn take(&self) -> Result<SqliteConnection, DatabaseError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(|| SqliteConnection::open_to_read(&self.path), Ok)
    }

    fn give_back(&self, store: SqliteConnection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MAX_IDLE {
            idle.push(store);
        }
    }
}

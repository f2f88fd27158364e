//! Readers: a few connections that only read, beside the one writer.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use promise_database::{DatabaseError, Job, Signer};

use super::{backend::StillOpen, connection::SqliteConnection};

/// The most idle connections to keep open.
const MAX_IDLE: usize = 4;

/// Runs jobs that only read. Cheap to clone.
#[derive(Clone)]
pub(super) struct Readers(Arc<Shared>);

struct Shared {
    path: PathBuf,
    signer: Arc<dyn Signer>,
    idle: Mutex<Vec<SqliteConnection>>,
    _still_open: StillOpen,
}

impl Readers {
    /// Returns readers of the database at `path`, which must exist. They keep `still_open` until
    /// the last job is done.
    pub(super) fn new(path: &Path, signer: Arc<dyn Signer>, still_open: StillOpen) -> Self {
        let idle = Mutex::default();
        Self(Arc::new(Shared { path: path.to_owned(), signer, idle, _still_open: still_open }))
    }

    /// The database's file.
    pub(super) fn path(&self) -> &Path {
        &self.0.path
    }

    /// Runs a job on a thread that may block.
    pub(super) fn read(&self, mut job: Box<dyn Job>) {
        let readers = self.clone();
        tokio::task::spawn_blocking(move || {
            let read = readers.take().and_then(|mut connection| {
                connection.read(|tx| Ok::<_, DatabaseError>(job.run(tx)))?;
                readers.give_back(connection);
                Ok(())
            });
            job.finish(read);
        });
    }

    fn take(&self) -> Result<SqliteConnection, DatabaseError> {
        let idle = self.0.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(
            || {
                let connection = SqliteConnection::open_read_only(&self.0.path)?;
                Ok(SqliteConnection { signer: Arc::clone(&self.0.signer), ..connection })
            },
            Ok,
        )
    }

    fn give_back(&self, connection: SqliteConnection) {
        let mut idle = self.0.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MAX_IDLE {
            idle.push(connection);
        }
    }
}

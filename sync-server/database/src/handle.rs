//! The handle that the rest of the server holds: read, write, watch.

use std::sync::Arc;

use tokio::sync::watch;

use crate::{
    DatabaseError, Tx,
    job::{self, Job},
};

/// A database that runs jobs. One crate implements it for each kind of database.
pub trait Backend: Send + Sync {
    /// Runs a job that only reads, on a thread that may block, and finishes it.
    fn read(&self, job: Box<dyn Job>);

    /// Queues a job that writes, and finishes it once its transaction is on disk or rolled back.
    ///
    /// Returns [`DatabaseError::Busy`] if too many jobs wait; retrying later helps.
    fn write(&self, job: Box<dyn Job>) -> Result<(), DatabaseError>;

    /// A value that changes some time after each commit, in this process or another. A watcher
    /// reads what is new for itself.
    fn changes(&self) -> watch::Receiver<u64>;

    /// Starts removing the traces that erased rows left on disk. The reply is `false` if another
    /// connection holds it up; retrying later helps.
    fn remove_traces(&self) -> tokio::sync::oneshot::Receiver<Result<bool, DatabaseError>>;

    /// Copies the database as it is now into a new file, without traces of deleted rows.
    fn back_up(&self, file: &std::path::Path) -> Result<(), DatabaseError>;

    /// How many transactions were committed since the process started.
    fn commits(&self) -> u64;
}

/// The server's database. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    backend: Arc<dyn Backend>,
}

impl Database {
    /// A handle on a backend.
    pub fn new(backend: Arc<dyn Backend>) -> Self {
        Self { backend }
    }

    /// Runs `work` in a transaction that only reads.
    pub async fn read<R, E, F>(&self, work: F) -> Result<R, E>
    where
        F: FnOnce(&mut dyn Tx) -> Result<R, E> + Clone + Send + 'static,
        R: Send + 'static,
        E: From<DatabaseError> + Send + 'static,
    {
        let (job, result) = job::job(work);
        self.backend.read(job);
        result.await.unwrap_or_else(|_| Err(E::from(DatabaseError::Stopped)))
    }

    /// Runs `work` in a transaction that writes. What it wrote is on disk when this returns `Ok`,
    /// and rolled back when it returns `Err`.
    ///
    /// `work` is cloned for each attempt: a backend runs it again after a serialization failure.
    /// [`DatabaseError::Busy`] means that too many jobs wait; retrying later helps.
    pub async fn write<R, E, F>(&self, work: F) -> Result<R, E>
    where
        F: FnOnce(&mut dyn Tx) -> Result<R, E> + Clone + Send + 'static,
        R: Send + 'static,
        E: From<DatabaseError> + Send + 'static,
    {
        let (job, result) = job::job(work);
        self.backend.write(job)?;
        result.await.unwrap_or_else(|_| Err(E::from(DatabaseError::Stopped)))
    }

    /// A value that changes some time after each commit: see [`Backend::changes`].
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.backend.changes()
    }

    /// Removes the traces of erased rows: see [`Backend::remove_traces`].
    pub async fn remove_traces(&self) -> Result<bool, DatabaseError> {
        self.backend.remove_traces().await.unwrap_or(Err(DatabaseError::Stopped))
    }

    /// Copies the database into a new file: see [`Backend::back_up`].
    pub fn back_up(&self, file: &std::path::Path) -> Result<(), DatabaseError> {
        self.backend.back_up(file)
    }

    /// How many transactions were committed: see [`Backend::commits`].
    pub fn commits(&self) -> u64 {
        self.backend.commits()
    }
}

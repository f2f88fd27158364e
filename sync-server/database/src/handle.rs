//! The handle that the rest of the server holds: read, write, watch.

use std::{future::Future, path::Path, pin::Pin, sync::Arc};

use tokio::sync::watch;

use crate::{
    DatabaseError, Tx,
    job::{self, Job},
};

/// A boxed future that can move between threads.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A database that runs jobs: what a crate for one kind of database implements.
///
/// The [crate's documentation](crate) defines what a backend promises. Jobs are synchronous, so that
/// services are plain functions over a [`Tx`]; a backend runs them on threads of its own. One with
/// an asynchronous driver blocks such a thread on each call. Methods of a `Tx` that return nothing
/// may be queued and sent with the next one that returns something.
pub trait Backend: Send + Sync {
    /// Queues a job that only reads, and finishes it. Nothing that the job writes is kept.
    fn read(&self, job: Box<dyn Job>);

    /// Queues a job that writes, and finishes it once its transaction is on disk or rolled back:
    /// with [`DatabaseError::Busy`] if too many jobs wait.
    ///
    /// Runs the job again after a conflict with another transaction, and after the connection to
    /// the database was lost before the commit.
    fn write(&self, job: Box<dyn Job>);

    /// Returns a value that rises some time after each commit that holds something new for a phone,
    /// made by this process or another. It does not identify what is new: a watcher reads that, so that
    /// a notification that is lost or comes twice does no harm.
    fn changes(&self) -> watch::Receiver<u64>;

    /// Removes what deleted rows left on disk, after all that was queued before. Resolves to
    /// `false` if another transaction holds it up; retrying later helps.
    fn remove_traces(&self) -> BoxFuture<Result<bool, DatabaseError>>;

    /// Copies the database as it is now into a new file, without traces of deleted rows.
    /// [`DatabaseError::File`] if the file exists or cannot be written: choose another one.
    fn back_up(&self, file: &Path) -> BoxFuture<Result<(), DatabaseError>>;

    /// Returns how many transactions were committed since the database was opened.
    fn commits(&self) -> u64;

    /// Resolves when the backend was dropped and everything that was queued is done. The future
    /// must not keep the backend alive.
    fn closed(&self) -> BoxFuture<()>;
}

/// The server's database. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    backend: Arc<dyn Backend>,
}

impl Database {
    /// Returns a handle on a backend.
    pub fn new(backend: impl Backend + 'static) -> Self {
        Self { backend: Arc::new(backend) }
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
    /// `work` is cloned for each run, because a backend runs it again after a conflict.
    /// [`DatabaseError::Busy`] means that too many jobs wait; retrying later helps.
    pub async fn write<R, E, F>(&self, work: F) -> Result<R, E>
    where
        F: FnOnce(&mut dyn Tx) -> Result<R, E> + Clone + Send + 'static,
        R: Send + 'static,
        E: From<DatabaseError> + Send + 'static,
    {
        let (job, result) = job::job(work);
        self.backend.write(job);
        result.await.unwrap_or_else(|_| Err(E::from(DatabaseError::Stopped)))
    }

    /// Returns a value that rises after each commit that holds something new for a phone: see
    /// [`Backend::changes`].
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.backend.changes()
    }

    /// Removes what deleted rows left on disk: see [`Backend::remove_traces`].
    pub async fn remove_traces(&self) -> Result<bool, DatabaseError> {
        self.backend.remove_traces().await
    }

    /// Copies the database into a new file: see [`Backend::back_up`].
    pub async fn back_up(&self, file: &Path) -> Result<(), DatabaseError> {
        self.backend.back_up(file).await
    }

    /// Returns how many transactions were committed: see [`Backend::commits`].
    pub fn commits(&self) -> u64 {
        self.backend.commits()
    }

    /// Drops this handle and waits until the others are dropped too and every queued job is done.
    pub async fn close(self) {
        let closed = self.backend.closed();
        drop(self);
        closed.await;
    }
}

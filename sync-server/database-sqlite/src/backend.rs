//! The backends: one that reads and writes, and one that only reads.

use std::{path::Path, sync::Arc};

use promise_database::{Backend, BoxFuture, Database, DatabaseError, Job, NoSigner, Signer};
use tokio::sync::watch;

use super::{
    SqliteConnection, backup,
    changes::{self, Notify, Polling},
    readers::Readers,
    writer::{self, Writer},
};

/// Held by each thread and task that uses the database. The database is closed when all are gone.
pub(super) type StillOpen = watch::Sender<()>;

/// A database that jobs read and write.
struct SqliteBackend {
    writer: Writer,
    /// `None` for a database in memory, which has one connection.
    readers: Option<Readers>,
    notify: Notify,
    _polling: Option<Polling>,
    closed: watch::Receiver<()>,
}

/// Opens the database at `path`. Creates it if there is none.
pub(super) fn open(path: &Path, signer: Arc<dyn Signer>) -> Result<Database, DatabaseError> {
    let connection = SqliteConnection::open(path, Arc::clone(&signer))?;
    let (still_open, closed) = watch::channel(());
    let (notify, polling) = changes::start_polling(path, still_open.clone())?;
    let writer = writer::start(connection, notify.clone(), still_open.clone())?;
    let readers = Some(Readers::new(path, signer, still_open));
    Ok(Database::new(SqliteBackend { writer, readers, notify, _polling: Some(polling), closed }))
}

/// Opens a new database in memory, for tests. It cannot be backed up.
pub fn open_in_memory(signer: Arc<dyn Signer>) -> Result<Database, DatabaseError> {
    let (still_open, closed) = watch::channel(());
    let notify = Notify::new(0);
    let connection = SqliteConnection::open_in_memory(signer)?;
    let writer = writer::start(connection, notify.clone(), still_open)?;
    Ok(Database::new(SqliteBackend { writer, readers: None, notify, _polling: None, closed }))
}

impl Backend for SqliteBackend {
    fn read(&self, job: Box<dyn Job>) {
        match &self.readers {
            Some(readers) => readers.read(job),
            None => self.writer.read(job),
        }
    }

    fn write(&self, job: Box<dyn Job>) {
        self.writer.write(job);
    }

    fn changes(&self) -> watch::Receiver<u64> {
        self.notify.subscribe()
    }

    fn remove_traces(&self) -> BoxFuture<Result<bool, DatabaseError>> {
        let removed = self.writer.remove_traces();
        Box::pin(async { removed.await.unwrap_or(Err(DatabaseError::Stopped)) })
    }

    fn back_up(&self, file: &Path) -> BoxFuture<Result<(), DatabaseError>> {
        back_up(self.readers.as_ref(), file)
    }

    fn commits(&self) -> u64 {
        self.writer.commits()
    }

    fn closed(&self) -> BoxFuture<()> {
        closed(&self.closed)
    }
}

/// A database that jobs only read. It does not notice changes.
struct ReadOnlyBackend {
    readers: Readers,
    notify: Notify,
    closed: watch::Receiver<()>,
}

/// Opens an existing database for reading only.
pub(super) fn open_read_only(path: &Path) -> Database {
    let (still_open, closed) = watch::channel(());
    let readers = Readers::new(path, Arc::new(NoSigner), still_open);
    Database::new(ReadOnlyBackend { readers, notify: Notify::new(0), closed })
}

impl Backend for ReadOnlyBackend {
    fn read(&self, job: Box<dyn Job>) {
        self.readers.read(job);
    }

    fn write(&self, job: Box<dyn Job>) {
        job.finish(Err(DatabaseError::ReadOnly));
    }

    fn changes(&self) -> watch::Receiver<u64> {
        self.notify.subscribe()
    }

    fn remove_traces(&self) -> BoxFuture<Result<bool, DatabaseError>> {
        Box::pin(async { Err(DatabaseError::ReadOnly) })
    }

    fn back_up(&self, file: &Path) -> BoxFuture<Result<(), DatabaseError>> {
        back_up(Some(&self.readers), file)
    }

    fn commits(&self) -> u64 {
        0
    }

    fn closed(&self) -> BoxFuture<()> {
        closed(&self.closed)
    }
}

fn back_up(readers: Option<&Readers>, file: &Path) -> BoxFuture<Result<(), DatabaseError>> {
    let Some(readers) = readers.cloned() else {
        let error = DatabaseError::Unsupported("a database in memory has no backup".into());
        return Box::pin(async { Err(error) });
    };
    let file = file.to_owned();
    Box::pin(blocking(move || backup::back_up(readers.path(), &file)))
}

/// Runs `work` on a thread that may block.
pub(super) async fn blocking<R: Send + 'static>(
    work: impl FnOnce() -> Result<R, DatabaseError> + Send + 'static,
) -> Result<R, DatabaseError> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(DatabaseError::Stopped))
}

fn closed(closed: &watch::Receiver<()>) -> BoxFuture<()> {
    let mut closed = closed.clone();
    // Nothing is ever sent: this ends with an error once every sender is gone.
    Box::pin(async move { while closed.changed().await.is_ok() {} })
}

//! The writer: one thread that commits the jobs of many requests in one transaction.
//!
//! A commit waits for the disk, so one for each request would limit the throughput. The writer
//! takes all jobs that wait, runs each in a savepoint of its own, so that one that fails is rolled
//! back alone, commits once, and only then finishes each: what the caller sees is on disk.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use promise_database::{DatabaseError, Job, Signer};
use rusqlite::{Transaction, TransactionBehavior};
use tokio::sync::{
    mpsc::{self, Receiver, error::TrySendError},
    oneshot,
};

use super::{
    backend::StillOpen,
    changes::Notify,
    connection::{SqliteConnection, raise_change_count},
    errors::database_error,
    tx::SqliteTx,
};

/// The most jobs that may wait. Further jobs fail with [`DatabaseError::Busy`].
const MAX_WAITING: usize = 1024;

/// The most jobs in one transaction, so that the first does not wait long for the last.
const MAX_IN_TRANSACTION: usize = 128;

/// Work for the thread.
enum Work {
    /// A job, to be committed together with those that wait beside it.
    Write(Box<dyn Job>),
    /// A job that only reads, on a database that has no other connections.
    Read(Box<dyn Job>),
    /// Removal of what deleted rows left on disk, after what was queued before is committed.
    RemoveTraces(oneshot::Sender<Result<bool, DatabaseError>>),
}

impl Work {
    /// Ends work that is not done.
    fn fail(self, error: DatabaseError) {
        match self {
            Self::Write(job) | Self::Read(job) => job.finish(Err(error)),
            // The caller may be gone because its connection was closed.
            Self::RemoveTraces(reply) => drop(reply.send(Err(error))),
        }
    }
}

/// Sends work to the writer thread. The thread ends when this is dropped and all queued work is
/// done.
pub(super) struct Writer {
    work: mpsc::Sender<Work>,
    commits: Arc<AtomicU64>,
}

/// Starts the thread. It calls `notify` after each commit that holds something new for a phone, and
/// keeps `still_open` until it ends.
pub(super) fn start(
    connection: SqliteConnection,
    notify: Notify,
    still_open: StillOpen,
) -> Result<Writer, DatabaseError> {
    let (work, waiting) = mpsc::channel(MAX_WAITING);
    let writer = Writer { work, commits: Arc::default() };
    let commits = Arc::clone(&writer.commits);
    let mut thread = WriterThread { connection, waiting, commits, notify, _still_open: still_open };
    std::thread::Builder::new()
        .name("writer".into())
        .spawn(move || thread.run())
        .map_err(DatabaseError::file("start the writer thread"))?;
    Ok(writer)
}

impl Writer {
    /// Queues a job that writes.
    pub(super) fn write(&self, job: Box<dyn Job>) {
        self.queue(Work::Write(job));
    }

    /// Queues a job that only reads. What it writes is rolled back.
    pub(super) fn read(&self, job: Box<dyn Job>) {
        self.queue(Work::Read(job));
    }

    /// Removes what deleted rows left on disk: see [`SqliteConnection::remove_traces`].
    pub(super) fn remove_traces(&self) -> oneshot::Receiver<Result<bool, DatabaseError>> {
        let (reply, removed) = oneshot::channel();
        self.queue(Work::RemoveTraces(reply));
        removed
    }

    /// Returns how many transactions the writer has committed.
    pub(super) fn commits(&self) -> u64 {
        self.commits.load(Ordering::Relaxed)
    }

    fn queue(&self, work: Work) {
        match self.work.try_send(work) {
            Ok(()) => {}
            Err(TrySendError::Full(work)) => work.fail(DatabaseError::Busy),
            Err(TrySendError::Closed(work)) => work.fail(DatabaseError::Stopped),
        }
    }
}

/// What the thread owns.
struct WriterThread {
    connection: SqliteConnection,
    waiting: Receiver<Work>,
    commits: Arc<AtomicU64>,
    notify: Notify,
    _still_open: StillOpen,
}

impl WriterThread {
    fn run(&mut self) {
        let mut next = self.waiting.blocking_recv();
        while let Some(work) = next {
            next = match work {
                Work::Write(first) => self.write(first),
                Work::Read(job) => {
                    self.read(job);
                    None
                }
                Work::RemoveTraces(reply) => {
                    let _ = reply.send(self.connection.remove_traces());
                    None
                }
            };
            next = next.or_else(|| self.waiting.blocking_recv());
        }
    }

    /// Writes the first job and those that wait. Returns work of another kind that it came upon.
    fn write(&mut self, first: Box<dyn Job>) -> Option<Work> {
        let (mut jobs, mut other) = (vec![first], None);
        while jobs.len() < MAX_IN_TRANSACTION
            && let Ok(work) = self.waiting.try_recv()
        {
            match work {
                Work::Write(job) => jobs.push(job),
                work => {
                    other = Some(work);
                    break;
                }
            }
        }
        let committed = commit_together(&mut self.connection, &mut jobs);
        self.commits.fetch_add(u64::from(committed.is_ok()), Ordering::Relaxed);
        if let Ok(Some(change_count)) = committed {
            self.notify.notify(change_count);
        }
        for job in jobs {
            job.finish(committed.as_ref().map(drop).map_err(database_error));
        }
        other
    }

    fn read(&mut self, mut job: Box<dyn Job>) {
        let signer = Arc::clone(&self.connection.signer);
        let read = self.connection.connection.transaction().map(|transaction| {
            // The transaction is rolled back when it is dropped.
            run_job(job.as_mut(), &mut SqliteTx::new(&transaction, signer.as_ref()));
        });
        job.finish(read.map_err(|error| database_error(&error)));
    }
}

/// Runs jobs in one transaction and commits it. Returns the change count if it holds something new
/// for a phone.
fn commit_together(
    connection: &mut SqliteConnection,
    jobs: &mut [Box<dyn Job>],
) -> rusqlite::Result<Option<u64>> {
    let signer = Arc::clone(&connection.signer);
    let mut transaction =
        connection.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut has_nudge = false;
    for job in jobs {
        has_nudge |= run_in_savepoint(&mut transaction, signer.as_ref(), job.as_mut())?;
    }
    let change_count = has_nudge.then(|| raise_change_count(&transaction)).transpose()?;
    transaction.commit()?;
    Ok(change_count)
}

/// Runs one job. If it fails, only what it wrote is rolled back. Returns `true` if it succeeded and
/// holds something new for a phone.
fn run_in_savepoint(
    transaction: &mut Transaction<'_>,
    signer: &dyn Signer,
    job: &mut dyn Job,
) -> rusqlite::Result<bool> {
    let savepoint = transaction.savepoint()?;
    let mut tx = SqliteTx::new(&savepoint, signer);
    let commit = run_job(job, &mut tx);
    let has_nudge = commit && tx.has_nudge();
    drop(tx);
    // `finish` rolls back what is not committed.
    if commit {
        savepoint.commit()?;
    } else {
        savepoint.finish()?;
    }
    Ok(has_nudge)
}

/// Runs a job. Returns `false` if it failed or panicked: a panic in one job must not end the thread
/// that every job needs.
fn run_job(job: &mut dyn Job, tx: &mut SqliteTx<'_>) -> bool {
    catch_unwind(AssertUnwindSafe(|| job.run(tx))).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use promise_database::{Council, DataSource, NoSigner};
    use promise_protocol::ids::CouncilId;

    use super::*;
    use crate::SqliteFile;

    fn council(number: u32) -> Council {
        Council { id: CouncilId::new(format!("c{number}")), name: String::new() }
    }

    #[tokio::test]
    async fn waiting_jobs_share_a_commit_and_fail_alone() {
        let folder = tempfile::tempdir().unwrap();
        let database =
            SqliteFile::new(folder.path().join("promise.db")).open(Arc::new(NoSigner)).unwrap();
        let (sender, gate) = std::sync::mpsc::channel::<()>();
        let gate = Arc::new(std::sync::Mutex::new(gate));
        let first = database
            .write(move |_| gate.lock().unwrap().recv().map_err(|_| DatabaseError::Stopped));
        let many = (0..100).map(|number| {
            database.write(move |tx| {
                tx.add_council(&council(number))?;
                match number {
                    50 => Err(DatabaseError::Full),
                    51 => panic!("a fault"),
                    _ => Ok(()),
                }
            })
        });
        let many = futures_util::future::join_all(many);
        let release = async { sender.send(()).unwrap() };
        let (first, (many, ())) =
            futures_util::future::join(first, futures_util::future::join(many, release)).await;
        first.unwrap();
        assert_eq!(many.iter().filter(|result| result.is_ok()).count(), 98);
        assert!(database.commits() <= 3, "{} commits", database.commits());
        let stored = database.read(|tx| {
            Ok::<_, DatabaseError>((tx.council(&council(50).id)?, tx.council(&council(52).id)?))
        });
        let (failed, succeeded) = stored.await.unwrap();
        assert!(failed.is_none() && succeeded.is_some());
        database.close().await;
    }
}

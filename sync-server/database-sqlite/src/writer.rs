//! The writer: one thread that keeps what many requests write in one transaction.
//!
//! A commit waits for the disk, so one for each request would set the pace. The writer takes all
//! jobs that are waiting, runs each in a savepoint of its own (one that fails is undone alone),
//! commits once, and only then answers each: what is answered is on disk.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread::JoinHandle,
};

use rusqlite::{Transaction, TransactionBehavior};
use tokio::sync::{
    mpsc::{self, Receiver, error::TrySendError},
    oneshot,
};

use promise_database::{DatabaseError, Job};

use super::{changes::Notify, connection::SqliteConnection, errors::store_error, tx::SqliteTx};

/// How many jobs may wait. Beyond it the server says that it is busy.
const MAX_WAITING: usize = 1024;

/// The most jobs in one transaction, so that the first does not wait long for the last.
const MAX_TOGETHER: usize = 128;

/// What the thread is asked to do.
enum Work {
    /// A job, with those that wait beside it.
    Write(Box<dyn Job>),
    /// To remove the traces of erased rows, once what was queued before is on disk.
    RemoveTraces(oneshot::Sender<Result<bool, DatabaseError>>),
}

/// Hands jobs to the writer thread. Cheap to clone.
#[derive(Clone)]
pub(super) struct Writer {
    work: mpsc::Sender<Work>,
    commits: Arc<AtomicU64>,
}

/// The running thread. It ends when every [`Writer`] is gone and what they handed over is done.
pub struct Running(JoinHandle<()>);

/// Starts the thread. It calls `notify` after each transaction that holds something new for a
/// phone.
pub(super) fn start(
    store: SqliteConnection,
    notify: Notify,
) -> Result<(Writer, Running), DatabaseError> {
    let (work, waiting) = mpsc::channel(MAX_WAITING);
    let writer = Writer { work, commits: Arc::default() };
    let commits = Arc::clone(&writer.commits);
    let mut thread = WriterThread { store, waiting, commits, notify };
    let thread = std::thread::Builder::new()
        .name("writer".into())
        .spawn(move || thread.run())
        .map_err(|source| DatabaseError::File { doing: "start the writer thread", source })?;
    Ok((writer, Running(thread)))
}

impl Writer {
    /// Queues a job. [`DatabaseError::Busy`] means that the queue is full: retrying later helps.
    pub(super) fn run(&self, job: Box<dyn Job>) -> Result<(), DatabaseError> {
        self.queue(Work::Write(job))
    }

    /// Removes the traces of erased rows: see [`SqliteConnection::remove_traces`].
    pub(super) fn remove_traces(&self) -> oneshot::Receiver<Result<bool, DatabaseError>> {
        let (reply, removed) = oneshot::channel();
        if let Err(error) = self.queue(Work::RemoveTraces(reply)) {
            let (reply, failed) = oneshot::channel();
            let _ = reply.send(Err(error));
            return failed;
        }
        removed
    }

    fn queue(&self, work: Work) -> Result<(), DatabaseError> {
        self.work.try_send(work).map_err(|error| match error {
            TrySendError::Full(_) => DatabaseError::Busy,
            TrySendError::Closed(_) => DatabaseError::Stopped,
        })
    }

    /// How many transactions the writer has committed.
    pub(super) fn commits(&self) -> u64 {
        self.commits.load(Ordering::Relaxed)
    }
}

impl Running {
    /// Waits until the thread has done everything that was handed over.
    pub fn join(self) {
        // A thread that panicked has nothing left to wait for.
        let _ = self.0.join();
    }
}

/// What the thread holds.
struct WriterThread {
    store: SqliteConnection,
    waiting: Receiver<Work>,
    commits: Arc<AtomicU64>,
    notify: Notify,
}

impl WriterThread {
    fn run(&mut self) {
        let mut next = self.waiting.blocking_recv();
        while let Some(work) = next {
            next = match work {
                Work::Write(first) => self.write(first),
                Work::RemoveTraces(reply) => {
                    // The caller may be gone: its connection was closed.
                    let _ = reply.send(self.store.remove_traces());
                    None
                }
            };
            next = next.or_else(|| self.waiting.blocking_recv());
        }
    }

    /// Writes the first job and those that wait. Returns the other work it came upon, if any.
    fn write(&mut self, first: Box<dyn Job>) -> Option<Work> {
        let (mut jobs, mut other) = (vec![first], None);
        while jobs.len() < MAX_TOGETHER
            && let Ok(work) = self.waiting.try_recv()
        {
            match work {
                Work::Write(job) => jobs.push(job),
                work @ Work::RemoveTraces(_) => {
                    other = Some(work);
                    break;
                }
            }
        }
        let committed = together(&mut self.store, &mut jobs);
        self.commits.fetch_add(u64::from(committed.is_ok()), Ordering::Relaxed);
        if matches!(committed, Ok(true)) {
            self.notify.notify();
        }
        for job in jobs {
            job.finish(committed.as_ref().map(drop).map_err(store_error));
        }
        other
    }
}

/// Runs jobs in one transaction, and waits until it is on disk. Returns `true` if it holds
/// something new for a phone.
fn together(store: &mut SqliteConnection, jobs: &mut [Box<dyn Job>]) -> rusqlite::Result<bool> {
    let mut transaction =
        store.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut has_nudge = false;
    for job in jobs {
        has_nudge |= in_savepoint(&mut transaction, job.as_mut())?;
    }
    transaction.commit()?;
    Ok(has_nudge)
}

/// Runs one job. If it fails, what it wrote is undone, and the other jobs' writes stay. Returns
/// `true` if it is kept and holds something new for a phone.
fn in_savepoint(transaction: &mut Transaction<'_>, job: &mut dyn Job) -> rusqlite::Result<bool> {
    let savepoint = transaction.savepoint()?;
    let mut tx = SqliteTx::new(&savepoint);
    // A panic in one request must not end the thread that every request needs.
    let keep = catch_unwind(AssertUnwindSafe(|| job.run(&mut tx))).unwrap_or(false);
    let has_nudge = keep && tx.has_nudge();
    drop(tx);
    // A savepoint that is dropped is rolled back.
    if keep {
        savepoint.commit()?
    } else {
        savepoint.finish()?
    }
    Ok(has_nudge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve;
    use promise_database::Council;

    fn council(number: u32) -> Council {
        Council { id: format!("c{number}"), name: String::new() }
    }

    #[tokio::test]
    async fn jobs_that_wait_share_a_transaction_and_fail_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("promise.db");
        let (database, running) = serve(SqliteConnection::open(&path).unwrap(), &path).unwrap();
        let (go, held) = std::sync::mpsc::channel::<()>();
        let held = Arc::new(std::sync::Mutex::new(held));
        let first = database
            .write(move |_| held.lock().unwrap().recv().map_err(|_| DatabaseError::Stopped));
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
        let release = async { go.send(()).unwrap() };
        let (first, (many, ())) =
            futures_util::future::join(first, futures_util::future::join(many, release)).await;
        first.unwrap();
        assert_eq!(many.iter().filter(|result| result.is_ok()).count(), 98);
        assert!(database.commits() <= 3, "{} commits", database.commits());
        let kept =
            database.read(|tx| Ok::<_, DatabaseError>((tx.council("c50")?, tx.council("c52")?)));
        let (failed, fine) = kept.await.unwrap();
        assert!(failed.is_none() && fine.is_some());
        drop(database);
        running.join();
    }
}

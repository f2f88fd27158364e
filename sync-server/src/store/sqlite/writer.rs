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

use super::{
    connection::SqliteStore,
    job::{self, Job},
    tx::SqliteTx,
};
use crate::store::{StoreError, Tx};

/// How many jobs may wait. Beyond it the server says that it is busy.
const MOST_WAITING: usize = 1024;

/// The most jobs in one transaction, so that the first does not wait long for the last.
const MOST_TOGETHER: usize = 128;

/// What the thread is asked to do.
enum Work {
    /// A job, with those that wait beside it.
    Write(Box<dyn Job>),
    /// To sweep, once what was handed over before is on disk.
    Sweep(oneshot::Sender<Result<bool, StoreError>>),
}

/// Hands jobs to the writer thread. Cheap to clone.
#[derive(Clone)]
pub struct Writer {
    work: mpsc::Sender<Work>,
    commits: Arc<AtomicU64>,
}

/// The running thread. It ends when every [`Writer`] is gone and what they handed over is done.
pub struct Running(JoinHandle<()>);

impl Writer {
    /// Starts the thread.
    pub fn start(store: SqliteStore) -> Result<(Self, Running), StoreError> {
        let (work, waiting) = mpsc::channel(MOST_WAITING);
        let writer = Self { work, commits: Arc::default() };
        let commits = Arc::clone(&writer.commits);
        let thread = std::thread::Builder::new()
            .name("writer".into())
            .spawn(move || work_off(store, waiting, &commits))
            .map_err(|source| StoreError::File { doing: "start the writer thread", source })?;
        Ok((writer, Running(thread)))
    }

    /// Runs a job: kept if it answers `Ok`, undone if it answers `Err`. [`StoreError::Busy`] means
    /// that too much is waiting: retry later.
    pub async fn run<R, E>(
        &self,
        job: impl FnOnce(&mut dyn Tx) -> Result<R, E> + Send + 'static,
    ) -> Result<R, E>
    where
        R: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (job, answer) = job::new(job);
        self.hand_over(Work::Write(job))?;
        answer.await.unwrap_or_else(|_| Err(E::from(StoreError::Stopped)))
    }

    /// Sweeps up after an erasure: see [`SqliteStore::sweep`].
    pub async fn sweep(&self) -> Result<bool, StoreError> {
        let (waiting, answer) = oneshot::channel();
        self.hand_over(Work::Sweep(waiting))?;
        answer.await.unwrap_or(Err(StoreError::Stopped))
    }

    fn hand_over(&self, work: Work) -> Result<(), StoreError> {
        self.work.try_send(work).map_err(|error| match error {
            TrySendError::Full(_) => StoreError::Busy,
            TrySendError::Closed(_) => StoreError::Stopped,
        })
    }

    /// How many transactions the writer has committed.
    pub fn commits(&self) -> u64 {
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

fn work_off(mut store: SqliteStore, mut waiting: Receiver<Work>, commits: &AtomicU64) {
    let mut next = waiting.blocking_recv();
    while let Some(work) = next {
        next = match work {
            Work::Write(first) => write(&mut store, first, &mut waiting, commits),
            Work::Sweep(answer) => {
                // Nobody waits any more for a request whose connection is gone.
                let _ = answer.send(store.sweep());
                None
            }
        };
        next = next.or_else(|| waiting.blocking_recv());
    }
}

/// Writes the first job and those that wait. Answers the other work it came upon, if any.
fn write(
    store: &mut SqliteStore,
    first: Box<dyn Job>,
    waiting: &mut Receiver<Work>,
    commits: &AtomicU64,
) -> Option<Work> {
    let (mut jobs, mut other) = (vec![first], None);
    while jobs.len() < MOST_TOGETHER
        && let Ok(work) = waiting.try_recv()
    {
        match work {
            Work::Write(job) => jobs.push(job),
            work @ Work::Sweep(_) => {
                other = Some(work);
                break;
            }
        }
    }
    let on_disk = together(store, &mut jobs);
    commits.fetch_add(u64::from(on_disk.is_ok()), Ordering::Relaxed);
    for job in jobs {
        job.answer(on_disk.as_ref().copied().map_err(StoreError::from));
    }
    other
}

/// Runs jobs in one transaction, and waits until it is on disk.
fn together(store: &mut SqliteStore, jobs: &mut [Box<dyn Job>]) -> rusqlite::Result<()> {
    let mut transaction =
        store.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for job in jobs {
        in_savepoint(&mut transaction, job.as_mut())?;
    }
    transaction.commit()
}

/// Runs one job. If it fails, what it wrote is undone, and the others' stays.
fn in_savepoint(transaction: &mut Transaction<'_>, job: &mut dyn Job) -> rusqlite::Result<()> {
    let savepoint = transaction.savepoint()?;
    let mut tx = SqliteTx::new(&savepoint);
    // A fault in one request must not end the thread that every request needs.
    let keep = catch_unwind(AssertUnwindSafe(|| job.run(&mut tx))).unwrap_or(false);
    // A savepoint that is dropped is rolled back.
    if keep { savepoint.commit() } else { savepoint.finish() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Council;

    fn council(number: u32) -> Council {
        Council { id: format!("c{number}"), name: String::new() }
    }

    #[tokio::test]
    async fn jobs_that_wait_share_a_transaction_and_fail_alone() {
        let (writer, running) = Writer::start(SqliteStore::open_in_memory().unwrap()).unwrap();
        let (go, held) = std::sync::mpsc::channel::<()>();
        let first = writer.run(move |_| held.recv().map_err(|_| StoreError::Stopped));
        let many = (0..100).map(|number| {
            writer.run(move |tx| {
                tx.add_council(&council(number))?;
                match number {
                    50 => Err(StoreError::Full),
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
        assert!(writer.commits() <= 3, "{} commits", writer.commits());
        let kept = writer.run(|tx| Ok::<_, StoreError>((tx.council("c50")?, tx.council("c52")?)));
        let (failed, fine) = kept.await.unwrap();
        assert!(failed.is_none() && fine.is_some());
        drop(writer);
        running.join();
    }
}

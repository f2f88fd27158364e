//! Notifies watchers that something new was committed.
//!
//! The writer notifies at once for its own transactions. A thread also polls SQLite's
//! `data_version` about once a second, which tells of commits by any other process, such as the
//! operator's command line.

use std::{
    path::Path,
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    time::Duration,
};

use promise_database::DatabaseError;
use tokio::sync::watch;

use super::SqliteConnection;

/// The time between two polls.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// Counts up when something new was committed. Cheap to clone.
#[derive(Clone)]
pub(super) struct Notify(Arc<watch::Sender<u64>>);

impl Notify {
    /// Wakes every watcher.
    pub(super) fn notify(&self) {
        self.0.send_modify(|count| *count = count.wrapping_add(1));
    }
}

/// The polling thread and its watchers. The thread ends when this is dropped.
pub(super) struct Changes {
    notify: Notify,
    /// Nothing is sent on it: dropping it ends the thread.
    _end: SyncSender<()>,
}

impl Changes {
    pub(super) fn notify(&self) -> Notify {
        self.notify.clone()
    }

    pub(super) fn subscribe(&self) -> watch::Receiver<u64> {
        self.notify.0.subscribe()
    }
}

/// Starts polling the database at `path`, which must exist.
pub(super) fn start(path: &Path) -> Result<Changes, DatabaseError> {
    let store = SqliteConnection::open_to_read(path)?;
    let notify = Notify(Arc::new(watch::Sender::new(0)));
    let (end, ended) = sync_channel(0);
    let polling = notify.clone();
    std::thread::Builder::new()
        .name("changes".into())
        .spawn(move || poll(&store, &ended, &polling))
        .map_err(|source| DatabaseError::File { doing: "start the polling thread", source })?;
    Ok(Changes { notify, _end: end })
}

fn poll(store: &SqliteConnection, ended: &Receiver<()>, notify: &Notify) {
    let mut known = None;
    while ended.recv_timeout(POLL_INTERVAL) == Err(RecvTimeoutError::Timeout) {
        // A database that is busy for a moment is polled again.
        let Ok(version) = store.data_version() else { continue };
        if known.replace(version) != Some(version) {
            notify.notify();
        }
    }
}

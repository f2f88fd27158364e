//! Notifies watchers that something new was committed.
//!
//! Each transaction that holds something new for a phone raises `change_count`. The writer notifies
//! at once after its own. A thread polls about once a second for commits by other processes, such
//! as the operator's command line: first SQLite's `data_version`, which is cheap, and only after a
//! commit the count.

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

use super::{SqliteConnection, backend::StillOpen};

/// The time between two polls.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// Wakes watchers. Cheap to clone.
#[derive(Clone)]
pub(super) struct Notify(Arc<watch::Sender<u64>>);

impl Notify {
    /// Returns a notifier for a database whose change count is `count`.
    pub(super) fn new(count: u64) -> Self {
        Self(Arc::new(watch::Sender::new(count)))
    }

    /// Wakes every watcher, unless the count is known already.
    pub(super) fn notify(&self, count: u64) {
        self.0.send_if_modified(|known| {
            let is_new = count > *known;
            *known = count.max(*known);
            is_new
        });
    }

    pub(super) fn subscribe(&self) -> watch::Receiver<u64> {
        self.0.subscribe()
    }
}

/// The polling thread. It ends when this is dropped.
pub(super) struct Polling {
    /// Nothing is sent on it: dropping it ends the thread.
    _end: SyncSender<()>,
}

/// Starts polling the database at `path`, which must exist. The thread keeps `still_open` until it
/// ends.
pub(super) fn start_polling(
    path: &Path,
    still_open: StillOpen,
) -> Result<(Notify, Polling), DatabaseError> {
    let connection = SqliteConnection::open_read_only(path)?;
    let notify = Notify::new(connection.change_count()?);
    let (end, ended) = sync_channel(0);
    let polling = notify.clone();
    std::thread::Builder::new()
        .name("changes".into())
        .spawn(move || {
            poll(&connection, &ended, &polling);
            drop((connection, still_open));
        })
        .map_err(DatabaseError::file("start the polling thread"))?;
    Ok((notify, Polling { _end: end }))
}

fn poll(connection: &SqliteConnection, ended: &Receiver<()>, notify: &Notify) {
    let mut known = None;
    while ended.recv_timeout(POLL_INTERVAL) == Err(RecvTimeoutError::Timeout) {
        // A database that is busy for a moment is polled again.
        let Ok(version) = connection.data_version() else { continue };
        if known == Some(version) {
            continue;
        }
        let Ok(count) = connection.change_count() else { continue };
        known = Some(version);
        notify.notify(count);
    }
}

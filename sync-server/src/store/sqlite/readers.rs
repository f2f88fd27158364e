//! Readers: a few connections that only read, beside the one writer.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use super::connection::SqliteStore;
use crate::store::{StoreError, Tx};

/// Idle connections to keep open.
const KEPT: usize = 4;

/// Runs jobs that only read, beside the writer. Cheap to clone.
#[derive(Clone)]
pub struct Readers {
    path: Arc<PathBuf>,
    idle: Arc<Mutex<Vec<SqliteStore>>>,
}

impl Readers {
    /// Readers of the database at `path`, which must exist.
    pub fn new(path: &Path) -> Self {
        Self { path: Arc::new(path.to_owned()), idle: Arc::default() }
    }

    /// Runs a job on a thread that may wait.
    pub async fn run<R, E>(
        &self,
        job: impl FnOnce(&mut dyn Tx) -> Result<R, E> + Send + 'static,
    ) -> Result<R, E>
    where
        R: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let readers = self.clone();
        let done = tokio::task::spawn_blocking(move || {
            let mut store = readers.take()?;
            let result = store.read(job);
            readers.give_back(store);
            result
        });
        done.await.unwrap_or_else(|_| Err(E::from(StoreError::Stopped)))
    }

    fn take(&self) -> Result<SqliteStore, StoreError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(|| SqliteStore::open_to_read(&self.path), Ok)
    }

    fn give_back(&self, store: SqliteStore) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < KEPT {
            idle.push(store);
        }
    }
}

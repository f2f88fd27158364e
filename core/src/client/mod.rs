//! The one object a phone holds.

mod error;
mod exporting;
mod link;
mod listener;
mod network;
mod own;
mod pairing;
mod phones;
mod pictures;
mod profile;
mod reading;
mod showing;
mod status;
mod syncing;
mod words;
mod writing;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde_json::Value;

use self::network::Network;
use crate::{
    clock::{Clock, SystemClock},
    key::DatabaseKey,
    store::{SqliteStore, Store, StoreError, Tx},
    sync::{HttpTransport, StoreAccess},
};

pub use error::PromiseError;
pub use listener::{ChangeListener, Topic};
pub use network::Connect;
pub use own::OwnContactEdit;
pub use phones::{Invitation, OwnPhone};
pub use pictures::PicturesState;
pub use profile::ProfileEdit;
pub use showing::Shown;
pub use status::{PhoneStatus, PrivateStatus, RefusedEdit};
pub use writing::{AskAbout, ContactEdit, OpportunityEdit, Reminder};

/// A young person's phone: what they carry, and its way to the council's server.
///
/// Calls may come from any thread, and block for as long as a database call takes; only
/// [`PocketPhone::pair`] and [`PocketPhone::sync`] wait for the network, and while they do, everything else
/// goes on. Reading never needs a connection.
pub struct PocketPhone {
    path: PathBuf,
    key: DatabaseKey,
    clock: Arc<dyn Clock>,
    /// `None` while paused.
    store: Mutex<Option<SqliteStore>>,
    network: Network,
    listener: Mutex<Option<Arc<dyn ChangeListener>>>,
}

impl PocketPhone {
    /// Opens the phone's database, and makes it if there is none.
    ///
    /// [`PromiseError::WrongKey`] and [`PromiseError::Damaged`] leave the file as it is; [`PocketPhone::set_aside`]
    /// moves it, so that a fresh one can be opened. A database from a newer version opens, and can
    /// be read and exported.
    pub fn open(path: &Path, key: DatabaseKey) -> Result<Self, PromiseError> {
        let connect: Connect = Box::new(|server| Ok(Arc::new(HttpTransport::new(server)?)));
        Self::open_with(path, key, Arc::new(SystemClock), connect)
    }

    /// Like [`PocketPhone::open`], with another clock or another way to the server.
    pub fn open_with(
        path: &Path,
        key: DatabaseKey,
        clock: Arc<dyn Clock>,
        connect: Connect,
    ) -> Result<Self, PromiseError> {
        let store = SqliteStore::open(path, &key)?;
        Ok(Self {
            path: path.to_owned(),
            key,
            clock,
            store: Mutex::new(Some(store)),
            network: Network::new(connect),
            listener: Mutex::new(None),
        })
    }

    /// Moves a database that cannot be opened out of the way, and returns its new place. Nothing
    /// is deleted: the right key, or a repair, can still open it there.
    pub fn set_aside(path: &Path, clock: &dyn Clock) -> Result<PathBuf, PromiseError> {
        crate::store::set_aside(path, clock.now()).map_err(|_| PromiseError::ReadOnly)
    }

    /// Lets go of the database before the system suspends the app: a suspended app that holds a
    /// file lock is killed. Until [`PocketPhone::resume`], calls answer [`PromiseError::Paused`].
    pub fn pause(&self) {
        // In this order: a call that begins in between finds the store gone.
        *lock(&self.store) = None;
        self.network.cancel_all();
    }

    /// Takes the database up again.
    pub fn resume(&self) -> Result<(), PromiseError> {
        let mut store = lock(&self.store);
        if store.is_none() {
            *store = Some(SqliteStore::open(&self.path, &self.key)?);
        }
        Ok(())
    }

    /// Everything this phone holds of the person's, as JSON: to take away, or to show to somebody.
    pub fn export(&self) -> Result<Value, PromiseError> {
        Ok(lock(&self.store).as_ref().ok_or(PromiseError::Paused)?.export()?)
    }

    /// Bounds the database's size, in pages of 4 KiB, as a full disk would.
    #[cfg(any(test, feature = "testing"))]
    pub fn limit_storage(&self, pages: u32) -> Result<(), PromiseError> {
        Ok(lock(&self.store).as_mut().ok_or(PromiseError::Paused)?.limit_pages(pages)?)
    }

    fn transact<R, E>(
        &self,
        work: impl FnOnce(&mut dyn Tx) -> Result<R, E>,
    ) -> Result<R, PromiseError>
    where
        E: From<StoreError>,
        PromiseError: From<E>,
    {
        let mut store = lock(&self.store);
        Ok(store.as_mut().ok_or(PromiseError::Paused)?.transact(work)?)
    }
}

impl StoreAccess for PocketPhone {
    type Store = SqliteStore;

    fn with<R, E: From<StoreError>>(
        &self,
        step: impl FnOnce(&mut SqliteStore) -> Result<R, E>,
    ) -> Result<R, E> {
        // A pause in the middle of a sync ends it; what was applied stays.
        step(lock(&self.store).as_mut().ok_or(StoreError::Paused)?)
    }
}

/// A panic in another thread must not take the person's data away: what a transaction did not
/// commit is not there, so the store is whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

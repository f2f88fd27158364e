//! [`PocketPhone`], the one object that an app holds, grouped by capability.
//!
//! [`PocketPhone::contacts`], [`PocketPhone::promise`] and so on return small borrowed handles; each
//! has a file of its own with the reading and the writing of its capability. What belongs to the phone
//! as a whole (opening, pairing, syncing, status, search) is on the object itself.

mod access_log;
mod acts;
mod app_lock;
mod appointments;
mod asks;
mod contacts;
mod devices;
mod edit;
mod erasing;
mod error;
mod export;
mod leaving;
mod listener;
mod network;
mod new_devices;
mod news;
mod number_changes;
mod opportunities;
mod own_contacts;
mod pairing;
mod pictures;
mod polling;
mod profile;
mod promise;
mod recovery;
mod relink;
mod reminders;
mod ring_now;
mod searching;
mod status;
mod syncing;
mod timescales;
mod wiping;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Utc};

use self::{app_lock::GateState, network::Network};
use crate::{
    clock::{Clock, SystemClock},
    collections::Topic,
    key::StoredKey,
    store::{SqliteStore, Store, StoreError, Tx},
    sync::{HttpTransport, StoreAccess},
};

pub use app_lock::{AppLock, AppLockState, AppLockStatus};
pub use appointments::Appointments;
pub use asks::{Asks, SharedItem};
pub use contacts::Contacts;
pub use devices::{Device, Devices, Invitation};
pub use erasing::Erased;
pub use error::PromiseError;
pub use export::Export;
pub use listener::ChangeListener;
pub use network::Connect;
pub use new_devices::NewDevice;
pub use opportunities::Opportunities;
pub use own_contacts::OwnContacts;
pub use pairing::{PairingDetails, PairingOffer};
pub use pictures::{Pictures, PicturesState};
pub use profile::OwnProfile;
pub use promise::CouncilPromise;
pub use recovery::Recovery;
pub use status::{PhoneState, PhoneStatus, PrivateStatus, RefusedEdit};

/// A young person's phone: their data, and the connection to the council's server.
///
/// Calls may come from any thread. Most block for as long as a database call takes, and need no
/// connection. Those that take a [`CancelHandle`](crate::CancelHandle) also wait for the network;
/// while they do, other calls go on.
pub struct PocketPhone {
    path: PathBuf,
    key: Mutex<StoredKey>,
    clock: Arc<dyn Clock>,
    /// `None` while paused.
    store: Mutex<Option<SqliteStore>>,
    /// Whether the app lock is open, and how often it was locked.
    gate: Mutex<GateState>,
    network: Network,
    listener: Mutex<Option<Arc<dyn ChangeListener>>>,
}

impl PocketPhone {
    /// Opens the phone's database, and creates it if there is none. With a [`StoredKey`] that can be
    /// replaced, a phone that is wiped destroys the key first; a wipe that was interrupted goes on here.
    ///
    /// [`PromiseError::WrongKey`] and [`PromiseError::Damaged`] leave the file as it is;
    /// [`PocketPhone::set_aside`] moves it, so that a new one can be created. A database from a newer
    /// version opens, and can be read and exported.
    pub fn open(path: &Path, key: impl Into<StoredKey>) -> Result<Self, PromiseError> {
        let connect: Connect = Box::new(|server| Ok(Arc::new(HttpTransport::new(server)?)));
        Self::open_with(path, key, Arc::new(SystemClock), connect)
    }

    /// Like [`PocketPhone::open`], with another clock or another transport.
    pub fn open_with(
        path: &Path,
        key: impl Into<StoredKey>,
        clock: Arc<dyn Clock>,
        connect: Connect,
    ) -> Result<Self, PromiseError> {
        let mut key = key.into();
        let mut store = wiping::open(path, &mut key)?;
        let stored = store.transact(|tx| tx.app_lock())?;
        Ok(Self {
            path: path.to_owned(),
            key: Mutex::new(key),
            clock,
            store: Mutex::new(Some(store)),
            gate: Mutex::new(GateState::at_start(stored.as_ref())),
            network: Network::new(connect),
            listener: Mutex::new(None),
        })
    }

    /// Moves a database that cannot be opened out of the way, and returns its new path. Nothing is
    /// deleted: the right key, or a repair, can still open it there.
    pub fn set_aside(path: &Path, clock: &dyn Clock) -> Result<PathBuf, PromiseError> {
        crate::store::set_aside(path, clock.now()).map_err(|_| PromiseError::ReadOnly)
    }

    /// Closes the database and ends every call that waits for the network, before the system suspends
    /// the app: a suspended app that holds a file lock is killed. Until [`PocketPhone::resume`], calls
    /// fail with [`PromiseError::Paused`].
    pub fn pause(&self) {
        // In this order: a call that begins in between finds no store.
        *lock(&self.store) = None;
        self.network.cancel_all();
    }

    /// Opens the database again.
    pub fn resume(&self) -> Result<(), PromiseError> {
        let mut store = lock(&self.store);
        if store.is_some() {
            return Ok(());
        }
        let mut opened = wiping::open(&self.path, &mut lock(&self.key))?;
        let stored = opened.transact(|tx| tx.app_lock())?;
        // A wipe that went on here removed the lock with the rest.
        let is_wiped = lock(&self.gate).reopen(stored.as_ref());
        *store = Some(opened);
        drop(store);
        if is_wiped {
            self.notify(Topic::ALL);
        }
        Ok(())
    }

    /// Limits the database's size, in pages of 4 KiB, as a full disk would.
    #[cfg(any(test, feature = "testing"))]
    pub fn limit_storage(&self, pages: u32) -> Result<(), PromiseError> {
        Ok(lock(&self.store).as_mut().ok_or(PromiseError::Paused)?.limit_pages(pages)?)
    }

    /// Returns the time by the server's clock, as the last response gave it. What a council publishes
    /// holds by its clock, whatever this phone's clock says.
    fn server_now(&self, tx: &mut dyn Tx) -> Result<DateTime<Utc>, StoreError> {
        let corrected = self.clock.now_millis().saturating_add(tx.sync_state()?.clock_offset);
        Ok(DateTime::from_timestamp_millis(corrected).unwrap_or_else(|| self.clock.now()))
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

/// Locks, even after a panic in another thread: what a transaction did not commit is not stored, so
/// the store is consistent.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

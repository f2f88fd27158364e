//! Whether the lock is open, and what that lets through.

use super::seconds;
use crate::{
    app_lock::{self, Opened, Pin, View},
    client::{PocketPhone, PromiseError, lock},
    collections::Topic,
    store::{StoreError, StoredLock, Tx},
};

/// The gate. It is in memory only: a program that starts is locked if a PIN is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::client) enum Gate {
    /// No PIN is set.
    Off,
    /// Neither PIN was typed.
    Locked,
    /// The PIN was typed.
    Open,
    /// The quiet PIN was typed.
    Quiet,
}

/// The gate, and how often it was locked.
pub(in crate::client) struct GateState {
    pub(super) gate: Gate,
    /// By it a call that checks a PIN notices that the app left the screen in the meantime.
    pub(super) locks: u64,
}

impl GateState {
    /// The gate of a program that starts.
    pub(in crate::client) fn at_start(stored: Option<&StoredLock>) -> Self {
        let gate = if stored.is_some() { Gate::Locked } else { Gate::Off };
        Self { gate, locks: 0 }
    }

    /// Opens the gate if the database that is opened again has no PIN any more. Returns `true` if it had one.
    pub(in crate::client) fn reopen(&mut self, stored: Option<&StoredLock>) -> bool {
        let is_gone = stored.is_none() && self.gate != Gate::Off;
        if is_gone {
            self.gate = Gate::Off;
        }
        is_gone
    }
}

impl PocketPhone {
    /// What may be read now.
    pub(in crate::client) fn view(&self) -> View {
        match lock(&self.gate).gate {
            Gate::Off | Gate::Open => View::Full,
            Gate::Locked => View::Locked,
            Gate::Quiet => View::Quiet,
        }
    }

    /// Reads what is private. Returns the empty value unless it may be read.
    pub(in crate::client) fn read_private<R: Default>(
        &self,
        read: impl FnOnce(&mut dyn Tx) -> Result<R, StoreError>,
    ) -> Result<R, PromiseError> {
        let view = self.view();
        self.transact(|tx| if view.has_private() { read(tx) } else { Ok(R::default()) })
    }

    /// Fails unless everything may be read and written. After the quiet PIN it fails as a phone does whose
    /// storage cannot be written.
    pub(in crate::client) fn require_open(&self) -> Result<(), PromiseError> {
        match self.view() {
            View::Full => Ok(()),
            View::Locked => Err(PromiseError::Locked),
            View::Quiet => Err(PromiseError::ReadOnly),
        }
    }

    /// Sets the gate, after which every screen reads again.
    pub(in crate::client) fn set_gate(&self, gate: Gate) {
        lock(&self.gate).gate = gate;
        self.notify(Topic::ALL);
    }

    /// How often the lock was locked, for [`PocketPhone::open_gate`].
    pub(super) fn locks(&self) -> u64 {
        lock(&self.gate).locks
    }

    /// Opens the gate after a PIN was checked, unless it was locked since `locks` was read: an app that left
    /// the screen meanwhile stays locked.
    pub(super) fn open_gate(&self, opened: Gate, locks: u64) {
        {
            let mut state = lock(&self.gate);
            state.gate = if state.locks == locks { opened } else { Gate::Locked };
        }
        self.notify(Topic::ALL);
    }

    /// Checks a PIN. The try is counted before, in a transaction of its own, so that ending the app in
    /// between gives none away.
    pub(super) fn check_pin(&self, typed: &str) -> Result<(Opened, StoredLock), PromiseError> {
        let Ok(pin) = Pin::parse(typed) else { return Err(PromiseError::WrongPin) };
        let now = self.clock.since_boot();
        let (stored, before) = self.transact(|tx| {
            let mut stored = tx.app_lock()?.ok_or(PromiseError::NoPin)?;
            let wait = app_lock::wait(&stored.tries, now);
            if !wait.is_zero() {
                return Err(PromiseError::TooManyTries { wait_seconds: seconds(wait) });
            }
            let before = stored.tries.clone();
            app_lock::begin(&mut stored.tries, now);
            tx.set_app_lock(Some(&stored))?;
            Ok((stored, before))
        })?;
        let hash = pin.hash(&stored.salt).ok_or(PromiseError::Internal)?;
        let Some(opened) = app_lock::opens(&stored, &hash) else {
            // A lock screen shows how long to wait.
            self.notify([Topic::Status]);
            return Err(PromiseError::WrongPin);
        };
        let stored = self.edit_lock(|stored| {
            app_lock::take_back(&mut stored.tries, &before);
            Ok(())
        })?;
        Ok((opened, stored))
    }

    /// Checks the PIN of a person who changes the lock. Fails unless the lock is open.
    pub(super) fn check_owner(&self, typed: &str) -> Result<StoredLock, PromiseError> {
        self.require_open()?;
        match self.check_pin(typed)? {
            (Opened::Everything, stored) => Ok(stored),
            (Opened::Quiet, _) => Err(PromiseError::WrongPin),
        }
    }

    pub(super) fn edit_lock(
        &self,
        edit: impl FnOnce(&mut StoredLock) -> Result<(), PromiseError>,
    ) -> Result<StoredLock, PromiseError> {
        self.transact(|tx| {
            let mut stored = tx.app_lock()?.ok_or(PromiseError::NoPin)?;
            edit(&mut stored)?;
            tx.set_app_lock(Some(&stored))?;
            Ok::<_, PromiseError>(stored)
        })
    }

    /// Removes the PIN, and opens everything.
    pub(in crate::client) fn remove_lock(&self) -> Result<(), PromiseError> {
        self.transact(|tx| tx.set_app_lock(None))?;
        self.set_gate(Gate::Off);
        Ok(())
    }
}

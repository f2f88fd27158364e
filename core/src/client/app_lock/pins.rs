//! Setting, changing and removing the PIN and the quiet PIN.

use zeroize::Zeroizing;

use super::{AppLock, Gate, random};
use crate::{
    app_lock::{self, Pin, PinIssue},
    client::PromiseError,
    store::{PinHash, PinSalt, StoredLock},
};

impl AppLock<'_> {
    /// Sets a PIN of 4 to 12 digits, on a paired phone that has none. The lock is open after it. Tell the
    /// person that only their recovery phrase removes a PIN that they forgot, and ask them to write it down
    /// ([`PrivateStatus::written_down`](crate::PrivateStatus::written_down)).
    ///
    /// Fails with [`PromiseError::Invalid`] if it is no PIN, with [`PromiseError::UnsafePin`] if it is easy
    /// to guess, and with [`PromiseError::WrongPin`] if there is one: [`AppLock::change_pin`] replaces it.
    pub fn set_pin(&self, pin: &str) -> Result<(), PromiseError> {
        self.0.require_open()?;
        let locks = self.0.locks();
        let salt: PinSalt = random()?;
        let hash = new_hash(pin, &salt)?;
        let stored = app_lock::create(salt, hash, Zeroizing::new(random()?));
        self.0.transact(|tx| {
            tx.pairing()?.ok_or(PromiseError::NotPaired)?;
            if tx.app_lock()?.is_some() {
                return Err(PromiseError::WrongPin);
            }
            Ok(tx.set_app_lock(Some(&stored))?)
        })?;
        self.0.open_gate(Gate::Open, locks);
        Ok(())
    }

    /// Replaces the PIN. Fails like [`AppLock::unlock`] if `current` is not the PIN, like
    /// [`AppLock::set_pin`] if the new one is not good, and with [`PromiseError::UnsafePin`] if it is the
    /// quiet one.
    pub fn change_pin(&self, current: &str, new: &str) -> Result<(), PromiseError> {
        let stored = self.0.check_owner(current)?;
        let hash = new_hash(new, &stored.salt)?;
        self.replace(|stored| app_lock::change(stored, hash))
    }

    /// Removes the PIN, and with it the quiet one and the platform's secret. Fails like
    /// [`AppLock::unlock`] if `current` is not the PIN.
    pub fn remove_pin(&self, current: &str) -> Result<(), PromiseError> {
        self.0.check_owner(current)?;
        self.0.remove_lock()
    }

    /// Sets or replaces the quiet PIN. Fails like [`AppLock::change_pin`].
    pub fn set_quiet_pin(&self, current: &str, quiet: &str) -> Result<(), PromiseError> {
        let stored = self.0.check_owner(current)?;
        let hash = new_hash(quiet, &stored.salt)?;
        self.replace(|stored| app_lock::replace_quiet(stored, hash))
    }

    /// Removes the quiet PIN. Succeeds if there is none: no call tells whether there is one.
    pub fn remove_quiet_pin(&self, current: &str) -> Result<(), PromiseError> {
        self.0.check_owner(current)?;
        let random: PinHash = Zeroizing::new(random()?);
        self.replace(|stored| app_lock::replace_quiet(stored, random))
    }

    fn replace(&self, replace: impl FnOnce(&mut StoredLock) -> bool) -> Result<(), PromiseError> {
        let replaced =
            self.0.edit_lock(
                |stored| {
                    if replace(stored) { Ok(()) } else { Err(PromiseError::UnsafePin) }
                },
            );
        replaced.map(drop)
    }
}

/// The hash of a PIN that is to be set.
fn new_hash(pin: &str, salt: &PinSalt) -> Result<PinHash, PromiseError> {
    let pin = Pin::parse_new(pin).map_err(|issue| match issue {
        PinIssue::Form => PromiseError::Invalid { field: "pin".to_owned() },
        PinIssue::Guessable => PromiseError::UnsafePin,
    })?;
    pin.hash(salt).ok_or(PromiseError::Internal)
}

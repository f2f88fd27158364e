//! The app lock: a PIN under which what is private is not readable.

use promise_core::{AppLockStatus, PromiseError};
use zeroize::Zeroizing;

use crate::{guard::guard, phone::PocketPhone};

#[uniffi::export]
impl PocketPhone {
    /// What a lock screen shows. It is the same whether the PIN or the quiet PIN was typed.
    pub fn app_lock(&self) -> Result<AppLockStatus, PromiseError> {
        guard(|| self.0.app_lock().status())
    }

    /// Locks, if a PIN is set: when the app leaves the screen, and when the person asks for it. Works on
    /// a paused phone.
    pub fn lock(&self) -> Result<(), PromiseError> {
        guard(|| {
            self.0.app_lock().lock();
            Ok(())
        })
    }

    /// Opens by the PIN or by the quiet PIN. Takes part of a second.
    pub fn unlock(&self, pin: String) -> Result<(), PromiseError> {
        let pin = Zeroizing::new(pin);
        guard(|| self.0.app_lock().unlock(&pin))
    }

    /// Opens by the secret that `allow_platform_unlock` returned.
    pub fn unlock_with_platform(&self, secret: Vec<u8>) -> Result<(), PromiseError> {
        let secret = Zeroizing::new(secret);
        guard(|| self.0.app_lock().unlock_with_platform(&secret))
    }

    /// Sets a PIN of 4 to 12 digits, on a phone that has none. Only the recovery phrase removes one that
    /// the person forgot: tell them, and ask them to write it down.
    pub fn set_pin(&self, pin: String) -> Result<(), PromiseError> {
        let pin = Zeroizing::new(pin);
        guard(|| self.0.app_lock().set_pin(&pin))
    }

    /// Replaces the PIN.
    pub fn change_pin(&self, current: String, new_pin: String) -> Result<(), PromiseError> {
        let (current, new_pin) = (Zeroizing::new(current), Zeroizing::new(new_pin));
        guard(|| self.0.app_lock().change_pin(&current, &new_pin))
    }

    /// Removes the PIN, the quiet PIN and the platform's secret.
    pub fn remove_pin(&self, current: String) -> Result<(), PromiseError> {
        let current = Zeroizing::new(current);
        guard(|| self.0.app_lock().remove_pin(&current))
    }

    /// Sets or replaces the quiet PIN, which opens only the promise and the opportunities.
    pub fn set_quiet_pin(&self, current: String, quiet_pin: String) -> Result<(), PromiseError> {
        let (current, quiet_pin) = (Zeroizing::new(current), Zeroizing::new(quiet_pin));
        guard(|| self.0.app_lock().set_quiet_pin(&current, &quiet_pin))
    }

    /// Removes the quiet PIN. Succeeds if there is none: no call tells whether there is one.
    pub fn remove_quiet_pin(&self, current: String) -> Result<(), PromiseError> {
        let current = Zeroizing::new(current);
        guard(|| self.0.app_lock().remove_quiet_pin(&current))
    }

    /// Lets the platform open the lock from now on, by a fingerprint or a face. Returns the secret by which
    /// it does: keep it where only they give it out.
    pub fn allow_platform_unlock(&self, current: String) -> Result<Vec<u8>, PromiseError> {
        let current = Zeroizing::new(current);
        guard(|| Ok(self.0.app_lock().allow_platform_unlock(&current)?.to_vec()))
    }

    /// Lets the platform open the lock no longer.
    pub fn forbid_platform_unlock(&self) -> Result<(), PromiseError> {
        guard(|| self.0.app_lock().forbid_platform_unlock())
    }
}

//! The app lock: a PIN under which what is private is not readable.

mod gate;
mod pins;

use zeroize::Zeroizing;

use super::{PocketPhone, PromiseError, lock};
use crate::{
    app_lock::{self, Opened},
    collections::Topic,
    store::StoredLock,
};

pub(super) use gate::{Gate, GateState};

/// The app lock. It is a gate in the app and not encryption: it keeps what is private from a person who
/// holds the unlocked phone and reads its screen.
///
/// While it is locked, everything works that must help at night: the promise, the opportunities, the duty
/// lines, and contacts that are not discreet. Lists leave out what must not be read, and whatever else is
/// private fails with [`PromiseError::Locked`]. Syncing goes on, and notifies of every topic each time.
///
/// A second PIN, the quiet one, is for a person who is forced to type theirs. It opens the promise and the
/// opportunities, and is reported as the other one is: [`AppLockState::Open`]. No call tells whether there is
/// one. What is not shown then fails as on a phone that waits for its recovery phrase and whose storage
/// cannot be written.
pub struct AppLock<'a>(&'a PocketPhone);

/// Whether a PIN is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum AppLockState {
    /// No PIN is set.
    Off,
    /// A PIN is set, and must be typed.
    Locked,
    /// A PIN was typed.
    Open,
}

/// What a lock screen shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct AppLockStatus {
    /// Whether a PIN is needed.
    pub state: AppLockState,
    /// After how many seconds the next PIN can be typed.
    pub wait_seconds: u32,
    /// Whether the platform may open the lock, by a fingerprint or a face.
    pub platform_unlock: bool,
}

impl PocketPhone {
    /// The app lock.
    pub fn app_lock(&self) -> AppLock<'_> {
        AppLock(self)
    }
}

impl AppLock<'_> {
    /// What a lock screen shows.
    pub fn status(&self) -> Result<AppLockStatus, PromiseError> {
        let now = self.0.clock.since_boot();
        let stored = self.0.transact(|tx| tx.app_lock())?;
        let state = match lock(&self.0.gate).gate {
            Gate::Off => AppLockState::Off,
            Gate::Locked => AppLockState::Locked,
            Gate::Open | Gate::Quiet => AppLockState::Open,
        };
        let wait = |stored: &StoredLock| seconds(app_lock::wait(&stored.tries, now));
        Ok(AppLockStatus {
            state,
            wait_seconds: stored.as_ref().map_or(0, wait),
            platform_unlock: stored.is_some_and(|stored| stored.platform.is_some()),
        })
    }

    /// Locks, if a PIN is set: when the app leaves the screen, and when the person asks for it. Waits for
    /// nothing, and works on a paused phone. A PIN that is checked or set at that moment does not open it.
    pub fn lock(&self) {
        let is_set = {
            let mut state = lock(&self.0.gate);
            state.locks = state.locks.wrapping_add(1);
            let is_set = state.gate != Gate::Off;
            if is_set {
                state.gate = Gate::Locked;
            }
            is_set
        };
        if is_set {
            self.0.notify(Topic::ALL);
        }
    }

    /// Opens by the PIN or by the quiet PIN. Takes part of a second.
    ///
    /// Fails with [`PromiseError::WrongPin`] if it is neither, with [`PromiseError::TooManyTries`] after
    /// wrong ones until some time has passed, and with the storage's error if the try cannot be counted.
    pub fn unlock(&self, pin: &str) -> Result<(), PromiseError> {
        let locks = self.0.locks();
        let (opened, _) = self.0.check_pin(pin)?;
        let gate = match opened {
            Opened::Everything => Gate::Open,
            Opened::Quiet => Gate::Quiet,
        };
        self.0.open_gate(gate, locks);
        Ok(())
    }

    /// Opens by the secret that [`AppLock::allow_platform_unlock`] returned. Fails with
    /// [`PromiseError::WrongPin`] if it is another one, or was forbidden since.
    pub fn unlock_with_platform(&self, secret: &[u8]) -> Result<(), PromiseError> {
        let locks = self.0.locks();
        let stored = self.0.transact(|tx| tx.app_lock())?.ok_or(PromiseError::NoPin)?;
        if !app_lock::platform_opens(&stored, secret) {
            return Err(PromiseError::WrongPin);
        }
        self.0.open_gate(Gate::Open, locks);
        Ok(())
    }

    /// Lets the platform open the lock from now on. Returns the secret by which it does: keep it where only
    /// a fingerprint or a face gives it out, and nowhere else. A secret from before stops working.
    ///
    /// Tell the person that another can then hold their finger to the phone, or the phone to their face.
    pub fn allow_platform_unlock(&self, current: &str) -> Result<Zeroizing<Vec<u8>>, PromiseError> {
        self.0.check_owner(current)?;
        let secret = Zeroizing::new(random::<32>()?);
        self.0.edit_lock(|stored| {
            app_lock::set_platform(stored, Some(secret.as_slice()));
            Ok(())
        })?;
        self.0.notify([Topic::Status]);
        Ok(Zeroizing::new(secret.to_vec()))
    }

    /// Lets the platform open the lock no longer.
    pub fn forbid_platform_unlock(&self) -> Result<(), PromiseError> {
        self.0.require_open()?;
        self.0.edit_lock(|stored| {
            app_lock::set_platform(stored, None);
            Ok(())
        })?;
        self.0.notify([Topic::Status]);
        Ok(())
    }
}

fn random<const N: usize>() -> Result<[u8; N], PromiseError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| PromiseError::Internal)?;
    Ok(bytes)
}

/// Whole seconds, rounded up.
fn seconds(wait: std::time::Duration) -> u32 {
    u32::try_from(wait.as_millis().div_ceil(1000)).unwrap_or(u32::MAX)
}

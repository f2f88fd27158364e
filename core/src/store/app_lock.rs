//! The app lock.

use zeroize::Zeroizing;

use super::StoreError;

/// The salt of the PINs' hashes.
pub type PinSalt = [u8; 16];

/// A hash of a PIN or of the platform's secret, wiped from memory when dropped.
pub type PinHash = Zeroizing<[u8; 32]>;

/// The tries of a PIN.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PinTries {
    /// How many wrong ones count.
    pub count: u32,
    /// When the last one was, in milliseconds since the phone was started.
    pub at_millis: u64,
    /// How many milliseconds after it the next one is possible.
    pub wait_millis: u64,
}

/// What is stored of an app lock.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredLock {
    /// The salt of both PINs.
    pub salt: PinSalt,
    /// The hash of the PIN.
    pub pin: PinHash,
    /// The hash of the quiet PIN; random if there is none.
    pub quiet_pin: PinHash,
    /// The hash of the platform's secret, if the platform may open the lock.
    pub platform: Option<PinHash>,
    /// The tries.
    pub tries: PinTries,
}

/// Prints no hash.
impl std::fmt::Debug for StoredLock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredLock").field("tries", &self.tries).finish_non_exhaustive()
    }
}

/// Stores the app lock.
pub trait AppLockStore {
    /// Returns the app lock; `None` if no PIN is set.
    fn app_lock(&mut self) -> Result<Option<StoredLock>, StoreError>;
    /// Replaces the app lock; with `None`, removes it.
    fn set_app_lock(&mut self, lock: Option<&StoredLock>) -> Result<(), StoreError>;
}

//! What is stored of an app lock, and what opens it.
//!
//! There are always two hashes, under one salt. Without a quiet PIN the second is random. So one hash of
//! a typed PIN is compared with both, and neither the time nor the database tells whether there is a
//! quiet PIN.

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::store::{PinHash, PinSalt, PinTries, StoredLock};

/// What a PIN opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opened {
    /// Everything.
    Everything,
    /// The promise and the opportunities.
    Quiet,
}

/// Makes a lock with a PIN's hash under a salt. `random` must be random.
pub(crate) fn create(salt: PinSalt, pin: PinHash, random: PinHash) -> StoredLock {
    StoredLock { salt, pin, quiet_pin: random, platform: None, tries: PinTries::default() }
}

/// Returns what a PIN with this hash opens; `None` if it is wrong.
pub(crate) fn opens(lock: &StoredLock, hash: &PinHash) -> Option<Opened> {
    // Both, always.
    let is_pin = lock.pin.as_slice().ct_eq(hash.as_slice());
    let is_quiet = lock.quiet_pin.as_slice().ct_eq(hash.as_slice());
    if bool::from(is_pin) {
        Some(Opened::Everything)
    } else {
        bool::from(is_quiet).then_some(Opened::Quiet)
    }
}

/// Replaces the PIN. Returns `false`, and changes nothing, if it is the quiet PIN.
pub(crate) fn change(lock: &mut StoredLock, new: PinHash) -> bool {
    let is_free = opens(lock, &new) != Some(Opened::Quiet);
    if is_free {
        lock.pin = new;
    }
    is_free
}

/// Replaces the quiet PIN; by a random hash, to remove it. Returns `false`, and changes nothing, if it is
/// the PIN.
pub(crate) fn replace_quiet(lock: &mut StoredLock, new: PinHash) -> bool {
    let is_free = opens(lock, &new) != Some(Opened::Everything);
    if is_free {
        lock.quiet_pin = new;
    }
    is_free
}

/// Sets the secret by which the platform opens the lock; `None` for no secret.
pub(crate) fn set_platform(lock: &mut StoredLock, secret: Option<&[u8]>) {
    lock.platform = secret.map(digest);
}

/// Returns `true` if this is the platform's secret. It has 256 bits, so tries are not counted.
pub(crate) fn platform_opens(lock: &StoredLock, secret: &[u8]) -> bool {
    let digest = digest(secret);
    lock.platform.as_ref().is_some_and(|stored| stored.as_slice().ct_eq(digest.as_slice()).into())
}

fn digest(secret: &[u8]) -> PinHash {
    PinHash::new(Sha256::digest(secret).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app_lock::Pin;

    fn hash(typed: &str) -> PinHash {
        Pin::parse(typed).unwrap().hash(&[5; 16]).unwrap()
    }

    #[test]
    fn lock_without_a_quiet_pin_is_stored_like_one_with() {
        let mut lock = create([5; 16], hash("4826"), PinHash::new([9; 32]));
        let before = lock.clone();
        assert!(replace_quiet(&mut lock, hash("7391")));
        assert_eq!((lock.pin.len(), lock.quiet_pin.len()), (32, 32));
        assert_eq!(StoredLock { quiet_pin: before.quiet_pin.clone(), ..lock.clone() }, before);
        assert_eq!(opens(&lock, &hash("7391")), Some(Opened::Quiet));
        assert_eq!(opens(&lock, &hash("4826")), Some(Opened::Everything));
        assert_eq!(opens(&lock, &hash("4827")), None);
    }

    #[test]
    fn hash_of_the_other_pin_replaces_none() {
        let mut lock = create([5; 16], hash("4826"), hash("7391"));
        let before = lock.clone();
        assert!(!change(&mut lock, hash("7391")) && !replace_quiet(&mut lock, hash("4826")));
        assert_eq!(lock, before);
        assert!(change(&mut lock, hash("4826")), "the same PIN again");
    }

    #[test]
    fn empty_secret_opens_nothing() {
        let mut lock = create([5; 16], hash("4826"), PinHash::new([9; 32]));
        assert!(!platform_opens(&lock, b"") && !platform_opens(&lock, &[0; 32]));
        set_platform(&mut lock, Some(&[7; 32]));
        assert!(platform_opens(&lock, &[7; 32]) && !platform_opens(&lock, &[7; 31]));
        set_platform(&mut lock, None);
        assert!(!platform_opens(&lock, &[7; 32]));
    }
}

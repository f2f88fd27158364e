//! The key of the phone's database, and destroying it.

use std::{fmt, sync::Arc};

use data_encoding::HEXLOWER;
use hkdf::Hkdf;
use sha2::Sha256;
use thiserror::Error;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The 32-byte key of the database. The platform stores it in its Keystore or Keychain. It is wiped
/// from memory when dropped, and never printed.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct DatabaseKey([u8; 32]);

impl DatabaseKey {
    /// Creates a key from its bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Returns the key as SQLCipher takes a raw key. SQLCipher derives nothing from it, so that opening
    /// is fast.
    pub(crate) fn as_pragma(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("x'{}'", HEXLOWER.encode(&self.0)))
    }

    /// Returns a text by which the key of a database can be recognised, and which reveals nothing else
    /// about it. It is stored beside the database: from inside, a wrong key and a corrupt file look
    /// alike.
    pub(crate) fn fingerprint(&self) -> String {
        let mut fingerprint = [0; 16];
        let derived = Hkdf::<Sha256>::new(None, &self.0)
            .expand(b"pocket-promise database key fingerprint 1", &mut fingerprint);
        if derived.is_err() {
            // HKDF fails only for outputs of more than 8160 bytes.
            fingerprint = [0; 16];
        }
        HEXLOWER.encode(&fingerprint)
    }
}

impl fmt::Debug for DatabaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseKey(..)")
    }
}

/// Destroys and replaces the key that the platform stores.
pub trait KeyReplacer: Send + Sync {
    /// Destroys the stored key, so that no copy of the database can be opened any more, and returns a new
    /// one, which is stored in its place. If it fails, the earlier key may be stored still.
    fn replace_key(&self) -> Result<DatabaseKey, KeyNotReplaced>;
}

/// The platform did not destroy the key, or did not store a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the key of the database was not replaced")]
pub struct KeyNotReplaced;

/// The key of a database, and what can replace it where it is stored.
pub struct StoredKey {
    key: DatabaseKey,
    replacer: Option<Arc<dyn KeyReplacer>>,
}

impl StoredKey {
    /// The key, and what replaces it.
    pub fn new(key: DatabaseKey, replacer: Arc<dyn KeyReplacer>) -> Self {
        Self { key, replacer: Some(replacer) }
    }

    pub(crate) fn key(&self) -> &DatabaseKey {
        &self.key
    }

    /// Destroys the key and goes on with a new one. If nothing can replace it, or that fails, the key stays:
    /// what it opened must be deleted anyway.
    pub(crate) fn replace(&mut self) {
        match self.replacer.as_ref().map(|replacer| replacer.replace_key()) {
            Some(Ok(key)) => self.key = key,
            Some(Err(error)) => tracing::error!(%error, "wipe"),
            None => {}
        }
    }
}

/// A key that the caller keeps, and does not destroy.
impl From<DatabaseKey> for StoredKey {
    fn from(key: DatabaseKey) -> Self {
        Self { key, replacer: None }
    }
}

impl fmt::Debug for StoredKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoredKey(..)")
    }
}

//! The key of the phone's database.

use data_encoding::HEXLOWER;
use hkdf::Hkdf;
use sha2::Sha256;
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

impl std::fmt::Debug for DatabaseKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DatabaseKey(..)")
    }
}

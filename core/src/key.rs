//! The key of the phone's database.

use data_encoding::HEXLOWER;
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The 32-byte key of the database. The platform keeps it in its Keystore or Keychain; it is wiped
/// from memory when dropped, and never printed.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct DatabaseKey([u8; 32]);

impl DatabaseKey {
    /// The key from its bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The key as SQLCipher takes it: raw, so that nothing is derived and opening is quick.
    pub(crate) fn as_pragma(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("x'{}'", HEXLOWER.encode(&self.0)))
    }

    /// A text that tells whether this is the key a database was made with, and nothing else about
    /// it. It is kept beside the database: a wrong key and a damaged file look alike from inside.
    pub(crate) fn fingerprint(&self) -> String {
        let mut print = [0; 16];
        let derived = Hkdf::<Sha256>::new(None, &self.0)
            .expand(b"pocket-promise database key fingerprint 1", &mut print);
        if derived.is_err() {
            // HKDF fails only for outputs of more than 8160 bytes.
            print = [0; 16];
        }
        HEXLOWER.encode(&print)
    }
}

impl std::fmt::Debug for DatabaseKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DatabaseKey(..)")
    }
}

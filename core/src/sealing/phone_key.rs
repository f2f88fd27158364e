//! The key with which one phone proves that it is itself.
//!
//! It is random and of this phone alone: it is not derived from the recovery phrase, which all phones of a
//! person have, and no message holds it. It seals nothing.

use promise_protocol::signature::{PublicKey, SEED_BYTES, SigningKey};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::NoRandomBytes;

/// The seed of a phone's Ed25519 key pair. It is stored in the phone's database, wiped from memory when dropped,
/// and never printed.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct PhoneKey([u8; SEED_BYTES]);

impl PhoneKey {
    /// Makes a key pair.
    pub fn generate() -> Result<Self, NoRandomBytes> {
        let mut seed = [0; SEED_BYTES];
        getrandom::fill(&mut seed).map_err(|_| NoRandomBytes)?;
        Ok(Self(seed))
    }

    /// Wraps a seed that was stored.
    pub const fn from_seed(seed: [u8; SEED_BYTES]) -> Self {
        Self(seed)
    }

    /// The seed, to be stored.
    pub const fn seed(&self) -> &[u8; SEED_BYTES] {
        &self.0
    }

    /// The public half, which the server and the person's other phones have.
    pub fn public(&self) -> PublicKey {
        self.signing_key().public_key()
    }

    /// The key that signs. Its memory is not wiped when it is dropped, so nothing holds one for longer than a
    /// signature takes.
    pub fn signing_key(&self) -> SigningKey {
        match SigningKey::from_seed(&self.0) {
            Ok(key) => key,
            Err(_) => unreachable!("the seed has the length of one"),
        }
    }
}

impl std::fmt::Debug for PhoneKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PhoneKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phone_key_is_new_each_time_and_comes_back_from_its_seed() {
        let (one, other) = (PhoneKey::generate().unwrap(), PhoneKey::generate().unwrap());
        assert_ne!(one.public(), other.public());
        assert_eq!(PhoneKey::from_seed(*one.seed()).public(), one.public());
        assert!(one.public().has_form());
        assert_eq!(format!("{one:?}"), "PhoneKey(..)");
    }
}

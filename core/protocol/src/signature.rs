//! Keys and signatures (Ed25519, RFC 8032), and their form in messages. [`crate::statement`] has what a council
//! signs.

use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::small_order::has_small_order;

/// The length of the secret from which a key pair is made, in bytes.
pub const SEED_BYTES: usize = 32;

/// The length of the public half, in bytes.
const KEY_BYTES: usize = 32;

/// The secret half of a council's key. It is never printed.
pub struct SigningKey(Ed25519KeyPair);

/// The seed of a key does not have [`SEED_BYTES`] bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the seed of a signing key has {SEED_BYTES} bytes")]
pub struct InvalidSeed;

impl SigningKey {
    /// Makes the key of this seed. The seed must be random.
    pub fn from_seed(seed: &[u8]) -> Result<Self, InvalidSeed> {
        Ed25519KeyPair::from_seed_unchecked(seed).map(Self).map_err(|_| InvalidSeed)
    }

    /// The public half.
    pub fn public_key(&self) -> PublicKey {
        PublicKey(BASE64URL_NOPAD.encode(self.0.public_key().as_ref()))
    }

    /// Signs the bytes of a statement: see [`Statement::to_bytes`](crate::statement::Statement::to_bytes). The same bytes have the same
    /// signature each time.
    pub fn sign(&self, statement: &[u8]) -> Signature {
        Signature(BASE64URL_NOPAD.encode(self.0.sign(statement).as_ref()))
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(..)")
    }
}

/// The public half of a key, as unpadded base64url: 43 characters.
///
/// Deserialising does not validate, like that of ids: an invalid key verifies nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct PublicKey(String);

impl PublicKey {
    /// Wraps a key that was stored as text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns `true` if the text has the form of a key, which one of small order does not have. Whether the key
    /// verifies anything shows only a signature.
    pub fn has_form(&self) -> bool {
        let key = BASE64URL_NOPAD.decode(self.0.as_bytes());
        key.is_ok_and(|key| key.len() == KEY_BYTES && !has_small_order(&key))
    }

    /// Returns `true` if the key signed these bytes. A key of small order verifies nothing.
    pub fn verifies(&self, bytes: &[u8], signature: &Signature) -> bool {
        let key = BASE64URL_NOPAD.decode(self.0.as_bytes());
        let signature = BASE64URL_NOPAD.decode(signature.0.as_bytes());
        let (Ok(key), Ok(signature)) = (key, signature) else { return false };
        !has_small_order(&key)
            && UnparsedPublicKey::new(&ED25519, key).verify(bytes, &signature).is_ok()
    }
}

/// A signature, as unpadded base64url: 86 characters.
///
/// Deserialising does not validate: an invalid signature is of no statement, and must refuse that one
/// statement and not the whole message.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Signature(String);

impl Signature {
    /// Wraps a signature that was stored or received as text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The signature as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

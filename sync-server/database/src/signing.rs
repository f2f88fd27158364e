//! Signing what a council states: the part of a transaction that is outside the database.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use promise_protocol::{
    ids::CouncilId,
    signature::{PublicKey, SEED_BYTES, Signature, SigningKey},
    statement::{Statement, Succession},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::DatabaseError;

/// The public keys of a council.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CouncilKeys {
    /// The key that signs now.
    pub current: PublicKey,
    /// The steps from the first key to it, the oldest first. What earlier keys signed is still valid.
    pub successions: Vec<Succession>,
}

impl CouncilKeys {
    /// Returns `true` if one of the keys signed this statement of this council.
    pub fn verify(
        &self,
        council: &CouncilId,
        of: &Statement<'_>,
        signature: Option<&Signature>,
    ) -> bool {
        let Some(signature) = signature else { return false };
        let earlier = self.successions.iter().map(|step| &step.before);
        let mut keys = [&self.current].into_iter().chain(earlier);
        keys.any(|key| of.is_signed(council.as_str(), key, signature))
    }
}

/// Why something was not signed. Nothing was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
#[serde(rename_all = "snake_case")]
pub enum SigningError {
    /// The council has no key here. Put a copy of it back. Retrying does not help before that.
    #[error("the signing key of this council is missing: put a copy of it back")]
    NoKey,
    /// The key cannot be used: it is damaged, or the signer is not running. The text says which file or
    /// socket. Retrying helps once that is mended.
    #[error("cannot sign: {0}")]
    Unavailable(String),
    /// The signer refuses to sign so much at once. Retry later.
    #[error("the signer refuses to sign so much at once")]
    TooMany,
}

/// Holds the secret keys of councils, in this process or another.
pub trait Signer: Send + Sync {
    /// Creates a key for a new council. Does nothing if there is one.
    fn create_key(&self, council: &CouncilId) -> Result<(), SigningError>;

    /// Returns the public keys of a council.
    fn keys(&self, council: &CouncilId) -> Result<CouncilKeys, SigningError>;

    /// Signs the bytes of a statement of this council.
    fn sign(&self, council: &CouncilId, statement: &[u8]) -> Result<Signature, SigningError>;
}

/// Signing within a transaction. A signature is made when something is written, not when it is sent: so
/// a program that can write the database alone cannot have it signed.
pub trait Signing {
    /// Creates a key for a new council. Does nothing if there is one.
    fn create_council_key(&mut self, council: &CouncilId) -> Result<(), DatabaseError>;

    /// Returns the public keys of a council.
    fn council_keys(&mut self, council: &CouncilId) -> Result<CouncilKeys, DatabaseError>;

    /// Signs a statement of this council.
    fn sign(
        &mut self,
        council: &CouncilId,
        statement: &Statement<'_>,
    ) -> Result<Signature, DatabaseError>;
}

/// A signer without keys, for a database that is only read.
#[derive(Clone, Copy, Debug)]
pub struct NoSigner;

impl Signer for NoSigner {
    fn create_key(&self, _: &CouncilId) -> Result<(), SigningError> {
        Err(SigningError::NoKey)
    }

    fn keys(&self, _: &CouncilId) -> Result<CouncilKeys, SigningError> {
        Err(SigningError::NoKey)
    }

    fn sign(&self, _: &CouncilId, _: &[u8]) -> Result<Signature, SigningError> {
        Err(SigningError::NoKey)
    }
}

/// A signer whose keys are made from one seed and kept in memory, for tests and for the simulation.
pub struct MemorySigner {
    seed: [u8; SEED_BYTES],
    keys: Mutex<BTreeMap<CouncilId, SigningKey>>,
}

impl MemorySigner {
    /// Returns a signer with this seed.
    pub fn new(seed: [u8; SEED_BYTES]) -> Self {
        Self { seed, keys: Mutex::default() }
    }

    fn with_key<R>(
        &self,
        council: &CouncilId,
        work: impl FnOnce(&SigningKey) -> R,
    ) -> Result<R, SigningError> {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if !keys.contains_key(council) {
            let seed = Sha256::new().chain_update(self.seed).chain_update(council.as_str());
            let key = SigningKey::from_seed(&seed.finalize()).map_err(|_| SigningError::NoKey)?;
            keys.insert(council.clone(), key);
        }
        keys.get(council).map(work).ok_or(SigningError::NoKey)
    }
}

impl Signer for MemorySigner {
    fn create_key(&self, council: &CouncilId) -> Result<(), SigningError> {
        self.with_key(council, |_| ())
    }

    fn keys(&self, council: &CouncilId) -> Result<CouncilKeys, SigningError> {
        let current = self.with_key(council, SigningKey::public_key)?;
        Ok(CouncilKeys { current, successions: Vec::new() })
    }

    fn sign(&self, council: &CouncilId, statement: &[u8]) -> Result<Signature, SigningError> {
        self.with_key(council, |key| key.sign(statement))
    }
}

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
    /// The steps from the first key to it, the oldest first.
    pub successions: Vec<Succession>,
}

impl CouncilKeys {
    /// Returns `true` if a key that counts signed this statement of this council: the one that signs now, or one
    /// before it that the council does not distrust.
    pub fn verify(
        &self,
        council: &CouncilId,
        of: &Statement<'_>,
        signature: Option<&Signature>,
    ) -> bool {
        let trusted = self.successions.iter().rev().take_while(|step| !step.distrusts_earlier);
        self.is_signed_by_any(trusted, council, of, signature)
    }

    /// Like [`verify`](Self::verify), with the keys that the council distrusts besides. A thief may have signed it.
    pub fn verify_with_distrusted(
        &self,
        council: &CouncilId,
        of: &Statement<'_>,
        signature: Option<&Signature>,
    ) -> bool {
        self.is_signed_by_any(self.successions.iter(), council, of, signature)
    }

    /// Returns `true` if the council distrusts a key that it had.
    pub fn distrusts_any(&self) -> bool {
        self.successions.iter().any(|step| step.distrusts_earlier)
    }

    fn is_signed_by_any<'a>(
        &'a self,
        steps: impl Iterator<Item = &'a Succession>,
        council: &CouncilId,
        of: &Statement<'_>,
        signature: Option<&Signature>,
    ) -> bool {
        let Some(signature) = signature else { return false };
        let mut keys = std::iter::once(&self.current).chain(steps.map(|step| &step.before));
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
    keys: Mutex<BTreeMap<CouncilId, KeysInMemory>>,
}

/// The keys of one council. None is forgotten: a thief may have kept it.
struct KeysInMemory {
    current: SigningKey,
    earlier: Vec<SigningKey>,
    successions: Vec<Succession>,
}

impl MemorySigner {
    /// Returns a signer with this seed.
    pub fn new(seed: [u8; SEED_BYTES]) -> Self {
        Self { seed, keys: Mutex::default() }
    }

    /// Replaces a council's key.
    pub fn replace_key(
        &self,
        council: &CouncilId,
        distrusts_earlier: bool,
    ) -> Result<(), SigningError> {
        let count = self.with_keys(council, |keys| keys.earlier.len() + 1)?;
        let next = self.key(council, count)?;
        self.with_keys(council, |keys| {
            let name = council.as_str();
            keys.successions.push(Succession::new(name, &keys.current, &next, distrusts_earlier));
            keys.earlier.push(std::mem::replace(&mut keys.current, next));
        })
    }

    /// Signs with the key that was replaced last, as a thief who has kept it. Returns `None` if none was replaced.
    pub fn sign_with_replaced(&self, council: &CouncilId, statement: &[u8]) -> Option<Signature> {
        let signed =
            self.with_keys(council, |keys| keys.earlier.last().map(|key| key.sign(statement)));
        signed.ok().flatten()
    }

    /// The key of a council that has had so many keys before.
    fn key(&self, council: &CouncilId, earlier: usize) -> Result<SigningKey, SigningError> {
        let mut seed = Sha256::new().chain_update(self.seed).chain_update(council.as_str());
        if earlier > 0 {
            seed.update(format!("/{earlier}"));
        }
        SigningKey::from_seed(&seed.finalize()).map_err(|_| SigningError::NoKey)
    }

    fn with_keys<R>(
        &self,
        council: &CouncilId,
        work: impl FnOnce(&mut KeysInMemory) -> R,
    ) -> Result<R, SigningError> {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if !keys.contains_key(council) {
            let current = self.key(council, 0)?;
            let new = KeysInMemory { current, earlier: Vec::new(), successions: Vec::new() };
            keys.insert(council.clone(), new);
        }
        keys.get_mut(council).map(work).ok_or(SigningError::NoKey)
    }
}

impl Signer for MemorySigner {
    fn create_key(&self, council: &CouncilId) -> Result<(), SigningError> {
        self.with_keys(council, |_| ())
    }

    fn keys(&self, council: &CouncilId) -> Result<CouncilKeys, SigningError> {
        self.with_keys(council, |keys| CouncilKeys {
            current: keys.current.public_key(),
            successions: keys.successions.clone(),
        })
    }

    fn sign(&self, council: &CouncilId, statement: &[u8]) -> Result<Signature, SigningError> {
        self.with_keys(council, |keys| keys.current.sign(statement))
    }
}

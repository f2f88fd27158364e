//! Handing the recovery phrase from one phone of a person to another that is being paired.
//!
//! Both phones make an X25519 key (RFC 7748) for this one pairing. The people who hold them compare digits of
//! everything that the two sent, both keys included, so neither the server nor anyone in between has put
//! a key of their own there. The shared secret and the hash of that transcript make one key (HKDF-SHA-256),
//! which seals one thing: the 128 bits of the phrase, bound to council and person.

use aes_gcm_siv::Error;
use promise_protocol::pairing::{PairingKey, SealedPhrase, TranscriptHash};
use ring::{
    agreement::{EphemeralPrivateKey, UnparsedPublicKey, X25519, agree_ephemeral},
    rand::SystemRandom,
};
use thiserror::Error;
use zeroize::Zeroizing;

use super::{
    RecoveryPhrase,
    keys::hkdf,
    parts,
    seal::{decrypt, encrypt},
};

const LABEL: &str = "pocket-promise phrase handover 2";

/// The key seals one phrase and nothing else, so its nonce is a constant. Sealing the same phrase again, because
/// a response was lost, gives the same bytes.
const NONCE: [u8; 12] = [0; 12];

/// The system gave no random bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("no random bytes")]
pub struct NoRandomBytes;

/// The other phone's key is none with which a secret can be agreed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a key")]
pub struct InvalidKey;

/// A key pair of one phone for one pairing. Its secret half is in memory alone, and used once.
pub struct HandoverKey {
    secret: EphemeralPrivateKey,
    public: PairingKey,
}

impl HandoverKey {
    /// Makes a key pair.
    pub fn generate() -> Result<Self, NoRandomBytes> {
        let secret = EphemeralPrivateKey::generate(&X25519, &SystemRandom::new());
        let secret = secret.map_err(|_| NoRandomBytes)?;
        let public = secret.compute_public_key().map_err(|_| NoRandomBytes)?;
        let bytes: &[u8] = public.as_ref();
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| NoRandomBytes)?;
        Ok(Self { secret, public: PairingKey::new(bytes) })
    }

    /// The public half.
    pub fn public(&self) -> &PairingKey {
        &self.public
    }

    /// Agrees on a secret with the holder of the other key, for the transcript that has both keys.
    pub fn agree(
        self,
        other: &PairingKey,
        transcript: TranscriptHash,
    ) -> Result<HandoverSecret, InvalidKey> {
        let other = UnparsedPublicKey::new(&X25519, other.as_bytes());
        let info = parts::encode(&[LABEL]);
        let key = agree_ephemeral(self.secret, &other, |shared| {
            hkdf::<32>(Some(transcript.as_bytes()), shared, &info)
        });
        Ok(HandoverSecret { key: key.map_err(|_| InvalidKey)?, transcript })
    }
}

impl std::fmt::Debug for HandoverKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HandoverKey(..)")
    }
}

/// What the two phones of one pairing share. It is wiped from memory when dropped, and never printed.
pub struct HandoverSecret {
    key: Zeroizing<[u8; 32]>,
    transcript: TranscriptHash,
}

impl HandoverSecret {
    /// Seals the phrase of this person of this council for the other phone.
    pub fn seal(
        &self,
        phrase: &RecoveryPhrase,
        council: &str,
        person: &str,
    ) -> Result<SealedPhrase, Error> {
        let data = self.associated_data(council, person);
        let sealed = encrypt(&self.key, &NONCE, &data, phrase.entropy().as_slice())?;
        Ok(SealedPhrase::new(sealed.try_into().map_err(|_| Error)?))
    }

    /// Opens what the other phone sealed for this person of this council. Returns `None` if someone else sealed
    /// it, or for another person.
    pub fn open(
        &self,
        sealed: &SealedPhrase,
        council: &str,
        person: &str,
    ) -> Option<RecoveryPhrase> {
        let data = self.associated_data(council, person);
        let entropy = decrypt(&self.key, &NONCE, &data, sealed.as_bytes()).ok()?;
        let entropy: &[u8; 16] = entropy.as_slice().try_into().ok()?;
        Some(RecoveryPhrase::from_entropy(entropy))
    }

    fn associated_data(&self, council: &str, person: &str) -> Vec<u8> {
        let mut data = parts::encode(&[LABEL, council, person]);
        data.extend_from_slice(self.transcript.as_bytes());
        data
    }
}

impl std::fmt::Debug for HandoverSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HandoverSecret(..)")
    }
}

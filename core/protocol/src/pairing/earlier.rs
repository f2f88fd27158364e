//! How a phone that is paired again proves that it is the phone of an earlier pairing.

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

use super::TranscriptHash;
use crate::{
    canonical,
    signature::{PublicKey, Signature, SigningKey},
};

const LABEL: &str = "pocket-promise same phone 2";

/// The earlier pairing of a phone that is paired again, with the same person and on the same server. Its row there
/// would stay as a second phone that is in no hand, and limit the new one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct EarlierPairing {
    /// The author of the phone's stamps until now.
    #[cfg_attr(feature = "utoipa", schema(example = "p0123abcd"))]
    pub author: String,
    /// The signature of the transcript of the new pairing, with the key of the earlier one.
    #[cfg_attr(feature = "utoipa", schema(value_type = String))]
    pub signature: Signature,
}

impl EarlierPairing {
    /// Proves that this phone is the one with this author, in the pairing with this transcript.
    pub fn prove(author: &str, transcript: TranscriptHash, key: &SigningKey) -> Self {
        let signature = key.sign(&statement(author, transcript));
        Self { author: author.to_owned(), signature }
    }

    /// Returns `true` if the phone that is paired has this key.
    pub fn is_by(&self, transcript: TranscriptHash, key: &PublicKey) -> bool {
        key.verifies(&statement(&self.author, transcript), &self.signature)
    }
}

/// The transcript has random bytes of both sides, so the proof is of one pairing.
fn statement(author: &str, transcript: TranscriptHash) -> Vec<u8> {
    let hash = BASE64URL_NOPAD.encode(transcript.as_bytes());
    canonical::to_vec(&(LABEL, author, hash))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        pairing::{Opening, PairingKey, PairingNonce, Transcript},
        phone_record::Inviter,
        signature::SEED_BYTES,
    };

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_seed(&[seed; SEED_BYTES]).unwrap()
    }

    fn transcript(nonce: u8) -> TranscriptHash {
        let opening = Opening {
            key: PairingKey::new([1; 32]),
            signing_key: key(3).public_key(),
            nonce: PairingNonce::new([2; 32]),
        };
        Transcript {
            code: "K7QF",
            server: "https://promise.example",
            council: "barnet",
            inviter: &Inviter::Staff,
            opening: &opening,
            nonce: &PairingNonce::new([nonce; 32]),
            key: None,
        }
        .hash()
    }

    #[test]
    fn proof_is_of_one_author_one_key_and_one_pairing() {
        let proof = EarlierPairing::prove("p0123abcd", transcript(1), &key(1));
        assert!(proof.is_by(transcript(1), &key(1).public_key()));
        assert!(!proof.is_by(transcript(2), &key(1).public_key()), "another pairing");
        assert!(!proof.is_by(transcript(1), &key(2).public_key()), "another phone");
        let other = EarlierPairing { author: "p0123abce".into(), ..proof };
        assert!(!other.is_by(transcript(1), &key(1).public_key()), "another author");
    }
}

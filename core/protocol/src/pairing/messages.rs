//! The messages of pairing, in their wire format: what the new phone opens, what it is offered, and what a
//! phone that invites another one sees and answers.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Commitment, PairResponse, PairingKey, PairingNonce, SealedPhrase};
use crate::{
    canonical,
    fault_injection::{Fault, is_injected},
    phone_record::Inviter,
    signature::PublicKey,
    vocabulary::vocabulary,
};

const LABEL: &str = "pocket-promise commitment 2";

/// The keys and the nonce of a new phone, which it sends when it has the other side's part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct Opening {
    /// Its public key. A recovery phrase is sealed to it.
    #[cfg_attr(feature = "utoipa", schema(value_type = String))]
    pub key: PairingKey,
    /// The key with which it signs what only this phone may ask for (Ed25519): see
    /// [`PhoneAct`](crate::PhoneAct). The server keeps it, and it is in the record of the person's phones.
    #[cfg_attr(feature = "utoipa", schema(value_type = String))]
    pub signing_key: PublicKey,
    /// Random bytes, which keep the commitment from telling anything about the keys.
    #[cfg_attr(feature = "utoipa", schema(value_type = String))]
    pub nonce: PairingNonce,
}

impl Opening {
    /// Returns what the phone sends first, so that it cannot choose other keys later.
    pub fn commitment(&self) -> Commitment {
        let bytes = canonical::to_vec(&(LABEL, &self.key, &self.signing_key, &self.nonce));
        Commitment::new(Sha256::digest(bytes).into())
    }

    /// Returns `true` if this opens the commitment, and has a key that can verify something.
    pub fn opens(&self, commitment: &Commitment) -> bool {
        let is_right = self.commitment() == *commitment && self.signing_key.has_form();
        is_right || is_injected(Fault::CommitmentNotChecked)
    }
}

/// What the other side adds, and what the person at the new phone is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct PairOffer {
    /// The council's short name, such as `barnet`.
    pub council: String,
    /// The council's full name.
    pub council_name: String,
    /// Who made the code.
    #[cfg_attr(feature = "utoipa", schema(value_type = String))]
    pub inviter: Inviter,
    /// The name on the card of the staff member who made it. Left out for a phone and the operator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The other side's nonce.
    #[cfg_attr(feature = "utoipa", schema(value_type = String))]
    pub nonce: PairingNonce,
    /// The public key of the phone that made the code. Left out if no phone did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "utoipa", schema(value_type = Option<String>))]
    pub key: Option<PairingKey>,
}

/// The response to a [`PairRequest`](super::PairRequest). Empty as long as the phone that made the code
/// has not answered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct PairProgress {
    /// The other side's part. Left out when a phone is linked again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<PairOffer>,
    /// What the phone needs to sync, once the other side said yes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paired: Option<PairResponse>,
    /// The recovery phrase, sealed to the phone's key, with `paired`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "utoipa", schema(value_type = Option<String>))]
    pub phrase: Option<SealedPhrase>,
}

/// The response to `GET /v1/pairings` and to answering: the phones that wait with a code that the calling
/// phone made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct WaitingPhones {
    /// The phones, those whose code expires first before others.
    pub phones: Vec<WaitingPhone>,
}

/// A phone that waits with a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct WaitingPhone {
    /// The id of the code: its first four characters.
    #[cfg_attr(feature = "utoipa", schema(example = "K7QF"))]
    pub code: String,
    /// When it sent the code, in milliseconds since 1970.
    pub started_at: i64,
    /// The address of the server, as the waiting phone has it.
    pub server: String,
    /// What it committed to.
    #[cfg_attr(feature = "utoipa", schema(value_type = String))]
    pub commitment: Commitment,
    /// Its key and nonce, once it has the calling phone's part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening: Option<Opening>,
    /// `true` if the calling phone, or its program before it was started again, has answered.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub answered: bool,
    /// Why its code has ended, if it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<PairingEnd>,
}

vocabulary! {
    /// Why a code ended before it paired a phone.
    #[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema), schema(rename_all = "snake_case"))]
    pub enum PairingEnd {
        /// One of the sides said no.
        Refused = "refused",
        /// Two phones sent the code.
        TwoPhones = "two_phones",
    }
}

vocabulary! {
    /// What the person decided about a phone that waits.
    #[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema), schema(rename_all = "snake_case"))]
    pub enum PairingDecision {
        /// It is theirs, and shows the same digits.
        Confirmed = "confirmed",
        /// It is not, or shows others. The code ends.
        Refused = "refused",
    }
}

/// `POST /v1/pairings/{code}`: a phone answers one that waits with its code, and decides on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct PairingAnswer {
    /// The protocol's version, [`PROTOCOL`](crate::PROTOCOL).
    #[cfg_attr(feature = "utoipa", schema(example = 2))]
    pub protocol: u32,
    /// The calling phone's public key for this pairing. The first one that is sent stays.
    #[cfg_attr(feature = "utoipa", schema(value_type = String))]
    pub key: PairingKey,
    /// Its nonce.
    #[cfg_attr(feature = "utoipa", schema(value_type = String))]
    pub nonce: PairingNonce,
    /// What the person decided. Left out until they did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<PairingDecision>,
    /// The recovery phrase, sealed to the waiting phone's key, with `confirmed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "utoipa", schema(value_type = Option<String>))]
    pub phrase: Option<SealedPhrase>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        pairing::VALUE_BYTES,
        signature::{SEED_BYTES, SigningKey},
    };

    fn opening(key: u8, signing_key: u8, nonce: u8) -> Opening {
        let signing_key = SigningKey::from_seed(&[signing_key; SEED_BYTES]).unwrap();
        Opening {
            key: PairingKey::new([key; VALUE_BYTES]),
            signing_key: signing_key.public_key(),
            nonce: PairingNonce::new([nonce; VALUE_BYTES]),
        }
    }

    #[test]
    fn commitment_is_opened_by_its_own_keys_and_nonce_only() {
        let commitment = opening(1, 2, 3).commitment();
        assert!(opening(1, 2, 3).opens(&commitment));
        for other in [opening(4, 2, 3), opening(1, 4, 3), opening(1, 2, 4), opening(3, 2, 1)] {
            assert!(!other.opens(&commitment));
        }
    }

    /// A phone without a key could prove nothing.
    #[test]
    fn opening_without_a_signing_key_opens_nothing() {
        let empty = Opening { signing_key: PublicKey::new(""), ..opening(1, 2, 3) };
        assert!(!empty.opens(&empty.commitment()));
    }

    #[test]
    fn progress_of_a_phone_that_waits_is_an_empty_object() {
        assert_eq!(serde_json::to_string(&PairProgress::default()).unwrap(), "{}");
        assert_eq!(serde_json::from_str::<PairProgress>("{}").unwrap(), PairProgress::default());
    }
}

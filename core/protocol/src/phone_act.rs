//! What a phone asks for with its own key: the acts that only a full phone may do, and taking itself off.
//!
//! The bearer token is in every request, so a log or a proxy that ends TLS can have it. With the token alone
//! nothing is erased, taken off, invited or confirmed: each of these requests has a signature with the key that
//! the phone made when it was paired, and that never leaves it.

use std::{fmt, str::FromStr};

use serde_json::{Value, json};

use crate::{
    EraseRequest, RevokeRequest, canonical,
    pairing::PairingAnswer,
    signature::{PublicKey, Signature, SigningKey},
};

/// The header of a request that has an [`ActSignature`].
pub const PHONE_SIGNATURE: &str = "phone-signature";

/// The first part of what a phone signs. No statement of a council begins with it, and no other proof.
const LABEL: &str = "pocket-promise act 2";

/// An act that a phone proves with its key, with all that the request says.
#[derive(Clone, Copy, Debug)]
pub enum PhoneAct<'a> {
    /// `POST /v1/erase`.
    Erase {
        /// The body.
        request: &'a EraseRequest,
    },
    /// `POST /v1/invitations`.
    Invite,
    /// `POST /v1/pairings/{code}`.
    Answer {
        /// The id of the code.
        code: &'a str,
        /// The body.
        answer: &'a PairingAnswer,
    },
    /// `POST /v1/phones/{phone}/revoke`.
    Revoke {
        /// The id of the phone that is taken off.
        phone: &'a str,
        /// The body.
        request: &'a RevokeRequest,
    },
    /// `POST /v1/phones/{phone}/confirm`.
    Confirm {
        /// The id of the limited phone.
        phone: &'a str,
    },
    /// `POST /v1/phones/{phone}/veto`.
    Veto {
        /// The id of the limited phone.
        phone: &'a str,
    },
}

impl PhoneAct<'_> {
    /// The protocol's version in the body; `None` for an act without one.
    pub fn protocol(&self) -> Option<u32> {
        match self {
            Self::Erase { request } => Some(request.protocol),
            Self::Answer { answer, .. } => Some(answer.protocol),
            Self::Revoke { request, .. } => Some(request.protocol),
            Self::Invite | Self::Confirm { .. } | Self::Veto { .. } => None,
        }
    }

    /// The act, its object and its body.
    fn parts(&self) -> Value {
        match self {
            Self::Erase { request } => json!(["erase", null, request]),
            Self::Invite => json!(["invite", null, null]),
            Self::Answer { code, answer } => json!(["answer", code, answer]),
            Self::Revoke { phone, request } => json!(["revoke", phone, request]),
            Self::Confirm { phone } => json!(["confirm", phone, null]),
            Self::Veto { phone } => json!(["veto", phone, null]),
        }
    }
}

/// The phone that acts, as it and the server know it.
#[derive(Clone, Copy, Debug)]
pub struct ActingPhone<'a> {
    /// The council's id.
    pub council: &'a str,
    /// The person's id on their phones.
    pub person: &'a str,
    /// The author of the phone's stamps. It is new at each pairing.
    pub author: &'a str,
    /// The generation of the server. A restored server has forgotten the last number.
    pub generation: &'a str,
}

impl ActingPhone<'_> {
    /// Signs an act with the phone's key. Each act has a greater number than the one before.
    pub fn sign(&self, act: &PhoneAct<'_>, number: u64, key: &SigningKey) -> ActSignature {
        ActSignature { number, signature: key.sign(&self.statement(act, number)) }
    }

    /// Returns `true` if the phone with this key signed the act. Whether the number is new, the caller checks.
    pub fn has_signed(&self, act: &PhoneAct<'_>, signed: &ActSignature, key: &PublicKey) -> bool {
        key.verifies(&self.statement(act, signed.number), &signed.signature)
    }

    /// The number is text: canonical JSON rounds numbers from 2^53 on, so that two could have the same bytes.
    fn statement(&self, act: &PhoneAct<'_>, number: u64) -> Vec<u8> {
        let Self { council, person, author, generation } = self;
        let (number, act) = (number.to_string(), act.parts());
        canonical::to_vec(&json!([LABEL, council, person, author, generation, number, act]))
    }
}

/// A phone's signature of one act, and the number that makes it work once. Its text, the value of the header
/// [`PHONE_SIGNATURE`], is the number, a full stop and the signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActSignature {
    /// Greater than that of every earlier act of this phone.
    pub number: u64,
    /// The signature, which [`ActingPhone::has_signed`] checks.
    pub signature: Signature,
}

impl fmt::Display for ActSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.number, self.signature.as_str())
    }
}

/// The text is not a number from 0 to 2^63 - 1, a full stop and more text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the signature of an act")]
pub struct InvalidActSignature;

impl FromStr for ActSignature {
    type Err = InvalidActSignature;

    /// Parses the value of the header. Whether the signature is one shows only [`ActingPhone::has_signed`].
    fn from_str(text: &str) -> Result<Self, InvalidActSignature> {
        let (number, signature) = text.split_once('.').ok_or(InvalidActSignature)?;
        let number: i64 = number.parse().map_err(|_| InvalidActSignature)?;
        let number = u64::try_from(number).map_err(|_| InvalidActSignature)?;
        Ok(Self { number, signature: Signature::new(signature) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        PROTOCOL, RevocationReason,
        pairing::{PairingDecision, PairingKey, PairingNonce, VALUE_BYTES},
        signature::SEED_BYTES,
    };

    const ADAS: ActingPhone<'_> = ActingPhone {
        council: "barnet",
        person: "ada",
        author: "p0123abcd",
        generation: "0123abcd",
    };

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_seed(&[seed; SEED_BYTES]).unwrap()
    }

    #[test]
    fn signature_of_act_is_valid_only_for_the_same_phone_generation_number_and_key() {
        let invite = PhoneAct::Invite;
        let signed = ADAS.sign(&invite, 7, &key(1));
        let public = key(1).public_key();
        assert!(ADAS.has_signed(&invite, &signed, &public));
        let others = [
            ActingPhone { council: "camden", ..ADAS },
            ActingPhone { person: "bea", ..ADAS },
            ActingPhone { author: "p0123abce", ..ADAS },
            ActingPhone { generation: "0123abce", ..ADAS },
        ];
        for other in others {
            assert!(!other.has_signed(&invite, &signed, &public), "{other:?}");
        }
        let later = ActSignature { number: 8, ..signed.clone() };
        assert!(!ADAS.has_signed(&invite, &later, &public));
        assert!(!ADAS.has_signed(&invite, &signed, &key(2).public_key()));
    }

    #[test]
    fn signature_of_one_act_is_none_of_another() {
        let erase = |person: &str| EraseRequest { protocol: PROTOCOL, person: person.into() };
        let revoke = |reason| RevokeRequest { protocol: PROTOCOL, reason };
        let answer = |decision| PairingAnswer {
            protocol: PROTOCOL,
            key: PairingKey::new([1; VALUE_BYTES]),
            nonce: PairingNonce::new([2; VALUE_BYTES]),
            decision,
            phrase: None,
        };
        let (adas, beas) = (erase("ada"), erase("bea"));
        let (lost, unused) =
            (revoke(RevocationReason::LostOrStolen), revoke(RevocationReason::NoLongerUsed));
        let (no, yes) = (answer(None), answer(Some(PairingDecision::Confirmed)));
        let acts = [
            PhoneAct::Erase { request: &adas },
            PhoneAct::Erase { request: &beas },
            PhoneAct::Invite,
            PhoneAct::Answer { code: "K7QF", answer: &no },
            PhoneAct::Answer { code: "K7QF", answer: &yes },
            PhoneAct::Answer { code: "K7QG", answer: &yes },
            PhoneAct::Revoke { phone: "p1", request: &lost },
            PhoneAct::Revoke { phone: "p1", request: &unused },
            PhoneAct::Revoke { phone: "p2", request: &lost },
            PhoneAct::Confirm { phone: "p1" },
            PhoneAct::Confirm { phone: "p2" },
            PhoneAct::Veto { phone: "p1" },
        ];
        let public = key(1).public_key();
        for (index, one) in acts.iter().enumerate() {
            let signed = ADAS.sign(one, 7, &key(1));
            for (other, act) in acts.iter().enumerate() {
                let verifies = ADAS.has_signed(act, &signed, &public);
                assert_eq!(verifies, index == other, "{one:?} as {act:?}");
            }
        }
    }

    /// As numbers they would be the same in canonical JSON.
    #[test]
    fn great_numbers_are_not_rounded() {
        let number = (1 << 53) + 1;
        let signed = ADAS.sign(&PhoneAct::Invite, number, &key(1));
        let rounded = ActSignature { number: number - 1, ..signed.clone() };
        let public = key(1).public_key();
        assert!(ADAS.has_signed(&PhoneAct::Invite, &signed, &public));
        assert!(!ADAS.has_signed(&PhoneAct::Invite, &rounded, &public));
    }

    #[test]
    fn signature_parses_to_itself_and_other_text_is_refused() {
        let signed = ADAS.sign(&PhoneAct::Invite, 1_764_000_000_000, &key(1));
        assert_eq!(signed.to_string().parse(), Ok(signed));
        for text in ["", "7", "x.y", "-7.abc", "9223372036854775808.abc", ".abc"] {
            assert_eq!(text.parse::<ActSignature>(), Err(InvalidActSignature), "{text}");
        }
    }
}

//! What a new phone requests, and what it has once it is paired.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Commitment, EarlierPairing, Opening, PhoneToken};
use crate::{
    Change, PROTOCOL,
    signature::{PublicKey, Signature},
};

/// `POST /v1/pair`: a phone redeems a pairing code, step by step. Every step can be repeated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct PairRequest {
    /// The protocol's version, [`PROTOCOL`].
    #[cfg_attr(feature = "utoipa", schema(example = 2))]
    pub protocol: u32,
    /// The code from the other side's screen, as typed. Case, spaces and dashes do not matter.
    #[cfg_attr(feature = "utoipa", schema(example = "K7QF-3MZD-9XWT"))]
    pub code: String,
    /// The token that the phone made: 256 random bits. It works once the phone is paired.
    #[cfg_attr(feature = "utoipa", schema(value_type = String))]
    pub token: PhoneToken,
    /// The address that the phone connected to, in lower case and without the usual port.
    #[cfg_attr(feature = "utoipa", schema(example = "https://promise.example.gov.uk"))]
    pub server: String,
    /// The earlier pairing of a phone whose record a restore lost, for a code that links it again. Left
    /// out with every other code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relink: Option<Relink>,
    /// What the phone commits to. Left out when it is linked again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "utoipa", schema(value_type = Option<String>))]
    pub commitment: Option<Commitment>,
    /// What it committed to, once it has the other side's part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening: Option<Opening>,
    /// With `opening`: which phone it is, if it was paired with this server before and has the key of that
    /// pairing. Left out otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<EarlierPairing>,
    /// `true` if the person at the new phone said no. The code ends.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub refused: bool,
}

impl PairRequest {
    /// The first request of a new phone, and each one until it has the other side's part.
    pub fn new(code: String, token: PhoneToken, server: String, commitment: Commitment) -> Self {
        Self {
            protocol: PROTOCOL,
            code,
            token,
            server,
            relink: None,
            commitment: Some(commitment),
            opening: None,
            earlier: None,
            refused: false,
        }
    }

    /// The request of a phone that is linked again.
    pub fn relinking(code: String, token: PhoneToken, server: String, relink: Relink) -> Self {
        Self {
            protocol: PROTOCOL,
            code,
            token,
            server,
            relink: Some(relink),
            commitment: None,
            opening: None,
            earlier: None,
            refused: false,
        }
    }

    /// The same request with what the phone committed to.
    #[must_use]
    pub fn opened(self, opening: Opening) -> Self {
        Self { opening: Some(opening), ..self }
    }
}

/// The last pairing of a phone. A server that lost the person's record in a restore accepts it only with
/// the council's signature of that pairing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct Relink {
    /// The person whose data the phone holds.
    pub person: String,
    /// The author of the phone's stamps.
    #[cfg_attr(feature = "utoipa", schema(example = "p0123abcd"))]
    pub author: String,
    /// The key that the phone had then, and keeps.
    #[cfg_attr(feature = "utoipa", schema(value_type = String))]
    pub key: PublicKey,
    /// [`PairResponse::signature`] of that pairing.
    #[cfg_attr(feature = "utoipa", schema(value_type = String))]
    pub signature: Signature,
}

/// Prints no person and no signature.
impl fmt::Debug for Relink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Relink").field("author", &self.author).finish_non_exhaustive()
    }
}

/// What a phone needs to sync, once both sides said yes to its pairing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct PairResponse {
    /// The author of every stamp this phone will take.
    pub author: String,
    /// The council's short name, such as `barnet`.
    pub council: String,
    /// The council's full name.
    pub council_name: String,
    /// The person's random id on the server.
    pub person: String,
    /// The server's generation.
    pub generation: String,
    /// The server's clock, in milliseconds since 1970.
    pub now: i64,
    /// The history of the person's keys, as the council signed it. A phone that receives no step since the last
    /// fresh start is the person's first one and generates the key and its recovery phrase, unless
    /// `waits_for_phrase` is set.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub key_history: Vec<Change>,
    /// `true` if the server has no such step, and another phone of the person has synced with it before.
    /// That phone has the key: a restore lost the history. The new phone waits for the recovery phrase.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub waits_for_phrase: bool,
    /// The key with which the council signs what it writes and publishes. The phone shows nothing as
    /// the council's that this key, or one that follows it, did not sign.
    #[cfg_attr(feature = "utoipa", schema(value_type = String))]
    pub council_key: PublicKey,
    /// The council's signature of the pairing of this author and key with this person. The phone returns it in
    /// [`Relink`] if a restore loses the person's record.
    #[cfg_attr(feature = "utoipa", schema(value_type = String))]
    pub signature: Signature,
}

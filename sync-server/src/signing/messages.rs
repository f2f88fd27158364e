//! What the server and a signer in another process send each other: one line of JSON each way.

use promise_database::{CouncilKeys, SigningError};
use promise_protocol::{
    ids::CouncilId,
    signature::{PublicKey, Signature},
    statement::Succession,
};
use serde::{Deserialize, Serialize};

/// What the server asks.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Request {
    /// Create a key for a new council.
    CreateKey(CouncilId),
    /// Return the public keys of a council.
    Keys(CouncilId),
    /// Sign a statement of a council.
    Sign {
        /// The council.
        council: CouncilId,
        /// The bytes of the statement, which are JSON.
        statement: String,
    },
}

/// What the signer answers.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Response {
    /// There is a key.
    Created,
    /// The public keys.
    Keys { current: PublicKey, successions: Vec<Succession> },
    /// The signature.
    Signed(Signature),
    /// It was not done.
    Refused(Refusal),
}

/// Why the signer did not do it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Refusal {
    /// See [`SigningError::NoKey`].
    NoKey,
    /// See [`SigningError::TooMany`].
    TooMany,
    /// See [`SigningError::Unavailable`].
    Unavailable(String),
}

impl From<SigningError> for Refusal {
    fn from(error: SigningError) -> Self {
        match error {
            SigningError::NoKey => Self::NoKey,
            SigningError::TooMany => Self::TooMany,
            SigningError::Unavailable(text) => Self::Unavailable(text),
        }
    }
}

impl From<Refusal> for SigningError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NoKey => Self::NoKey,
            Refusal::TooMany => Self::TooMany,
            Refusal::Unavailable(text) => Self::Unavailable(text),
        }
    }
}

impl From<CouncilKeys> for Response {
    fn from(CouncilKeys { current, successions }: CouncilKeys) -> Self {
        Self::Keys { current, successions }
    }
}

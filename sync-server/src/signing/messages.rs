//! What the server and a signer in another process send each other: one line of JSON each way.

use promise_database::{CouncilKeys, SigningError};
use promise_protocol::{ids::CouncilId, signature::Signature};
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

/// What the signer returns.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Response {
    /// There is a key.
    Created,
    /// The public keys.
    Keys(CouncilKeys),
    /// The signature.
    Signed(Signature),
    /// It was not done.
    Refused(SigningError),
}

//! The server's error responses: problem details (RFC 9457).

use serde::{Deserialize, Serialize};

/// The body of every error response, as `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// The error, for a program.
    pub code: ProblemCode,
    /// The error, for a developer who reads a log. Contains nothing personal.
    pub title: String,
    /// What to do next.
    pub detail: String,
}

/// What went wrong, and what the caller can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// The pairing code is wrong. Check it and type it again.
    CodeWrong,
    /// The pairing code was used before. Ask for a new one.
    CodeUsed,
    /// The pairing code has expired. Ask for a new one.
    CodeExpired,
    /// The pairing code was guessed wrong too often. Ask for a new one.
    CodeLocked,
    /// The code is for another phone, or for pairing in the other way: a code that links a phone again
    /// after a restore works for that phone only. Ask for one for this phone. The code was not used up.
    OtherPhone,
    /// The token is unknown. Pair again. The phone keeps what it holds.
    NotPaired,
    /// The person or their council revoked the phone, or the person erased their account. The phone
    /// wipes itself.
    Revoked,
    /// Phone and server have different protocol versions. Update the older one.
    WrongVersion,
    /// The body does not parse. Retrying does not help.
    Malformed,
    /// The body exceeds the limit of this address. Retrying does not help.
    TooLarge,
    /// The address does not read the body's content type or coding. Retrying does not help.
    WrongType,
    /// The address or the thing that it identifies does not exist.
    NotFound,
    /// The address does not support this method.
    WrongMethod,
    /// Too many requests. Retry later.
    TooMany,
    /// The server is busy or stopping. Retry later.
    Busy,
    /// The server failed. Retry later; if it persists, the operator finds the cause in the log.
    Internal,
    /// A code of a newer server.
    #[serde(other)]
    Unknown,
}

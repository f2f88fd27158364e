//! How the server says that it did not do what was asked: problem details (RFC 9457).

use serde::{Deserialize, Serialize};

/// The body of every answer that is not a success, as `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// What it is, for a program.
    pub code: ProblemCode,
    /// What it is, for a person who reads a log. Holds nothing personal.
    pub title: String,
    /// What to do next.
    pub detail: String,
}

/// What went wrong, as a caller would act on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// The pairing code is not one. Check it and type it again.
    CodeWrong,
    /// The pairing code has been used. Ask for a new one.
    CodeUsed,
    /// The pairing code is too old. Ask for a new one.
    CodeExpired,
    /// The pairing code was guessed at too often. Ask for a new one.
    CodeLocked,
    /// The token is unknown. Pair again; what the phone holds stays.
    NotPaired,
    /// The phone was taken off by its person or their council, or its person erased their account.
    /// It wipes itself.
    Revoked,
    /// Phone and server speak different versions. Update the older one.
    WrongVersion,
    /// The body is not what this address takes. Retrying does not help.
    Malformed,
    /// The body is larger than this address takes. Retrying does not help.
    TooLarge,
    /// The body's content type or coding is not one this address reads.
    WrongType,
    /// There is nothing at this address.
    NotFound,
    /// This address does not take this method.
    WrongMethod,
    /// Too many requests. Retry later.
    TooMany,
    /// The server is busy or stopping. Retry later.
    Busy,
    /// The server failed. Retry later, and tell whoever runs it.
    Internal,
    /// A code from a newer server.
    #[serde(other)]
    Unknown,
}

//! Why a cell is refused.

use thiserror::Error;

/// Why a cell is refused. Retrying does not help. The text is for logs and verdicts, and holds
/// nothing personal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// No such collection.
    #[error("unknown_collection")]
    UnknownCollection,
    /// No such field in the collection.
    #[error("unknown_field")]
    UnknownField,
    /// The writer does not own the field.
    #[error("not_owner")]
    NotOwner,
    /// The collection is sealed and the value is not.
    #[error("must_be_sealed")]
    MustBeSealed,
    /// The value is longer than the field allows.
    #[error("too_long")]
    TooLong,
    /// The value has another type than the field.
    #[error("wrong_type")]
    WrongType,
    /// The phone is limited, and may not clear what is sealed.
    #[error("limited_phone")]
    LimitedPhone,
    /// The request does not prove that the phone has the recovery phrase in use, without which it may not clear
    /// what is sealed.
    #[error("not_certified")]
    NotCertified,
    /// The record's id is invalid.
    #[error("bad_record_id")]
    BadRecordId,
}

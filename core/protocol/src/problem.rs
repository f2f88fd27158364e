//! The server's error responses: problem details (RFC 9457).

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::statement::SignedOrder;

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
    /// With `revoked`: what the phone does, as its council signed it. A phone that receives none, or
    /// one that it cannot verify, keeps everything.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "known_order")]
    pub order: Option<SignedOrder>,
}

/// An order that this version does not know is none.
fn known_order<'de, D: Deserializer<'de>>(from: D) -> Result<Option<SignedOrder>, D::Error> {
    Ok(serde_json::from_value(Value::deserialize(from)?).ok())
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
    /// Two phones sent the pairing code, and it pairs neither. Ask for a new one.
    TwoPhones,
    /// The other side said no, or this phone did, or what it opened is not what it committed to. The code
    /// has ended. Ask for a new one.
    PairingRefused,
    /// The code is for another phone, or for pairing in the other way: a code that links a phone again
    /// after a restore works for that phone only. Ask for one for this phone. The code was not used up.
    OtherPhone,
    /// The phone is limited until a full phone of the person, or a second member of staff, confirms it. It
    /// keeps what it has, and can retry after that.
    LimitedPhone,
    /// The request has no signature of this phone for exactly this act, or one that was used. Nothing was
    /// changed. Sync, and sign again; if that does not help, pair again.
    NotProven,
    /// The token is unknown. Pair again. The phone keeps what it holds.
    NotPaired,
    /// The person or their council revoked the phone, or the person erased their account. The phone does
    /// what the signed order says, and keeps everything if there is none.
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{PhoneOrder, signature::Signature};

    fn order_of(order: Option<Value>) -> Option<SignedOrder> {
        let mut problem = json!({"status": 401, "code": "revoked", "title": "", "detail": ""});
        if let Some(order) = order {
            problem["order"] = order;
        }
        serde_json::from_value::<Problem>(problem).unwrap().order
    }

    /// The rest of the document must still be read.
    #[test]
    fn order_that_is_absent_or_unknown_is_none() {
        let good = json!({"order": "wipe", "at": 5, "signature": "x"});
        let expected =
            SignedOrder { order: PhoneOrder::Wipe, at: 5, signature: Signature::new("x") };
        assert_eq!(order_of(Some(good)), Some(expected));
        let unknown = json!({"order": "shout", "at": 5, "signature": "x"});
        for bad in [json!(null), unknown, json!("wipe"), json!([1]), json!({})] {
            assert_eq!(order_of(Some(bad)), None);
        }
        assert_eq!(order_of(None), None);
    }
}

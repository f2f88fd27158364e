//! What a phone that was taken off does, by an order that its council signed.
//!
//! A response of the server alone makes a phone do nothing: who runs the server, or has broken into it,
//! could otherwise delete what only the phone holds.

use serde::{Deserialize, Serialize};

use super::Statement;
use crate::{PhoneOrder, signature::Signature};

/// An order to one phone, which its council signed when the phone was taken off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
pub struct SignedOrder {
    /// What the phone does.
    pub order: PhoneOrder,
    /// When it was taken off, in milliseconds since 1970.
    pub at: i64,
    /// The signature of [`Statement::Order`].
    #[cfg_attr(feature = "utoipa", schema(value_type = String))]
    pub signature: Signature,
}

impl SignedOrder {
    /// Returns what is signed: this order to the phone with this author. An author is new at each
    /// pairing, so an order from before the phone was paired again is none for it.
    pub fn statement<'a>(&self, person: &'a str, author: &'a str) -> Statement<'a> {
        Statement::Order { person, author, order: self.order, at: self.at }
    }
}

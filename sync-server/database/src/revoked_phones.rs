//! Revoked phones, including those whose person was erased.

use promise_protocol::{Author, SignedOrder, ids::CouncilId};

use crate::DatabaseError;

/// A revoked phone: what the server needs to refuse it at its next request, and to tell it what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevokedPhone {
    /// The author of its stamps, which is also its id.
    pub author: Author,
    /// The hash of its token.
    pub token_hash: Vec<u8>,
    /// The council that signed the order.
    pub council: CouncilId,
    /// What it does, as the council signed it when it was revoked.
    pub order: SignedOrder,
}

/// Revoked phones. Those that still belong to a person are [`Devices`](crate::Devices) too.
pub trait RevokedPhones {
    /// Returns every revoked phone, including those whose person was erased.
    fn revoked_phones(&mut self) -> Result<Vec<RevokedPhone>, DatabaseError>;

    /// Returns the phone with this token if it was revoked and belongs to no person.
    fn revoked_phone_by_token(
        &mut self,
        token_hash: &[u8],
    ) -> Result<Option<RevokedPhone>, DatabaseError>;

    /// Adds a phone that another database knows as revoked. A phone that is paired here becomes
    /// revoked; an unknown one is stored. One that is revoked already keeps its order, unless the new
    /// one [replaces](promise_protocol::PhoneOrder::replaces) it.
    fn add_revoked_phone(&mut self, phone: &RevokedPhone) -> Result<(), DatabaseError>;
}

//! Revoked phones, including those whose person was erased.

use promise_protocol::Author;

use crate::DatabaseError;

/// A revoked phone: what the server needs to refuse it at its next request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevokedPhone {
    /// The author of its stamps, which is also its id.
    pub author: Author,
    /// The hash of its token.
    pub token_hash: Vec<u8>,
    /// When it was revoked.
    pub revoked_at: i64,
}

/// Revoked phones. Those that still belong to a person are [`Devices`](crate::Devices) too.
pub trait RevokedPhones {
    /// Returns every revoked phone, including those whose person was erased.
    fn revoked_phones(&mut self) -> Result<Vec<RevokedPhone>, DatabaseError>;

    /// Returns `true` if a phone with this token was revoked and belongs to no person.
    fn is_revoked_token(&mut self, token_hash: &[u8]) -> Result<bool, DatabaseError>;

    /// Adds a phone that another database knows as revoked. A phone that is paired here becomes
    /// revoked, unless it is already; an unknown one is stored.
    fn add_revoked_phone(&mut self, phone: &RevokedPhone) -> Result<(), DatabaseError>;
}

//! Revoked phones, whoever's they are or were.

use promise_protocol::Author;

use super::DatabaseError;

/// A revoked phone, as little of it as it takes to tell it so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevokedPhone {
    /// The author of its stamps, which also names it.
    pub author: Author,
    /// The hash of its token.
    pub token_hash: Vec<u8>,
    /// When it was revoked, in milliseconds since 1970.
    pub revoked_at: i64,
}

/// Revoked phones. A person's own are among [`super::Devices`] too.
pub trait RevokedPhones {
    /// Every revoked phone, also those whose person was erased.
    fn revoked_phones(&mut self) -> Result<Vec<RevokedPhone>, DatabaseError>;

    /// Whether a phone of this token was revoked and is no person's any more.
    fn is_revoked_token(&mut self, token_hash: &[u8]) -> Result<bool, DatabaseError>;

    /// Revokes a phone that another database knew as revoked. One that is unknown here is noted.
    fn add_revoked_phone(&mut self, phone: &RevokedPhone) -> Result<(), DatabaseError>;
}

//! Invitations to pair a phone.

use promise_protocol::Author;

use super::DatabaseError;

/// An invitation. Its secret is stored only as a salted hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The first four characters of its code.
    pub name: String,
    /// SHA-256 of the salt and the secret.
    pub secret_hash: Vec<u8>,
    /// Random bytes.
    pub salt: Vec<u8>,
    /// Whose phone it pairs.
    pub person: String,
    /// When it stops working, in milliseconds since 1970.
    pub expires_at: i64,
    /// Wrong tries so far.
    pub tries: u32,
    /// When it was used.
    pub used_at: Option<i64>,
    /// The phone that made it; `None` if staff did.
    pub invited_by: Option<Author>,
}

/// Invitations.
pub trait Invitations {
    /// The invitation of this name.
    fn invitation(&mut self, name: &str) -> Result<Option<Invitation>, DatabaseError>;

    /// A person's invitations, the one that stops working first in front.
    fn invitations_of(&mut self, person: &str) -> Result<Vec<Invitation>, DatabaseError>;

    /// Keeps an invitation, in place of one with its name.
    fn set_invitation(&mut self, invitation: &Invitation) -> Result<(), DatabaseError>;

    /// How many invitations that a person's phones made can still be used.
    fn count_open_invitations(
        &mut self,
        person: &str,
        now_millis: i64,
    ) -> Result<usize, DatabaseError>;

    /// Forgets the invitations that a phone made.
    fn delete_invitations_by(&mut self, phone: &Author) -> Result<(), DatabaseError>;

    /// Forgets invitations that stopped working before a moment.
    fn delete_invitations_before(&mut self, before_millis: i64) -> Result<(), DatabaseError>;
}

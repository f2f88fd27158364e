//! Invitations to pair a phone.

use promise_protocol::Author;

use super::StoreError;

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
    fn invitation(&mut self, name: &str) -> Result<Option<Invitation>, StoreError>;

    /// A person's invitations, the one that stops working first in front.
    fn invitations_of(&mut self, person: &str) -> Result<Vec<Invitation>, StoreError>;

    /// Keeps an invitation, in place of one with its name.
    fn set_invitation(&mut self, invitation: &Invitation) -> Result<(), StoreError>;

    /// How many invitations that a person's phones made can still be used.
    fn open_invitations(&mut self, person: &str, now_millis: i64) -> Result<usize, StoreError>;

    /// Forgets the invitations that a phone made.
    fn forget_invitations_by(&mut self, phone: &Author) -> Result<(), StoreError>;

    /// Forgets invitations that stopped working before a moment.
    fn forget_invitations(&mut self, before_millis: i64) -> Result<(), StoreError>;
}

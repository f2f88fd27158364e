//! Invitations to pair a phone.

use promise_protocol::{
    Author,
    ids::{PersonId, StaffId},
    pairing::{Commitment, Opening, PairingEnd, PairingKey, PairingNonce, SealedPhrase},
};
use serde::{Deserialize, Serialize};

use crate::DatabaseError;

/// An invitation. Its secret is stored only as a salted hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The first four characters of its code.
    pub id: String,
    /// SHA-256 of the salt and the secret.
    pub secret_hash: Vec<u8>,
    /// Random bytes.
    pub salt: Vec<u8>,
    /// The person whose phone it pairs.
    pub person: PersonId,
    /// When it expires.
    pub expires_at: i64,
    /// The number of wrong secrets so far.
    pub failed_attempts: u32,
    /// When it was used.
    pub used_at: Option<i64>,
    /// The phone that created it; `None` if staff or the operator did.
    pub invited_by: Option<Author>,
    /// The staff member who created it; `None` if a phone or the operator did.
    pub invited_by_staff: Option<StaffId>,
    /// The one phone that it links again after a restore; `None` if it pairs any phone.
    pub relinks: Option<Author>,
    /// The phone that sent the code and waits until both sides said yes. Emptied when the code expires, and
    /// when the phone has synced.
    pub pending: Option<PendingPairing>,
}

/// A phone that sent the code of an invitation. It is part of the invitation, so that there cannot be more of
/// them than codes were made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingPairing {
    /// When it sent the code first.
    pub started_at: i64,
    /// The address of the server, as the phone has it.
    pub server: String,
    /// What it committed to.
    pub commitment: Commitment,
    /// The SHA-256 of the token that it made.
    pub token_hash: Vec<u8>,
    /// The other side's nonce; `None` until the phone that made the code has answered.
    pub nonce: Option<PairingNonce>,
    /// The key of the phone that made the code.
    pub key: Option<PairingKey>,
    /// What it committed to, once it has the other side's part.
    pub opening: Option<Opening>,
    /// When the other side said yes.
    pub confirmed_at: Option<i64>,
    /// The recovery phrase, sealed by the phone that made the code.
    pub phrase: Option<SealedPhrase>,
    /// How it ended; `None` while it waits.
    pub outcome: Option<PairingOutcome>,
    /// With the phone that was paired: the author of its earlier pairing, which its first sync takes off.
    pub replaces: Option<String>,
}

/// How a pairing ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PairingOutcome {
    /// The phone with this author was paired. It has not synced yet, so the response may be lost.
    Paired(String),
    /// No phone was paired.
    Ended(PairingEnd),
}

/// Invitations.
pub trait Invitations {
    /// Returns the invitation with this id.
    fn invitation(&mut self, id: &str) -> Result<Option<Invitation>, DatabaseError>;

    /// Returns a person's invitations, the first to expire first.
    fn invitations_of(&mut self, person: &PersonId) -> Result<Vec<Invitation>, DatabaseError>;

    /// Stores an invitation in place of one with the same id.
    fn set_invitation(&mut self, invitation: &Invitation) -> Result<(), DatabaseError>;

    /// Counts a wrong secret as a failed attempt of the invitation with this id, if there is one. Runs the
    /// same statements and writes in either case: how long it takes must not reveal which ids exist.
    fn record_failed_claim(&mut self, id: &str) -> Result<(), DatabaseError>;

    /// Returns how many of the invitations that a person's phones created can still be used.
    fn count_open_invitations(
        &mut self,
        person: &PersonId,
        now_millis: i64,
    ) -> Result<usize, DatabaseError>;

    /// Deletes the invitations that a phone created.
    fn delete_invitations_by(&mut self, phone: &Author) -> Result<(), DatabaseError>;

    /// Empties [`Invitation::pending`] of the invitations that expired before a time.
    fn delete_pending_pairings_before(&mut self, before_millis: i64) -> Result<(), DatabaseError>;

    /// Deletes the invitations that expired before a time.
    fn delete_invitations_before(&mut self, before_millis: i64) -> Result<(), DatabaseError>;
}

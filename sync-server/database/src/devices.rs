//! Paired phones.

use promise_protocol::{
    Author, SignedOrder,
    ids::{PersonId, StaffId},
    signature::PublicKey,
};

use crate::{DatabaseError, Invitation};

/// Who made the code by which a phone came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inviter {
    /// The operator, who runs the program on the server's own machine.
    Operator,
    /// A staff member, by id.
    Staff(StaffId),
    /// Another phone of the person.
    Phone(Author),
}

impl Inviter {
    /// Returns who made an invitation.
    pub fn of(invitation: &Invitation) -> Self {
        let by_phone = invitation.invited_by.clone().map(Self::Phone);
        let by_staff = || invitation.invited_by_staff.clone().map(Self::Staff);
        by_phone.or_else(by_staff).unwrap_or(Self::Operator)
    }
}

/// A paired phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// The author of its stamps, which is also its id.
    pub author: Author,
    /// The person it belongs to.
    pub person: PersonId,
    /// When it was paired.
    pub paired_at: i64,
    /// Who made the code by which it came.
    pub inviter: Inviter,
    /// The key with which it proves what only it may ask for. It never changes.
    pub signing_key: PublicKey,
    /// `true` until the phone is confirmed, if it may not do everything.
    pub limited: bool,
    /// The greatest number of its requests.
    pub last_request: u64,
    /// The greatest number of the acts that it has signed.
    pub last_act: u64,
    /// When it last synced.
    pub last_sync_at: Option<i64>,
    /// The last revision that the phone has confirmed.
    pub last_rev: u64,
    /// What it does since it was revoked, as the council signed it in that transaction.
    pub revoked: Option<SignedOrder>,
}

impl Device {
    /// Returns `true` if the phone was revoked.
    pub fn is_revoked(&self) -> bool {
        self.revoked.is_some()
    }

    /// When it was revoked.
    pub fn revoked_at(&self) -> Option<i64> {
        self.revoked.as_ref().map(|order| order.at)
    }
}

/// Paired phones.
pub trait Devices {
    /// Adds a phone with the hash of its token. Returns `false` if a phone with this author exists
    /// or was revoked.
    fn add_device(&mut self, device: &Device, token_hash: &[u8]) -> Result<bool, DatabaseError>;

    /// Returns the phone with this author.
    fn device(&mut self, author: &Author) -> Result<Option<Device>, DatabaseError>;

    /// Returns the phone whose token has this hash.
    fn device_by_token(&mut self, token_hash: &[u8]) -> Result<Option<Device>, DatabaseError>;

    /// Returns a person's phones, oldest pairing first.
    fn devices(&mut self, person: &PersonId) -> Result<Vec<Device>, DatabaseError>;

    /// Stores what changes about a phone: its requests and acts, confirmed revision, limit and revocation. Revoking
    /// one is new for that phone: it counts for [`Database::watch`](crate::Database::watch).
    fn set_device(&mut self, device: &Device) -> Result<(), DatabaseError>;

    /// Deletes a person's phones that never synced and are not revoked. Their tokens become unknown.
    fn delete_unsynced_devices(&mut self, person: &PersonId) -> Result<(), DatabaseError>;
}

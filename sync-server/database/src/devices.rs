//! Paired phones.

use promise_protocol::Author;

use super::DatabaseError;

/// A paired phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// The author of its stamps, which also names it.
    pub author: Author,
    /// Whose phone it is.
    pub person: String,
    /// When it was paired, in milliseconds since 1970.
    pub paired_at: i64,
    /// The greatest number of its requests.
    pub last_request: u64,
    /// When it last synced.
    pub last_sync_at: Option<i64>,
    /// The revision it has shown that it has.
    pub last_rev: u64,
    /// When it was revoked.
    pub revoked_at: Option<i64>,
}

/// Paired phones.
pub trait Devices {
    /// Adds a phone with the hash of its token; `false` if there is or was one with this author.
    fn add_device(&mut self, device: &Device, token_hash: &[u8]) -> Result<bool, DatabaseError>;

    /// The phone of this author.
    fn device(&mut self, author: &Author) -> Result<Option<Device>, DatabaseError>;

    /// The phone whose token has this hash.
    fn device_by_token(&mut self, token_hash: &[u8]) -> Result<Option<Device>, DatabaseError>;

    /// A person's phones, the oldest pairing first.
    fn devices(&mut self, person: &str) -> Result<Vec<Device>, DatabaseError>;

    /// Keeps what changes about a phone: its requests, revision and revocation.
    fn set_device(&mut self, device: &Device) -> Result<(), DatabaseError>;
}

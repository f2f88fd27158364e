//! How far this phone has synced, and with which server.

use std::fmt;

use promise_protocol::{
    Reading,
    signature::{PublicKey, Signature},
};

use super::StoreError;
use crate::sealing::PhoneKey;

/// How far a phone has synced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncState {
    /// The server generation that the cursor belongs to; `None` before the first response.
    pub generation: Option<String>,
    /// The last revision that this phone has.
    pub cursor: u64,
    /// The number of the newest request.
    pub request: u64,
    /// The number of the newest act that this phone signed.
    pub act: u64,
    /// The number of the edition that is shown, if there is one.
    pub edition: Option<u64>,
    /// The lowest edition number that this generation may show next, which is also what a request
    /// names. 0 after a restore: the restored server's edition may be lower.
    pub edition_floor: u64,
    /// The greatest clock reading that this phone has seen or taken.
    pub greatest_reading: Reading,
    /// What to add to this phone's clock to get the server's, in milliseconds.
    pub clock_offset: i64,
    /// When the last response was applied, by this phone's clock, in milliseconds since 1970.
    pub last_sync: Option<i64>,
    /// How many changes were not what they claim, and were not shown.
    pub unverified: u64,
    /// The cursor before the first of them, from which the next sync asks again: the server may have sent a
    /// genuine change altered.
    pub unverified_since: Option<u64>,
    /// Since when the server says that it does not know this phone, or that it was taken off, without an
    /// order that the council signed: by this phone's clock, in milliseconds since 1970. `None` after a
    /// sync that succeeds.
    pub refused_since: Option<i64>,
}

/// Whether a phone may talk to its server.
#[derive(Clone, PartialEq, Eq)]
pub enum ServerAccess {
    /// It has this bearer token.
    Token(String),
    /// The council took it off and released it. It has no token, and syncs no more until it is paired
    /// again.
    Released {
        /// When, by the council's clock, in milliseconds since 1970.
        at: i64,
    },
}

/// The server and the person that a phone is paired with.
#[derive(Clone, PartialEq, Eq)]
pub struct Pairing {
    /// The server's address.
    pub server: String,
    /// The phone's bearer token, or when it was released.
    pub access: ServerAccess,
    /// The author of this phone's stamps.
    pub author: String,
    /// The council's id.
    pub council: String,
    /// The council's name, for display.
    pub council_name: String,
    /// The person's id on the server.
    pub person: String,
    /// The keys of the council that count, newest first. What none of them signed is not shown as the
    /// council's.
    pub council_keys: Vec<PublicKey>,
    /// Those of them that can have signed an order to this phone, newest first: the newest one that it knew
    /// when its server last accepted its token, and those after it.
    pub order_keys: Vec<PublicKey>,
    /// The council's signature of the pairing of this author and key with this person: see
    /// [`Relink`](promise_protocol::Relink).
    pub signature: Signature,
    /// The key with which this phone proves that it is itself. The server has the public half.
    pub key: PhoneKey,
}

impl Pairing {
    /// The phone's bearer token; `None` if the phone was released.
    pub fn token(&self) -> Option<&str> {
        match &self.access {
            ServerAccess::Token(token) => Some(token),
            ServerAccess::Released { .. } => None,
        }
    }

    /// When the phone was released, if it was.
    pub fn released_at(&self) -> Option<i64> {
        match self.access {
            ServerAccess::Token(_) => None,
            ServerAccess::Released { at } => Some(at),
        }
    }

    /// Returns this pairing for a phone that had another one with the same person before. It keeps the earlier keys
    /// that it knew only if the council's newest one is still the same: it has been paired at a desk, where the
    /// person saw whose council it is, and may have followed a thief's key before. The key of this pairing
    /// vouches for the ones before it. None of those signed an order to this pairing.
    #[must_use]
    pub fn after(mut self, held: Option<Self>) -> Self {
        let Some(held) = held else { return self };
        if held.council_keys.first() == self.council_keys.first() {
            self.council_keys = held.council_keys;
        }
        self
    }
}

/// Prints no token, no key and no person.
impl fmt::Debug for Pairing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pairing").field("server", &self.server).finish_non_exhaustive()
    }
}

/// Stores the sync state and the pairing.
pub trait SyncStateStore {
    /// Returns the sync state; the default before it was ever set.
    fn sync_state(&mut self) -> Result<SyncState, StoreError>;
    /// Replaces the sync state.
    fn set_sync_state(&mut self, state: &SyncState) -> Result<(), StoreError>;
    /// Returns the pairing, or `None` before the phone is paired.
    fn pairing(&mut self) -> Result<Option<Pairing>, StoreError>;
    /// Replaces the pairing.
    fn set_pairing(&mut self, pairing: &Pairing) -> Result<(), StoreError>;
}

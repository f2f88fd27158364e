//! The id of a card: of a staff member, or of an entry of the address book.

use std::fmt;

use promise_protocol::ids::{EntryId, StaffId};
use serde::{Deserialize, Serialize};

/// The id of a card's holder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardId {
    /// A staff member.
    Staff(StaffId),
    /// An entry of the address book.
    Entry(EntryId),
}

impl CardId {
    /// Returns the id as text. The two kinds have none in common.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Staff(id) => id.as_str(),
            Self::Entry(id) => id.as_str(),
        }
    }
}

impl From<StaffId> for CardId {
    fn from(id: StaffId) -> Self {
        Self::Staff(id)
    }
}

impl From<&StaffId> for CardId {
    fn from(id: &StaffId) -> Self {
        Self::Staff(id.clone())
    }
}

impl From<EntryId> for CardId {
    fn from(id: EntryId) -> Self {
        Self::Entry(id)
    }
}

impl From<&EntryId> for CardId {
    fn from(id: &EntryId) -> Self {
        Self::Entry(id.clone())
    }
}

impl From<&CardId> for CardId {
    fn from(id: &CardId) -> Self {
        id.clone()
    }
}

impl fmt::Display for CardId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

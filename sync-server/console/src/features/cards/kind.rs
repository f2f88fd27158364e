//! Whose card a page is about, which decides how it speaks: to a staff member about themselves, or about an
//! entry of the address book.

use promise_services::cards::CardId;

use crate::kit::words;

/// Whose card it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CardKind {
    /// A staff member's.
    Staff,
    /// One of an entry of the address book.
    Entry,
}

impl From<&CardId> for CardKind {
    fn from(card: &CardId) -> Self {
        match card {
            CardId::Staff(_) => Self::Staff,
            CardId::Entry(_) => Self::Entry,
        }
    }
}

impl CardKind {
    /// Returns the key of a message on a card's page: `entry-{key}` for an entry if there is such a message.
    pub(super) fn key(self, key: &str) -> String {
        let own = format!("entry-{key}");
        let has_own = self == Self::Entry && words::find(&own).is_some();
        if has_own { own } else { key.to_owned() }
    }

    /// Returns the key of the notice of what was just done: `entry-{done}` for an entry.
    pub(super) fn done(self, done: &str) -> String {
        match self {
            Self::Staff => done.to_owned(),
            Self::Entry => format!("entry-{done}"),
        }
    }

    /// Returns a message on a card's page.
    pub(super) fn t(self, key: &str) -> String {
        words::t(&self.key(key))
    }
}

//! What a council signs.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    Change, Edition, PhoneOrder, canonical,
    fault_injection::{Fault, is_injected},
    signature::{PublicKey, Signature},
};

/// Something that a council states.
#[derive(Clone, Copy, Debug)]
pub enum Statement<'a> {
    /// The council's staff, or its server, wrote this to a person's records. The person is the one
    /// by whose id their phones know them.
    Change {
        /// The person's id on their phones.
        person: &'a str,
        /// The change. Its signature is no part of the statement.
        change: &'a Change,
    },
    /// The council published this edition. It names all its packs.
    Edition(&'a Edition),
    /// The council paired the phone that has this author and this key with this person.
    Phone {
        /// The person's id on their phones.
        person: &'a str,
        /// The author of the phone's stamps.
        author: &'a str,
        /// The key with which the phone signs.
        key: &'a PublicKey,
    },
    /// The council took this phone off, and it does this. The author is new at each pairing.
    Order {
        /// The person's id on their phones.
        person: &'a str,
        /// The author of the phone's stamps.
        author: &'a str,
        /// What the phone does.
        order: PhoneOrder,
        /// When it was taken off, in milliseconds since 1970.
        at: i64,
    },
    /// The council goes on with another key. Signed with both keys.
    Successor {
        /// The key that signed until then.
        before: &'a PublicKey,
        /// The key that signs from then on.
        key: &'a PublicKey,
        /// `true` if the key before is in other hands: neither it nor any earlier key counts any more.
        distrusts_earlier: bool,
    },
}

/// The kinds of statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatementKind {
    /// [`Statement::Change`].
    Change,
    /// [`Statement::Edition`].
    Edition,
    /// [`Statement::Phone`].
    Phone,
    /// [`Statement::Order`].
    Order,
    /// [`Statement::Successor`].
    Successor,
}

impl StatementKind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Change, Self::Edition, Self::Phone, Self::Order, Self::Successor];

    /// The first part of every statement of this kind. No statement can stand for one of another kind.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Change => "pocket-promise change 2",
            Self::Edition => "pocket-promise edition 2",
            Self::Phone => "pocket-promise phone 2",
            Self::Order => "pocket-promise order 2",
            Self::Successor => "pocket-promise successor 2",
        }
    }

    /// Returns the kind and the council of a statement by its bytes, or `None` if they are no
    /// statement.
    pub fn of_bytes(bytes: &[u8]) -> Option<(Self, String)> {
        let parts: Vec<Value> = serde_json::from_slice(bytes).ok()?;
        let (first, council) = (parts.first()?.as_str()?, parts.get(1)?.as_str()?);
        let kind = Self::ALL.into_iter().find(|kind| kind.as_str() == first)?;
        Some((kind, council.to_owned()))
    }
}

impl fmt::Display for StatementKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Statement<'_> {
    /// Returns `true` if the key signed this statement of this council.
    pub fn is_signed(&self, council: &str, key: &PublicKey, signature: &Signature) -> bool {
        key.verifies(&self.to_bytes(council), signature)
    }

    /// Which kind of statement it is.
    pub fn kind(&self) -> StatementKind {
        match self {
            Self::Change { .. } => StatementKind::Change,
            Self::Edition(_) => StatementKind::Edition,
            Self::Phone { .. } => StatementKind::Phone,
            Self::Order { .. } => StatementKind::Order,
            Self::Successor { .. } => StatementKind::Successor,
        }
    }

    /// Returns the bytes that are signed: all parts in one canonical JSON array, so that different
    /// statements never have the same bytes.
    pub fn to_bytes(&self, council: &str) -> Vec<u8> {
        let kind = self.kind().as_str();
        canonical::to_vec(&match self {
            Self::Change { person, change } => {
                let stamp = change.stamp.to_string();
                json!([kind, council, person, change.collection, change.id, stamp, change.fields])
            }
            Self::Edition(edition) => json!([kind, council, edition.number, edition.packs]),
            Self::Phone { person, author, key } => json!([kind, council, person, author, key]),
            Self::Order { person, author, order, at } => {
                let author: &str = if is_injected(Fault::OrderForAnyPhone) { "" } else { author };
                json!([kind, council, person, author, order, at])
            }
            Self::Successor { before, key, distrusts_earlier } => {
                json!([kind, council, before, key, distrusts_earlier])
            }
        })
    }
}

//! Ids as types of their own, so that a person's id cannot be passed where a staff id is wanted.
//!
//! An id is opaque text. [`FromStr`] validates what a user typed or another program sent: 1 to 64
//! of `a`-`z`, `0`-`9`, `-`, `_` and `.`. `new`, `From<String>` and deserialising do not validate,
//! because a bad id in a message must refuse that one cell, not the whole message:
//! [`schema::check`](crate::schema::check) does that.

use std::{borrow::Borrow, fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::base32hex;

/// The text is not a valid id.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("\"{0}\" is not an id; use 1 to 64 of a-z, 0-9, \"-\", \"_\" and \".\"")]
pub struct InvalidId(pub String);

/// Returns `true` if the text is a valid id: 1 to 64 of `a`-`z`, `0`-`9`, `-`, `_` and `.`.
pub fn is_record_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.'))
}

/// A new random id: 64 bits in base32hex, 13 characters.
pub fn random_id(random: [u8; 8]) -> String {
    base32hex::encoding().encode(&random)
}

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident;)+) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Wraps an id that is known to be one, such as a stored one. Does not validate.
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            /// A new random id: 13 characters.
            pub fn random(random: [u8; 8]) -> Self {
                Self(random_id(random))
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The id as text, without copying.
            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                if is_record_id(text) { Ok(Self(text.to_owned())) } else { Err(InvalidId(text.to_owned())) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id)
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        #[cfg(feature = "uniffi")]
        uniffi::custom_newtype!($name, String);
    )+ };
}

ids! {
    /// A council's short name, such as `barnet`.
    CouncilId;
    /// A young person on the server: random, and unrelated to the council's own reference.
    PersonId;
    /// A staff member on the server: random.
    StaffId;
    /// An entry of a council's address book: random. No staff member has the same one.
    EntryId;
    /// An act on a staff member's sign-in that takes two people, or was done by the operator.
    PrivilegedActId;
    /// A record in any collection. The types below are records of one collection.
    RecordId;
    /// A contact: one the council gives, or one of the young person's own.
    ContactId;
    /// A question that the young person asks their adviser.
    AskId;
    /// An appointment.
    AppointmentId;
    /// A section of the promise.
    SectionId;
    /// A pledge of the promise.
    PledgeId;
    /// An opportunity.
    OpportunityId;
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn id_from_text_is_validated() {
        assert_eq!("p-0123.x_y".parse::<PersonId>(), Ok(PersonId::new("p-0123.x_y")));
        for text in ["", "A", "a b", "../../etc", &"a".repeat(65)] {
            assert_eq!(text.parse::<PersonId>(), Err(InvalidId(text.to_owned())), "{text}");
        }
    }

    #[test]
    fn random_id_is_valid_and_keeps_the_order_of_its_bytes() {
        let ids = [[0; 8], [1; 8], [255; 8]].map(PersonId::random);
        assert!(ids.iter().all(|id| is_record_id(id.as_str())) && ids.is_sorted());
    }

    #[test]
    fn id_is_plain_text_in_json_and_as_key() {
        let id: PledgeId = serde_json::from_str("\"council-tax\"").unwrap();
        assert_eq!(serde_json::to_string(&id).unwrap(), "\"council-tax\"");
        assert_eq!(id.to_string(), "council-tax");
        let pledges = HashMap::from([(id, 1)]);
        assert_eq!(pledges.get("council-tax"), Some(&1));
    }

    #[test]
    fn invalid_id_in_json_is_kept_for_the_schema_to_refuse() {
        let id: RecordId = serde_json::from_str("\"A B\"").unwrap();
        assert_eq!(id, "A B");
    }
}

//! The record of a person's phones, which is on all of them: how each one came, what it may do, and its key.
//!
//! The server writes it, and the council signs it: no phone can write, change or delete a record. A
//! phone that was not asked for shows itself in that way to the phones that are there.

use crate::vocabulary::open_vocabulary;

/// The collection's name. The id of a record is the author of the phone's stamps.
pub const PHONE: &str = "phone";

open_vocabulary! {
    /// Who made the code by which a phone came.
    pub enum Inviter {
        /// A staff member. The record's `by` is the name on their card at the time.
        Staff = "staff",
        /// Another phone of the person. The record's `by` is its id.
        Phone = "phone",
        /// The server's operator.
        Operator = "operator",
    }
}

open_vocabulary! {
    /// What a phone of a person may do.
    pub enum DeviceState {
        /// Everything.
        Full = "full",
        /// Not erase, revoke others, invite, change keys or clear what is sealed, until a full phone of the
        /// person or a second member of staff confirms it.
        Limited = "limited",
        /// Nothing: it was revoked because it is lost or stolen, and wipes itself.
        Revoked = "revoked",
        /// Nothing: it was revoked because it is not used any more, and keeps what is on it.
        Released = "released",
        /// Nothing: the server does not know it any more, because it was restored from a backup.
        Lost = "lost",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Author, AuthorKind,
        ids::is_record_id,
        schema::{self, Owner, Refusal},
    };

    #[test]
    fn phone_record_is_written_by_the_server_alone() {
        let id = Author::new(AuthorKind::Phone, [7; 5]);
        assert!(is_record_id(id.as_str()));
        let check = |writer, field: &str, value: &str| {
            schema::check_wire(writer, PHONE, id.as_str(), field, &value.into())
        };
        for (field, value) in [
            ("paired_at", "2026-11-30T14:02:00.000Z"),
            ("inviter", Inviter::Staff.as_str()),
            ("by", "Sam Okoro"),
            ("state", DeviceState::Full.as_str()),
            ("key", "A".repeat(43).as_str()),
        ] {
            assert_eq!(check(Owner::Council, field, value), Ok(()), "{field}");
            for writer in [Owner::YoungPerson, Owner::Adviser] {
                assert_eq!(check(writer, field, value), Err(Refusal::NotOwner), "{field}");
            }
        }
    }
}

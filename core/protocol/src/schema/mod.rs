//! The ownership table: who may write which field, what it may hold, and how it is displayed.
//!
//! This is the only source for validation on the phone, on the server and in the staff console, and
//! for the forms, the command line, the search and the export of contacts. A field has one owner, so
//! a real conflict can only arise between one person's own phones.

mod check;
mod contacts;
mod field;
mod kind;
mod refusal;
mod sealed;
mod table;

pub use check::{check, check_wire};
pub use contacts::{
    CARD, CONTACT, CONTACT_MARK, DISCREET, END_NOTE, MAX_POSITION, ON_CLOSED_DAYS, OWN_CONTACT,
    POSITION, VERIFIED_ON, card_fields,
};
pub use field::{Field, Format, Label, SearchPart, VCardProperty};
pub use kind::{Kind, MAX_PHONES};
pub use refusal::Refusal;
pub use sealed::{MAX_SEALED_CHARS, check_sealed};
pub use table::{COLLECTIONS, PROFILE_FACTS};

/// Who may write a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The young person, on any of their phones.
    YoungPerson,
    /// The council's staff who look after them, through the server.
    Adviser,
    /// The server itself, about what the council does. Neither phones nor staff may write it.
    Council,
}

impl Owner {
    /// The owner in whose name a server wrote a change of this collection. Applies to changes whose
    /// signature is valid: see [`crate::signature`].
    pub fn of_server_change(collection_name: &str) -> Self {
        let owner = collection(collection_name).and_then(Collection::owner);
        if owner == Some(Self::Council) { Self::Council } else { Self::Adviser }
    }
}

/// One collection of records about one person.
#[derive(Clone, Copy, Debug)]
pub struct Collection {
    /// The collection's name.
    pub name: &'static str,
    /// `true` if only the young person's phones may read it. Nothing of a sealed collection leaves
    /// the phone in plain text: its values are sealed, and its record ids are keyed hashes.
    pub sealed: bool,
    /// Its fields. Each collection has a `deleted` field, whose owner owns the record.
    pub fields: &'static [Field],
}

impl Collection {
    /// Finds a field by name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Who may delete and restore records of this collection.
    pub fn owner(&self) -> Option<Owner> {
        self.field(DELETED).map(|field| field.owner)
    }
}

/// The field that marks a record as deleted.
pub const DELETED: &str = "deleted";

/// In a sealed collection, the field that holds the record's id, because a keyed hash cannot be
/// reversed. Phones write it only for ids that the person's other phones cannot know: their own
/// contacts, and what the council no longer publishes. Deleting the record keeps it.
pub const OF: &str = "of";

/// The collection of the steps that make the history of the person's keys: see
/// [`KeyHistory`](crate::KeyHistory). They open nothing. The server writes them, each as the person's phone
/// certified it.
pub const ACCOUNT_KEY: &str = "account_key";

/// The collection, record and field of a fresh start: see [`crate::fresh_start()`].
pub const FRESH_START: (&str, &str, &str) = (ACCOUNT_KEY, "start", "afresh");

/// The collection, record and field in which the server reports that a phone tried to change the key without
/// the recovery phrase. The field holds the phone.
pub const KEY_REFUSAL: (&str, &str, &str) = ("key_refusal", "current", "by");

/// Finds a collection by name.
pub fn collection(name: &str) -> Option<&'static Collection> {
    COLLECTIONS.iter().find(|collection| collection.name == name)
}

/// Finds a field by the names of its collection and itself.
pub fn field(collection_name: &str, field_name: &str) -> Option<&'static Field> {
    collection(collection_name)?.field(field_name)
}

/// Returns `true` if only the young person's phones may read this collection. An unknown collection,
/// from a newer version, is kept as it came: if it was sealed, it still is.
pub fn is_sealed(collection_name: &str) -> bool {
    collection(collection_name).is_some_and(|collection| collection.sealed)
}

/// The fields that deleting a record empties: those that the record's owner owns. The other owners
/// empty theirs.
pub fn emptied_by_delete(collection: &Collection) -> impl Iterator<Item = &'static Field> {
    let owner = collection.owner();
    collection.fields.iter().filter(move |field| {
        Some(field.owner) == owner && field.name != DELETED && field.name != OF
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_collection_can_be_deleted_and_repeats_no_field() {
        for collection in COLLECTIONS {
            assert!(collection.owner().is_some(), "{}", collection.name);
            for (index, field) in collection.fields.iter().enumerate() {
                let twin = collection.fields.iter().skip(index + 1).any(|f| f.name == field.name);
                assert!(!twin, "{}.{}", collection.name, field.name);
            }
        }
    }

    #[test]
    fn sealed_collections_are_the_young_persons_and_hold_their_record_ids() {
        for collection in COLLECTIONS.iter().filter(|collection| collection.sealed) {
            let all = collection.fields.iter().all(|field| field.owner == Owner::YoungPerson);
            assert!(all && collection.field(OF).is_some(), "{}", collection.name);
            assert!(emptied_by_delete(collection).all(|field| field.name != OF));
        }
        for collection in [ACCOUNT_KEY, KEY_REFUSAL.0] {
            assert_eq!(Owner::of_server_change(collection), Owner::Council, "{collection}");
            assert!(!is_sealed(collection));
        }
    }

    #[test]
    fn collections_of_the_council_have_no_other_owner() {
        for collection in COLLECTIONS.iter().filter(|it| it.owner() == Some(Owner::Council)) {
            let all = collection.fields.iter().all(|field| field.owner == Owner::Council);
            assert!(all, "{}", collection.name);
            assert_eq!(Owner::of_server_change(collection.name), Owner::Council);
        }
        for other in ["contact", "ask", "appointment", "from_the_future"] {
            assert_eq!(Owner::of_server_change(other), Owner::Adviser, "{other}");
        }
    }
}

//! The ownership table: who may write what, and what it may hold.
//!
//! This is the one source for validation on the phone, on the server and in the staff console.
//! A field has one owner, so a real conflict can only be between one person's own phones.
//! Fields follow the domain's contact record: roles, phones, hours, leave and cover.

mod table;

use serde_json::Value;
use thiserror::Error;

use crate::values::{self, Kind};

pub use table::COLLECTIONS;

/// Who may write a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The young person, on any of their phones.
    YoungPerson,
    /// The council's staff who look after them, through the server.
    Adviser,
    /// The server itself, about what the council does. Nobody types it: no phone may write it, and
    /// neither may staff.
    Council,
}

impl Owner {
    /// In whose name a server wrote a change of this collection that it can prove.
    pub fn of_proved(collection_name: &str) -> Self {
        let owner = collection(collection_name).and_then(Collection::owner);
        if owner == Some(Self::Council) { Self::Council } else { Self::Adviser }
    }
}

/// One field of a collection.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The field's name, the same from SQL to screen.
    pub name: &'static str,
    /// Who may write it.
    pub owner: Owner,
    /// What it may hold.
    pub kind: Kind,
}

/// One collection of records about one person.
#[derive(Clone, Copy, Debug)]
pub struct Collection {
    /// The collection's name.
    pub name: &'static str,
    /// Whether only the young person's phones may read it. Nothing of a sealed collection leaves
    /// the phone in the clear: its values are sealed, and its records' names are keyed hashes.
    pub sealed: bool,
    /// Its fields. Each collection has a `deleted` field, whose owner owns the record.
    pub fields: &'static [Field],
}

impl Collection {
    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Who may delete and restore records of this collection.
    pub fn owner(&self) -> Option<Owner> {
        self.field(DELETED).map(|field| field.owner)
    }
}

/// The field that says whether a record is deleted.
pub const DELETED: &str = "deleted";

/// In a sealed collection, the field that holds the record's own name: a keyed hash cannot be
/// turned back. It is written where the name is not one that every phone of the person knows
/// anyway: for a contact of their own, and for what the council does not publish any more. Deleting
/// leaves it.
pub const OF: &str = "of";

/// The collection, record and field that say which key the person's phones seal under: a check
/// value, from which nothing can be opened.
pub const KEY_CHECK: (&str, &str, &str) = ("account_key", "current", "check");

/// The collection of this name.
pub fn collection(name: &str) -> Option<&'static Collection> {
    COLLECTIONS.iter().find(|collection| collection.name == name)
}

/// The field of this name in this collection.
pub fn field(collection_name: &str, field_name: &str) -> Option<&'static Field> {
    collection(collection_name)?.field(field_name)
}

/// Whether only the young person's phones may read this collection. One that is unknown (from a
/// newer version) is as it came: if it was sealed, it still is.
pub fn is_sealed(collection_name: &str) -> bool {
    collection(collection_name).is_some_and(|collection| collection.sealed)
}

/// Why a cell is refused. Its text is for logs and verdicts, and holds nothing personal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// No such collection.
    #[error("unknown_collection")]
    UnknownCollection,
    /// No such field in the collection.
    #[error("unknown_field")]
    UnknownField,
    /// The writer does not own the field.
    #[error("not_owner")]
    NotOwner,
    /// The collection is sealed and the value is not.
    #[error("must_be_sealed")]
    MustBeSealed,
    /// The value is longer than the field allows.
    #[error("too_long")]
    TooLong,
    /// The value is of another type than the field's.
    #[error("wrong_type")]
    WrongType,
    /// The record's name is not one.
    #[error("bad_record_id")]
    BadRecordId,
}

/// Whether `writer` may put `value` into a cell, as it is on the young person's phone and in the
/// staff console: in the clear.
pub fn check(
    writer: Owner,
    collection_name: &str,
    id: &str,
    field_name: &str,
    value: &Value,
) -> Result<(), Refusal> {
    let (_, field) = permitted(writer, collection_name, id, field_name)?;
    if value.is_null() { Ok(()) } else { field.kind.check(value) }
}

/// Like [`check`], for a cell as it is on the wire: what is in a sealed collection must be sealed.
/// `null` in the clear empties a cell whose key nobody uses any more; it says nothing.
pub fn check_sent(
    writer: Owner,
    collection_name: &str,
    id: &str,
    field_name: &str,
    value: &Value,
) -> Result<(), Refusal> {
    let (collection, field) = permitted(writer, collection_name, id, field_name)?;
    match value {
        Value::Null => Ok(()),
        value if collection.sealed => values::check_sealed(value),
        value => field.kind.check(value),
    }
}

fn permitted(
    writer: Owner,
    collection_name: &str,
    id: &str,
    field_name: &str,
) -> Result<(&'static Collection, &'static Field), Refusal> {
    let collection = collection(collection_name).ok_or(Refusal::UnknownCollection)?;
    let field = collection.field(field_name).ok_or(Refusal::UnknownField)?;
    if !values::is_record_id(id) {
        return Err(Refusal::BadRecordId);
    }
    if field.owner == writer { Ok((collection, field)) } else { Err(Refusal::NotOwner) }
}

/// The fields that deleting a record empties: those of the record's owner. Somebody else's words
/// on the record are theirs to empty.
pub fn emptied_by_delete(collection: &Collection) -> impl Iterator<Item = &'static Field> {
    let owner = collection.owner();
    collection.fields.iter().filter(move |field| {
        Some(field.owner) == owner && field.name != DELETED && field.name != OF
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_collection_can_be_deleted_and_names_no_field_twice() {
        for collection in COLLECTIONS {
            assert!(collection.owner().is_some(), "{}", collection.name);
            for (index, field) in collection.fields.iter().enumerate() {
                let twin = collection.fields.iter().skip(index + 1).any(|f| f.name == field.name);
                assert!(!twin, "{}.{}", collection.name, field.name);
            }
        }
    }

    #[test]
    fn sealed_collections_are_the_young_persons_and_name_themselves() {
        for collection in COLLECTIONS.iter().filter(|collection| collection.sealed) {
            let all = collection.fields.iter().all(|field| field.owner == Owner::YoungPerson);
            assert!(all && collection.field(OF).is_some(), "{}", collection.name);
            assert!(emptied_by_delete(collection).all(|field| field.name != OF));
        }
        let (collection, _, check) = KEY_CHECK;
        assert!(field(collection, check).is_some() && !is_sealed(collection));
    }

    #[test]
    fn what_the_council_says_of_itself_is_the_councils_alone() {
        let whole = |owner| {
            move |collection: &&Collection| {
                collection.fields.iter().all(|field| field.owner == owner)
            }
        };
        for collection in COLLECTIONS.iter().filter(|it| it.owner() == Some(Owner::Council)) {
            assert!(whole(Owner::Council)(&collection), "{}", collection.name);
            assert_eq!(Owner::of_proved(collection.name), Owner::Council);
        }
        for other in ["contact", "ask", "appointment", "from_the_future"] {
            assert_eq!(Owner::of_proved(other), Owner::Adviser, "{other}");
        }
    }

    #[test]
    fn each_refusal_has_its_case() {
        use Owner::{Adviser, Council, YoungPerson};
        let cases = [
            (YoungPerson, "access", "a1", "looked", json!(1), Refusal::NotOwner),
            (Adviser, "access", "a1", "looked", json!(1), Refusal::NotOwner),
            (Council, "access", "a1", "did", json!(["A B"]), Refusal::WrongType),
            (Council, "contact", "a1", "email", json!("x"), Refusal::NotOwner),
            (YoungPerson, "asks", "a1", "text", json!("x"), Refusal::UnknownCollection),
            (YoungPerson, "ask", "a1", "txt", json!("x"), Refusal::UnknownField),
            (YoungPerson, "ask", "a1", "reply", json!("x"), Refusal::NotOwner),
            (Adviser, "ask", "a1", "text", json!("x"), Refusal::NotOwner),
            (YoungPerson, "ask", "a1", "text", json!("x".repeat(2001)), Refusal::TooLong),
            (YoungPerson, "ask", "a1", "text", json!(7), Refusal::WrongType),
            (YoungPerson, "ask", "A 1", "text", json!("x"), Refusal::BadRecordId),
            (YoungPerson, "saved", "o1", "note", json!("x"), Refusal::MustBeSealed),
            (YoungPerson, "saved", "o1", "note", json!("s1.a b"), Refusal::MustBeSealed),
            (YoungPerson, "saved", "o1", "deleted", json!(false), Refusal::MustBeSealed),
            (Adviser, "saved", "o1", "note", json!("s1.abcd"), Refusal::NotOwner),
        ];
        for (writer, collection, id, field, value, refusal) in cases {
            assert_eq!(check_sent(writer, collection, id, field, &value), Err(refusal));
        }
        assert_eq!(check_sent(YoungPerson, "ask", "a1", "text", &json!("é".repeat(2000))), Ok(()));
        assert_eq!(check_sent(YoungPerson, "ask", "a1", "text", &Value::Null), Ok(()));
        assert_eq!(check(YoungPerson, "saved", "o1", "note", &json!("mine")), Ok(()));
        assert_eq!(check_sent(YoungPerson, "saved", "o1", "note", &json!("s1.a-Z_9")), Ok(()));
        assert_eq!(check_sent(YoungPerson, "saved", "o1", "note", &Value::Null), Ok(()));
    }
}

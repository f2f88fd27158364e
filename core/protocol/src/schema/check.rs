//! Who may write which value to which cell.

use serde_json::Value;

use super::{Collection, Field, Owner, Refusal, check_sealed, collection};
use crate::ids::is_record_id;

/// Checks that `writer` may write `value` to a cell in plain text: on the young person's phone and
/// in the staff console.
pub fn check(
    writer: Owner,
    collection_name: &str,
    id: &str,
    field_name: &str,
    value: &Value,
) -> Result<(), Refusal> {
    let (_, field) = writable(writer, collection_name, id, field_name)?;
    if value.is_null() { Ok(()) } else { field.kind.check(value) }
}

/// Like [`check`], for a cell on the wire: a value in a sealed collection must be sealed. A plain
/// `null` is accepted. It empties a cell whose key is no longer in use, and reveals nothing.
pub fn check_wire(
    writer: Owner,
    collection_name: &str,
    id: &str,
    field_name: &str,
    value: &Value,
) -> Result<(), Refusal> {
    let (collection, field) = writable(writer, collection_name, id, field_name)?;
    match value {
        Value::Null => Ok(()),
        value if collection.sealed => check_sealed(value),
        value => field.kind.check(value),
    }
}

fn writable(
    writer: Owner,
    collection_name: &str,
    id: &str,
    field_name: &str,
) -> Result<(&'static Collection, &'static Field), Refusal> {
    let collection = collection(collection_name).ok_or(Refusal::UnknownCollection)?;
    let field = collection.field(field_name).ok_or(Refusal::UnknownField)?;
    if !is_record_id(id) {
        return Err(Refusal::BadRecordId);
    }
    if field.owner == writer { Ok((collection, field)) } else { Err(Refusal::NotOwner) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Owner::{Adviser, Council, YoungPerson};
    use serde_json::json;

    #[test]
    fn cell_that_breaks_a_rule_is_refused_with_that_reason() {
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
            assert_eq!(check_wire(writer, collection, id, field, &value), Err(refusal));
        }
    }

    #[test]
    fn cell_within_the_rules_is_accepted() {
        assert_eq!(check_wire(YoungPerson, "ask", "a1", "text", &json!("é".repeat(2000))), Ok(()));
        assert_eq!(check_wire(YoungPerson, "ask", "a1", "text", &Value::Null), Ok(()));
        assert_eq!(check(YoungPerson, "saved", "o1", "note", &json!("mine")), Ok(()));
        assert_eq!(check_wire(YoungPerson, "saved", "o1", "note", &json!("s1.a-Z_9")), Ok(()));
        assert_eq!(check_wire(YoungPerson, "saved", "o1", "note", &Value::Null), Ok(()));
    }
}

//! Signed changes.

use promise_protocol::{
    Author, AuthorKind, Cell, CellKey, Change, Reading, Stamp, signature::Signature,
};
use serde_json::json;

use super::fixture::{id, populate, read, write};
use crate::{Database, ErasedPerson};

fn stamp(millis: i64) -> Stamp {
    Stamp::new(Reading::at_millis(millis), Author::new(AuthorKind::Staff, [1; 5]))
}

fn change(record: &str, millis: i64) -> Change {
    Change {
        collection: "contact".into(),
        id: record.into(),
        stamp: stamp(millis),
        fields: [("email".into(), json!("a@example.org")), ("role".into(), json!(null))].into(),
        signature: Some(Signature::new(format!("signature-{millis}"))),
    }
}

async fn store(database: &Database, person: &'static str, change: &Change) {
    let change = change.clone();
    write(database, move |tx| {
        tx.person_for_update(&id(person))?;
        tx.set_staff_change(&id(person), &change)
    })
    .await;
}

async fn set_cell(database: &Database, field: &'static str, stamp: Stamp) {
    write(database, move |tx| {
        tx.person_for_update(&id("ada"))?;
        let key = CellKey::new("contact", "c1", field);
        tx.set_cell(&id("ada"), &Cell { key, value: json!("x"), stamp }, Some(1))
    })
    .await;
}

async fn delete_replaced(database: &Database) {
    write(database, move |tx| {
        tx.person_for_update(&id("ada"))?;
        tx.delete_replaced_staff_changes(&id("ada"), "contact", "c1")
    })
    .await;
}

/// A signed change comes back as it was written, to its person only.
pub async fn staff_change_is_read_as_written(database: &Database) {
    populate(database).await;
    let (one, later, other) = (change("c1", 1), change("c1", 2), change("c2", 1));
    for change in [&later, &other, &one] {
        store(database, "ada", change).await;
    }
    let found = read(database, |tx| tx.staff_change(&id("ada"), "contact", "c1", &stamp(1)));
    assert_eq!(found.await, Some(one.clone()));
    let missing = read(database, |tx| tx.staff_change(&id("bea"), "contact", "c1", &stamp(1)));
    assert_eq!(missing.await, None);
    let all = read(database, |tx| tx.staff_changes(&id("ada")));
    assert_eq!(all.await, [one.clone(), later, other]);
    let again = Change { signature: Some(Signature::new("another")), ..one };
    store(database, "ada", &again).await;
    let found = read(database, |tx| tx.staff_change(&id("ada"), "contact", "c1", &stamp(1)));
    assert_eq!(found.await, Some(again));
}

/// A signed change is kept for as long as a cell has its stamp.
pub async fn replaced_staff_change_is_deleted_with_its_last_cell(database: &Database) {
    populate(database).await;
    store(database, "ada", &change("c1", 1)).await;
    for field in ["email", "role"] {
        set_cell(database, field, stamp(1)).await;
    }
    let is_kept = || read(database, |tx| tx.staff_change(&id("ada"), "contact", "c1", &stamp(1)));
    for (field, kept) in [("email", true), ("role", false)] {
        delete_replaced(database).await;
        assert!(is_kept().await.is_some(), "{field} still has it");
        set_cell(database, field, stamp(2)).await;
        delete_replaced(database).await;
        assert_eq!(is_kept().await.is_some(), kept, "{field}");
    }
}

/// Erasing a person, and dropping old records, deletes their signed changes.
pub async fn staff_changes_are_deleted_with_their_records(database: &Database) {
    populate(database).await;
    for record in ["a", "b"] {
        store(database, "ada", &change(record, 1)).await;
    }
    store(database, "bea", &change("a", 1)).await;
    write(database, |tx| tx.delete_records_before("contact", "b")).await;
    let left =
        read(database, |tx| Ok((tx.staff_changes(&id("ada"))?, tx.staff_changes(&id("bea"))?)));
    assert_eq!(left.await, (vec![change("b", 1)], vec![]));
    write(database, |tx| {
        tx.person_for_update(&id("ada"))?;
        tx.erase(&ErasedPerson { id: id("ada"), council: id("barnet"), erased_at: 1 })
    })
    .await;
    assert_eq!(read(database, |tx| tx.staff_changes(&id("ada"))).await, []);
}

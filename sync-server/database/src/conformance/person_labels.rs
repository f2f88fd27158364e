//! Labels of young people.

use super::fixture::{id, populate, read, write};
use crate::Database;

/// A label is replaced and deleted, and belongs to one person.
pub async fn label_is_kept_per_person(database: &Database) {
    populate(database).await;
    let label = |person: &'static str| read(database, move |tx| tx.person_label(&id(person)));
    assert_eq!(label("ada").await, None);
    for text in ["A.B. \u{e9}", "C.D."] {
        write(database, move |tx| {
            tx.person_for_update(&id("ada"))?;
            tx.set_person_label(&id("ada"), Some(text))
        })
        .await;
        assert_eq!(label("ada").await.as_deref(), Some(text));
        assert_eq!(label("bea").await, None);
    }
    write(database, |tx| {
        tx.person_for_update(&id("ada"))?;
        tx.set_person_label(&id("ada"), None)
    })
    .await;
    assert_eq!(label("ada").await, None);
}

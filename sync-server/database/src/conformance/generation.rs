//! The generation.

use promise_protocol::{Author, AuthorKind};

use super::fixture::{read, write};
use crate::{Database, Generation};

/// A new database has no generation.
pub async fn generation_is_none_at_first(database: &Database) {
    assert_eq!(read(database, |tx| tx.generation()).await, None);
}

/// A new generation replaces the old one.
pub async fn set_generation_replaces_the_old_one(database: &Database) {
    for number in [1, 2] {
        let generation = Generation {
            id: format!("gener{number:03}"),
            staff_author: Author::new(AuthorKind::Staff, [number; 5]),
        };
        let written = generation.clone();
        write(database, move |tx| tx.set_generation(&written)).await;
        assert_eq!(read(database, |tx| tx.generation()).await, Some(generation));
    }
}

//! The last import of allocations.

use super::fixture::{id, populate, read, write};
use crate::{AllocationImport, Database};

/// Each council has its last import, and no other.
pub async fn allocation_import_replaces_the_last_one(database: &Database) {
    populate(database).await;
    let import =
        |council: &str, at: i64, rows: usize| AllocationImport { council: id(council), at, rows };
    let imports = [import("barnet", 1, 800), import("barnet", 2, 790)];
    write(database, move |tx| {
        imports.iter().try_for_each(|import| tx.set_allocation_import(import))
    })
    .await;
    let found = read(database, |tx| {
        Ok([tx.last_allocation_import(&id("barnet"))?, tx.last_allocation_import(&id("camden"))?])
    });
    assert_eq!(found.await, [Some(import("barnet", 2, 790)), None]);
}

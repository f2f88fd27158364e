//! The rules of [`conformance`](crate::store::conformance), for a database in a file and in memory;
//! and what only SQLite does.

use tempfile::TempDir;

use super::SqliteStore;
use crate::{
    DatabaseKey,
    store::{Store, StoreError, conformance::conformance_tests},
};

fn key() -> DatabaseKey {
    DatabaseKey::new([7; 32])
}

fn open_in_file() -> (SqliteStore, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("phone.db"), &key()).unwrap();
    (store, folder)
}

fn open_in_memory() -> (SqliteStore, ()) {
    (SqliteStore::open_in_memory().unwrap(), ())
}

mod in_file {
    use super::{conformance_tests, open_in_file};

    conformance_tests!(open_in_file);
}

mod in_memory {
    use super::{conformance_tests, open_in_memory};

    conformance_tests!(open_in_memory);
}

#[test]
fn newer_database_is_read_and_not_written() {
    let (store, folder) = open_in_file();
    store.connection.pragma_update(None, "user_version", 99).unwrap();
    drop(store);
    let mut store = SqliteStore::open(&folder.path().join("phone.db"), &key()).unwrap();
    assert!(matches!(store.read_only(), Some(StoreError::Newer { found: 99, known: 1 })));
    let state = store.transact::<_, StoreError>(|tx| tx.sync_state()).unwrap();
    let written = store.transact(|tx| tx.set_sync_state(&state));
    assert!(matches!(written, Err(StoreError::Newer { found: 99, known: 1 })));
}

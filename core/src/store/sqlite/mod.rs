//! The store on SQLite, encrypted by SQLCipher. Only this folder names rusqlite.
//!
//! Each file implements one of the store's traits for [`SqliteTx`].

mod app_lock;
mod cells;
mod clears;
mod document_rows;
mod documents;
mod earlier;
mod errors;
mod export;
mod files;
mod fingerprint;
mod key_state;
mod numbers_before;
mod open;
mod packs;
mod pictures;
mod quarantine;
mod recovery;
mod resend;
mod rows;
mod search;
mod searchable_text;
mod seen_devices;
mod staff_changes;
mod sync_state;
#[cfg(test)]
mod tests;
mod undecryptable;

use rusqlite::{Connection, TransactionBehavior};

use self::open::MIGRATIONS;
use super::{Store, StoreError, Tx};

pub use files::{begin_wipe, is_wipe_unfinished, set_aside, wipe};

/// A phone's database.
pub struct SqliteStore {
    connection: Connection,
    /// The schema version, if a newer program wrote the database. Then it is only read.
    newer: Option<i64>,
}

impl SqliteStore {
    /// Returns the reason if the database can only be read.
    pub fn read_only(&self) -> Option<StoreError> {
        if let Some(found) = self.newer {
            return Some(newer(found));
        }
        let read_only = self.connection.is_readonly(rusqlite::MAIN_DB).unwrap_or(false);
        read_only.then_some(StoreError::ReadOnly)
    }

    /// Limits the size of the file, in pages of 4 KiB, to test what a full disk does.
    #[cfg(any(test, feature = "testing"))]
    pub fn limit_pages(&mut self, pages: u32) -> Result<(), StoreError> {
        self.connection.pragma_update(None, "max_page_count", pages)?;
        Ok(())
    }
}

impl Store for SqliteStore {
    fn transact<R, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut dyn Tx) -> Result<R, E>,
    ) -> Result<R, E> {
        // A read-only database has no write lock to take.
        let behavior = if self.read_only().is_some() {
            TransactionBehavior::Deferred
        } else {
            TransactionBehavior::Immediate
        };
        let newer = self.newer;
        let transaction =
            self.connection.transaction_with_behavior(behavior).map_err(StoreError::from)?;
        let result = work(&mut SqliteTx { connection: &transaction, newer })?;
        transaction.commit().map_err(StoreError::from)?;
        Ok(result)
    }
}

/// One open transaction.
struct SqliteTx<'a> {
    connection: &'a Connection,
    newer: Option<i64>,
}

impl SqliteTx<'_> {
    fn read(&self) -> &Connection {
        self.connection
    }

    /// Returns the connection for writing, or an error if a newer program wrote the database.
    fn write(&self) -> Result<&Connection, StoreError> {
        self.newer.map_or(Ok(self.connection), |found| Err(newer(found)))
    }
}

fn newer(found: i64) -> StoreError {
    StoreError::Newer { found, known: MIGRATIONS.version() }
}

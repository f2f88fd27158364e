//! The store on SQLite, encrypted by SQLCipher. Only this folder names rusqlite.

mod cells;
mod documents;
mod errors;
mod export;
mod open;
mod pictures;
mod published;
mod sealed;
mod search;
mod staff;
mod state;
mod tx;
mod wipe;

use rusqlite::{Connection, TransactionBehavior};

use self::tx::SqliteTx;
use super::{Store, StoreError, Tx};

pub use open::set_aside;
pub use wipe::wipe;

/// A phone's database.
pub struct SqliteStore {
    connection: Connection,
    /// The version a newer program wrote; then the database is only read.
    newer: Option<i64>,
}

impl SqliteStore {
    /// Whether the database can only be read, and why.
    pub fn read_only(&self) -> Option<StoreError> {
        if let Some(found) = self.newer {
            return Some(StoreError::Newer { found, known: open::MIGRATIONS.version() });
        }
        let read_only = self.connection.is_readonly(rusqlite::MAIN_DB).unwrap_or(false);
        read_only.then_some(StoreError::ReadOnly)
    }

    /// Bounds the size of the file, in pages of 4 KiB, as a full disk would.
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

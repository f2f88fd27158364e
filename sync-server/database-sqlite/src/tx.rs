//! One transaction on SQLite. The topics' methods are in the files beside this one.

use std::{collections::BTreeMap, str::FromStr};

use promise_database::DatabaseError;
use rusqlite::Connection;

use super::{errors::OrStoreError, statement::Statement};

/// One transaction, or one job's part of a transaction that several jobs share.
pub(super) struct SqliteTx<'a> {
    connection: &'a Connection,
    /// The revisions this transaction has raised.
    pub(super) raised: BTreeMap<String, u64>,
    /// Whether it holds something new for a phone: see [`SqliteTx::mark_nudge`].
    nudge: bool,
}

impl<'a> SqliteTx<'a> {
    pub(super) fn new(connection: &'a Connection) -> Self {
        Self { connection, raised: BTreeMap::new(), nudge: false }
    }

    /// Notes that this transaction holds something that a phone is to be nudged for.
    pub(super) fn mark_nudge(&mut self) {
        self.nudge = true;
    }

    /// Returns `true` if a phone is to be nudged for this transaction.
    pub(super) fn has_nudge(&self) -> bool {
        self.nudge
    }

    /// A prepared statement, kept for the next time.
    pub(super) fn sql(&self, text: &str) -> Result<Statement<'a>, DatabaseError> {
        Ok(Statement::new(self.connection.prepare_cached(text).or_store_error()?))
    }
}

/// Reads a stored text as what it should be.
pub(super) fn parse<T: FromStr>(text: &str, what: &'static str) -> Result<T, DatabaseError> {
    text.parse().map_err(|_| DatabaseError::Unreadable(what))
}

/// Reads stored JSON as what it should be.
pub(super) fn from_json<T: serde::de::DeserializeOwned>(
    text: &str,
    what: &'static str,
) -> Result<T, DatabaseError> {
    serde_json::from_str(text).map_err(|_| DatabaseError::Unreadable(what))
}

/// JSON to store.
pub(super) fn to_json<T: serde::Serialize>(
    value: &T,
    what: &'static str,
) -> Result<String, DatabaseError> {
    serde_json::to_string(value).map_err(|_| DatabaseError::Unreadable(what))
}

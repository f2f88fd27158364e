//! One transaction on SQLite. The topics' methods are in the files beside this one.

use std::{collections::BTreeMap, str::FromStr};

use rusqlite::{CachedStatement, Connection};

use crate::store::StoreError;

/// One transaction, or one job's part of a transaction that several jobs share.
pub(super) struct SqliteTx<'a> {
    connection: &'a Connection,
    /// The revisions this transaction has raised.
    pub(super) raised: BTreeMap<String, u64>,
}

impl<'a> SqliteTx<'a> {
    pub(super) fn new(connection: &'a Connection) -> Self {
        Self { connection, raised: BTreeMap::new() }
    }

    /// A prepared statement, kept for the next time.
    pub(super) fn sql(&self, text: &str) -> Result<CachedStatement<'a>, StoreError> {
        Ok(self.connection.prepare_cached(text)?)
    }
}

/// Reads a stored text as what it should be.
pub(super) fn parse<T: FromStr>(text: &str, what: &'static str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Unreadable(what))
}

/// Reads stored JSON as what it should be.
pub(super) fn from_json<T: serde::de::DeserializeOwned>(
    text: &str,
    what: &'static str,
) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Unreadable(what))
}

/// JSON to store.
pub(super) fn to_json<T: serde::Serialize>(
    value: &T,
    what: &'static str,
) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Unreadable(what))
}

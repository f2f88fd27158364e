//! One transaction. The files beside this one implement its traits, one for each topic.

use std::{collections::BTreeMap, str::FromStr};

use promise_database::{Actor, DatabaseError};
use rusqlite::Connection;

use super::{errors::OrDatabaseError, lock_order::LockOrder, statement::Statement};

/// One transaction, or one job's part of a transaction that several jobs share.
pub(super) struct SqliteTx<'a> {
    connection: &'a Connection,
    /// The revisions that this transaction has raised.
    pub(super) revisions: BTreeMap<String, u64>,
    pub(super) lock_order: LockOrder,
    nudge: bool,
}

impl<'a> SqliteTx<'a> {
    pub(super) fn new(connection: &'a Connection) -> Self {
        Self {
            connection,
            revisions: BTreeMap::new(),
            lock_order: LockOrder::default(),
            nudge: false,
        }
    }

    /// Notes that this transaction holds something new for a phone.
    pub(super) fn mark_nudge(&mut self) {
        self.nudge = true;
    }

    /// Returns `true` if this transaction holds something new for a phone.
    pub(super) fn has_nudge(&self) -> bool {
        self.nudge
    }

    /// Returns a prepared statement from the connection's cache.
    pub(super) fn sql(&self, text: &str) -> Result<Statement<'a>, DatabaseError> {
        Ok(Statement::new(self.connection.prepare_cached(text).or_database_error()?))
    }
}

/// Returns the number as SQLite stores it. Its integers end at 2^63, and nothing here counts that
/// far.
pub(super) fn sql_number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Returns what stands for an actor in a column that is part of a key and cannot be NULL.
pub(super) fn actor_to_key(actor: &Actor) -> &str {
    actor.staff().unwrap_or_default()
}

/// The reverse of [`actor_to_key`].
pub(super) fn actor_from_key(key: String) -> Actor {
    if key.is_empty() { Actor::Operator } else { Actor::Staff(key) }
}

/// Parses stored text. `what` names it in the error.
pub(super) fn parse<T: FromStr>(text: &str, what: &'static str) -> Result<T, DatabaseError> {
    text.parse().map_err(|_| DatabaseError::Unreadable(what))
}

/// Parses stored JSON. `what` names it in the error.
pub(super) fn from_json<T: serde::de::DeserializeOwned>(
    text: &str,
    what: &'static str,
) -> Result<T, DatabaseError> {
    serde_json::from_str(text).map_err(|_| DatabaseError::Unreadable(what))
}

/// Returns JSON to store. `what` names it in the error.
pub(super) fn to_json<T: serde::Serialize>(
    value: &T,
    what: &'static str,
) -> Result<String, DatabaseError> {
    serde_json::to_string(value).map_err(|_| DatabaseError::Unreadable(what))
}

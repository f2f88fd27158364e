//! One transaction. The files beside this one implement its traits, one for each topic.

#[cfg(any(test, feature = "testing"))]
use std::cell::RefCell;
use std::collections::BTreeMap;

use promise_database::{DatabaseError, Signer};
use promise_protocol::ids::PersonId;
use rusqlite::Connection;

use super::{errors::OrDatabaseError, lock_order::LockOrder, statement::Statement};

/// One transaction, or one job's part of a transaction that several jobs share.
pub(super) struct SqliteTx<'a> {
    connection: &'a Connection,
    pub(super) signer: &'a dyn Signer,
    /// The revisions that this transaction has raised.
    pub(super) revisions: BTreeMap<PersonId, u64>,
    pub(super) lock_order: LockOrder,
    nudge: bool,
    /// The statements that ran, for tests that count them.
    #[cfg(any(test, feature = "testing"))]
    statements: RefCell<Vec<String>>,
}

impl<'a> SqliteTx<'a> {
    pub(super) fn new(connection: &'a Connection, signer: &'a dyn Signer) -> Self {
        Self {
            connection,
            signer,
            revisions: BTreeMap::new(),
            lock_order: LockOrder::default(),
            nudge: false,
            #[cfg(any(test, feature = "testing"))]
            statements: RefCell::default(),
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

    /// Takes the statements that ran so far.
    #[cfg(any(test, feature = "testing"))]
    pub(super) fn take_statements(&self) -> Vec<String> {
        self.statements.take()
    }

    /// Returns a prepared statement from the connection's cache.
    pub(super) fn sql(&self, text: &str) -> Result<Statement<'a>, DatabaseError> {
        #[cfg(any(test, feature = "testing"))]
        self.statements.borrow_mut().push(text.to_owned());
        Ok(Statement::new(self.connection.prepare_cached(text).or_database_error()?))
    }
}

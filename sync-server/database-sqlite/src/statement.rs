//! A prepared statement whose errors become [`DatabaseError`](promise_database::DatabaseError)s.

use rusqlite::{CachedStatement, Params, Row};

use super::errors::SqliteError;

/// A prepared statement from the connection's cache.
pub(super) struct Statement<'a>(CachedStatement<'a>);

impl<'a> Statement<'a> {
    pub(super) fn new(statement: CachedStatement<'a>) -> Self {
        Self(statement)
    }

    /// Executes the statement and returns how many rows it changed.
    pub(super) fn execute(&mut self, parameters: impl Params) -> Result<usize, SqliteError> {
        Ok(self.0.execute(parameters)?)
    }

    /// Returns the number of parameters.
    pub(super) fn parameter_count(&self) -> usize {
        self.0.parameter_count()
    }

    /// Executes the query and reads its first row.
    pub(super) fn query_row<T>(
        &mut self,
        parameters: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, SqliteError> {
        Ok(self.0.query_row(parameters, read)?)
    }

    /// Executes the query and reads each row.
    pub(super) fn query_map<T>(
        &mut self,
        parameters: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<impl Iterator<Item = Result<T, SqliteError>>, SqliteError> {
        Ok(self.0.query_map(parameters, read)?.map(|row| Ok(row?)))
    }
}

//! Removing the traces of erased people, until no byte of what was erased is left on disk.
//!
//! `secure_delete` overwrites deleted rows with zeros. Two kinds of traces stay. When SQLite moves
//! rows from a full page to another, the place where they were can keep a copy, so the file is
//! rewritten with `VACUUM`. And the log (`-wal`) holds pages as they were, so it is truncated. How
//! far the removal has come is stored in the database, so that the next process to open it goes on.

use std::time::Duration;

use promise_database::DatabaseError;

use super::{
    connection::{BUSY_TIMEOUT, SqliteConnection},
    errors::OrDatabaseError,
};

/// How long one attempt may block other writers.
const ATTEMPT_TIMEOUT: Duration = Duration::from_millis(100);

/// Where on disk traces of an erased person may be left.
#[derive(Clone, Copy)]
enum Traces {
    /// In the file and the log.
    InFile = 0,
    /// In the log.
    InLog = 1,
    /// Nowhere.
    Removed = 2,
}

impl SqliteConnection {
    /// Removes the traces of everyone who was erased. Returns `false` if another transaction writes
    /// or still reads an older state of the database, for example a backup. Retrying later helps.
    pub fn remove_traces(&mut self) -> Result<bool, DatabaseError> {
        match self.try_to_remove_traces() {
            Err(DatabaseError::Busy) => Ok(false),
            done => done,
        }
    }

    fn try_to_remove_traces(&mut self) -> Result<bool, DatabaseError> {
        let in_file = self.people_with(Traces::InFile)?;
        if !in_file.is_empty() {
            self.connection.execute_batch("VACUUM").or_database_error()?;
            self.set_traces(&in_file, Traces::InLog)?;
        }
        let in_log = self.people_with(Traces::InLog)?;
        if in_log.is_empty() {
            return Ok(true);
        }
        let is_empty = self.truncate_log()?;
        if is_empty {
            self.set_traces(&in_log, Traces::Removed)?;
        }
        Ok(is_empty)
    }

    /// Moves everything from the log into the database and truncates the log. Returns `false` if a
    /// transaction still reads from the log.
    fn truncate_log(&mut self) -> Result<bool, DatabaseError> {
        self.connection.busy_timeout(ATTEMPT_TIMEOUT).or_database_error()?;
        let is_blocked: rusqlite::Result<bool> =
            self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |row| row.get(0));
        self.connection.busy_timeout(BUSY_TIMEOUT).or_database_error()?;
        Ok(!is_blocked.or_database_error()?)
    }

    fn people_with(&self, traces: Traces) -> Result<Vec<String>, DatabaseError> {
        let mut statement = self
            .connection
            .prepare("SELECT id FROM erased_person WHERE traces = ?")
            .or_database_error()?;
        statement
            .query_map([traces as i64], |row| row.get(0))
            .or_database_error()?
            .collect::<Result<_, _>>()
            .or_database_error()
    }

    /// Stores where traces of these people are left. Not of everyone: another process may have
    /// erased a person since.
    fn set_traces(&self, people: &[String], traces: Traces) -> Result<(), DatabaseError> {
        for id in people {
            self.connection
                .execute("UPDATE erased_person SET traces = ? WHERE id = ?", (traces as i64, id))
                .or_database_error()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;

//! Sweeping up after an erasure, until no byte of what was erased is left on disk.
//!
//! `secure_delete` writes zeros over what is deleted. Two kinds of traces stay. When SQLite moves
//! rows from a full page to another, the place where they were can keep a copy, so the file is
//! written anew from what is still there. And the log (`-wal`) holds pages as they were, so it is
//! cut to nothing. How far that is stands in the database: whoever opens it next goes on.

use std::time::{Duration, Instant};

use super::connection::{BUSY_TIMEOUT, SqliteConnection};
use crate::errors::OrStoreError;
use promise_database::DatabaseError;

/// How long one try may hold up whoever wants to write.
const ONE_TRY: Duration = Duration::from_millis(100);

/// Of somebody erased, the file and the log may still hold traces.
const IN_FILE: i64 = 0;
/// The log may.
const IN_LOG: i64 = 1;
/// Nothing does.
const NOWHERE: i64 = 2;

impl SqliteConnection {
    /// Sweeps up after everybody who was erased. `false`: somebody writes, or still reads the
    /// database as it was before, such as a backup, so the log stays. Try again later.
    pub fn remove_traces(&mut self) -> Result<bool, DatabaseError> {
        match self.remove_traces_now() {
            Err(DatabaseError::Busy) => Ok(false),
            done => done,
        }
    }

    fn remove_traces_now(&mut self) -> Result<bool, DatabaseError> {
        let in_file = self.left(IN_FILE)?;
        if !in_file.is_empty() {
            self.connection.execute_batch("VACUUM").or_store_error()?;
            self.note(&in_file, IN_LOG)?;
        }
        let in_log = self.left(IN_LOG)?;
        if in_log.is_empty() {
            return Ok(true);
        }
        let is_empty = self.empty_log()?;
        if is_empty {
            self.note(&in_log, NOWHERE)?;
        }
        Ok(is_empty)
    }

    /// Like [`SqliteConnection::remove_traces`], and tries again for so long.
    pub fn remove_traces_within(&mut self, patience: Duration) -> Result<bool, DatabaseError> {
        let begun = Instant::now();
        while !self.remove_traces()? {
            if begun.elapsed() >= patience {
                return Ok(false);
            }
            std::thread::sleep(ONE_TRY);
        }
        Ok(true)
    }

    /// Moves everything from the log into the database and cuts the log to nothing, unless somebody
    /// reads from it.
    fn empty_log(&mut self) -> Result<bool, DatabaseError> {
        self.connection.busy_timeout(ONE_TRY).or_store_error()?;
        let held_up: rusqlite::Result<bool> =
            self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |row| row.get(0));
        self.connection.busy_timeout(BUSY_TIMEOUT).or_store_error()?;
        Ok(!held_up.or_store_error()?)
    }

    fn left(&self, traces: i64) -> Result<Vec<String>, DatabaseError> {
        let mut statement = self
            .connection
            .prepare("SELECT id FROM erased_person WHERE traces = ?")
            .or_store_error()?;
        Ok(statement
            .query_map([traces], |row| row.get(0))
            .or_store_error()?
            .collect::<Result<_, _>>()
            .or_store_error()?)
    }

    /// Only for those who were erased before: another process may have erased somebody since.
    fn note(&self, people: &[String], traces: i64) -> Result<(), DatabaseError> {
        for id in people {
            self.connection
                .execute("UPDATE erased_person SET traces = ? WHERE id = ?", (traces, id))
                .or_store_error()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;

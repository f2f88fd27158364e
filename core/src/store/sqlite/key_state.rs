//! The key state.

use rusqlite::params;

use super::SqliteTx;
use crate::store::{KeyState, KeyStateStore, StoreError};

impl KeyStateStore for SqliteTx<'_> {
    fn key_state(&mut self) -> Result<KeyState, StoreError> {
        let sql = "SELECT key_check, confirmed FROM key_state";
        Ok(self
            .read()
            .prepare_cached(sql)?
            .query_row([], |row| Ok(KeyState { check: row.get(0)?, confirmed: row.get(1)? }))?)
    }

    fn set_key_state(&mut self, state: &KeyState) -> Result<(), StoreError> {
        let sql = "UPDATE key_state SET key_check = ?, confirmed = ?";
        self.write()?.prepare_cached(sql)?.execute(params![state.check, state.confirmed])?;
        Ok(())
    }
}

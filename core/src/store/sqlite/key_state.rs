//! The key state.

use promise_protocol::signature::PublicKey;
use rusqlite::params;

use super::SqliteTx;
use crate::store::{KeyState, KeyStateStore, StoreError};

impl KeyStateStore for SqliteTx<'_> {
    fn key_state(&mut self) -> Result<KeyState, StoreError> {
        let sql = "SELECT key_check, confirmed, first_key, proposed, refused, last_refused,
                   clears_refused FROM key_state";
        let (state, proposed) = self.read().prepare_cached(sql)?.query_row([], |row| {
            let state = KeyState {
                check: row.get(0)?,
                confirmed: row.get(1)?,
                clears_refused: row.get(6)?,
                first: row.get::<_, Option<String>>(2)?.map(PublicKey::new),
                proposed: Vec::new(),
                refused: row.get(4)?,
                last_refused: row.get(5)?,
            };
            Ok((state, row.get::<_, String>(3)?))
        })?;
        Ok(KeyState { proposed: serde_json::from_str(&proposed)?, ..state })
    }

    fn set_key_state(&mut self, state: &KeyState) -> Result<(), StoreError> {
        let sql = "UPDATE key_state SET key_check = ?, confirmed = ?, first_key = ?, proposed = ?,
                   refused = ?, last_refused = ?, clears_refused = ?";
        self.write()?.prepare_cached(sql)?.execute(params![
            state.check,
            state.confirmed,
            state.first.as_ref().map(PublicKey::as_str),
            serde_json::to_string(&state.proposed)?,
            state.refused,
            state.last_refused,
            state.clears_refused
        ])?;
        Ok(())
    }
}

//! The sync state and the pairing.

use promise_protocol::Reading;
use rusqlite::{OptionalExtension, params};

use super::SqliteTx;
use crate::store::{Pairing, StoreError, SyncState, SyncStateStore};

impl SyncStateStore for SqliteTx<'_> {
    fn sync_state(&mut self) -> Result<SyncState, StoreError> {
        let sql = "SELECT generation, cursor, request, edition, edition_floor, greatest_reading,
                   clock_offset, last_sync FROM sync_state";
        Ok(self.read().prepare_cached(sql)?.query_row([], |row| {
            Ok(SyncState {
                generation: row.get(0)?,
                cursor: row.get(1)?,
                request: row.get(2)?,
                edition: row.get(3)?,
                edition_floor: row.get(4)?,
                greatest_reading: Reading::from_i64(row.get(5)?),
                clock_offset: row.get(6)?,
                last_sync: row.get(7)?,
            })
        })?)
    }

    fn set_sync_state(&mut self, state: &SyncState) -> Result<(), StoreError> {
        let sql = "UPDATE sync_state SET generation = ?, cursor = ?, request = ?, edition = ?,
                   edition_floor = ?, greatest_reading = ?, clock_offset = ?, last_sync = ?";
        self.write()?.prepare_cached(sql)?.execute(params![
            state.generation,
            state.cursor,
            state.request,
            state.edition,
            state.edition_floor,
            state.greatest_reading.to_i64(),
            state.clock_offset,
            state.last_sync,
        ])?;
        Ok(())
    }

    fn pairing(&mut self) -> Result<Option<Pairing>, StoreError> {
        let sql =
            "SELECT server, token, author, council, council_name, person, key_check, paired_at,
                   proof FROM pairing";
        let pairing = self.read().prepare_cached(sql)?.query_row([], |row| {
            Ok(Pairing {
                server: row.get(0)?,
                token: row.get(1)?,
                author: row.get(2)?,
                council: row.get(3)?,
                council_name: row.get(4)?,
                person: row.get(5)?,
                key_check: row.get(6)?,
                paired_at: row.get(7)?,
                proof: row.get(8)?,
            })
        });
        Ok(pairing.optional()?)
    }

    fn set_pairing(&mut self, pairing: &Pairing) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO pairing VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        self.write()?.execute(
            sql,
            params![
                pairing.server,
                pairing.token,
                pairing.author,
                pairing.council,
                pairing.council_name,
                pairing.person,
                pairing.key_check,
                pairing.paired_at,
                pairing.proof
            ],
        )?;
        Ok(())
    }
}

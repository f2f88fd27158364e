//! The sync state and the pairing.

use promise_protocol::{Reading, signature::Signature};
use rusqlite::{OptionalExtension, params};

use super::SqliteTx;
use crate::sealing::PhoneKey;
use crate::store::{Pairing, ServerAccess, StoreError, SyncState, SyncStateStore};

impl SyncStateStore for SqliteTx<'_> {
    fn sync_state(&mut self) -> Result<SyncState, StoreError> {
        let sql = "SELECT generation, cursor, request, edition, edition_floor, greatest_reading,
                   clock_offset, last_sync, unverified, unverified_since, refused_since, act FROM sync_state";
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
                unverified: row.get(8)?,
                unverified_since: row.get(9)?,
                refused_since: row.get(10)?,
                act: row.get(11)?,
            })
        })?)
    }

    fn set_sync_state(&mut self, state: &SyncState) -> Result<(), StoreError> {
        let sql = "UPDATE sync_state SET generation = ?, cursor = ?, request = ?, edition = ?,
                   edition_floor = ?, greatest_reading = ?, clock_offset = ?, last_sync = ?,
                   unverified = ?, unverified_since = ?, refused_since = ?, act = ?";
        self.write()?.prepare_cached(sql)?.execute(params![
            state.generation,
            state.cursor,
            state.request,
            state.edition,
            state.edition_floor,
            state.greatest_reading.to_i64(),
            state.clock_offset,
            state.last_sync,
            state.unverified,
            state.unverified_since,
            state.refused_since,
            state.act,
        ])?;
        Ok(())
    }

    fn pairing(&mut self) -> Result<Option<Pairing>, StoreError> {
        let sql =
            "SELECT server, token, author, council, council_name, person, council_keys, signature,
                   released_at, order_keys, phone_key FROM pairing";
        let pairing = self.read().prepare_cached(sql)?.query_row([], |row| {
            let pairing = Pairing {
                server: row.get(0)?,
                access: match row.get::<_, Option<String>>(1)? {
                    Some(token) => ServerAccess::Token(token),
                    None => ServerAccess::Released { at: row.get(8)? },
                },
                author: row.get(2)?,
                council: row.get(3)?,
                council_name: row.get(4)?,
                person: row.get(5)?,
                council_keys: Vec::new(),
                order_keys: Vec::new(),
                signature: Signature::new(row.get::<_, String>(7)?),
                key: PhoneKey::from_seed(row.get(10)?),
            };
            Ok((pairing, row.get::<_, String>(6)?, row.get::<_, String>(9)?))
        });
        let Some((pairing, keys, order_keys)) = pairing.optional()? else { return Ok(None) };
        Ok(Some(Pairing {
            council_keys: serde_json::from_str(&keys)?,
            order_keys: serde_json::from_str(&order_keys)?,
            ..pairing
        }))
    }

    fn set_pairing(&mut self, pairing: &Pairing) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO pairing VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        self.write()?.execute(
            sql,
            params![
                pairing.server,
                pairing.token(),
                pairing.author,
                pairing.council,
                pairing.council_name,
                pairing.person,
                serde_json::to_string(&pairing.council_keys)?,
                pairing.signature.as_str(),
                pairing.released_at(),
                serde_json::to_string(&pairing.order_keys)?,
                pairing.key.seed().as_slice(),
            ],
        )?;
        Ok(())
    }
}

//! Where the phone stands, and whom it is paired with.

use promise_protocol::Reading;
use rusqlite::{Connection, OptionalExtension, params};

use crate::store::{Pairing, StoreError, SyncState};

pub(super) fn state(connection: &Connection) -> Result<SyncState, StoreError> {
    let sql = "SELECT generation, cursor, request, edition, edition_floor, greatest, clock_offset, last_sync
               FROM sync_state";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| {
        Ok(SyncState {
            generation: row.get(0)?,
            cursor: row.get(1)?,
            request: row.get(2)?,
            edition: row.get(3)?,
            edition_floor: row.get(4)?,
            greatest: Reading::from_i64(row.get(5)?),
            clock_offset: row.get(6)?,
            last_sync: row.get(7)?,
        })
    })?)
}

pub(super) fn set_state(connection: &Connection, state: &SyncState) -> Result<(), StoreError> {
    let sql = "UPDATE sync_state SET generation = ?, cursor = ?, request = ?, edition = ?, edition_floor = ?,
               greatest = ?, clock_offset = ?, last_sync = ?";
    connection.prepare_cached(sql)?.execute(params![
        state.generation,
        state.cursor,
        state.request,
        state.edition,
        state.edition_floor,
        state.greatest.to_i64(),
        state.clock_offset,
        state.last_sync,
    ])?;
    Ok(())
}

pub(super) fn pairing(connection: &Connection) -> Result<Option<Pairing>, StoreError> {
    let sql = "SELECT server, token, author, council, council_name, person, key_check FROM pairing";
    let pairing = connection.prepare_cached(sql)?.query_row([], |row| {
        Ok(Pairing {
            server: row.get(0)?,
            token: row.get(1)?,
            author: row.get(2)?,
            council: row.get(3)?,
            council_name: row.get(4)?,
            person: row.get(5)?,
            key_check: row.get(6)?,
        })
    });
    Ok(pairing.optional()?)
}

pub(super) fn set_pairing(connection: &Connection, pairing: &Pairing) -> Result<(), StoreError> {
    let sql = "INSERT OR REPLACE INTO pairing VALUES (1, ?, ?, ?, ?, ?, ?, ?)";
    connection.execute(
        sql,
        params![
            pairing.server,
            pairing.token,
            pairing.author,
            pairing.council,
            pairing.council_name,
            pairing.person,
            pairing.key_check
        ],
    )?;
    Ok(())
}

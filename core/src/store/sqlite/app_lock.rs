//! The app lock.

use rusqlite::{OptionalExtension, Row, params};

use super::SqliteTx;
use crate::store::{AppLockStore, PinHash, PinTries, StoreError, StoredLock};

impl AppLockStore for SqliteTx<'_> {
    fn app_lock(&mut self) -> Result<Option<StoredLock>, StoreError> {
        let sql = "SELECT salt, pin, quiet_pin, platform, tries, tried_at, wait FROM app_lock";
        Ok(self.read().prepare_cached(sql)?.query_row([], read).optional()?)
    }

    fn set_app_lock(&mut self, lock: Option<&StoredLock>) -> Result<(), StoreError> {
        let connection = self.write()?;
        let Some(StoredLock { salt, pin, quiet_pin, platform, tries }) = lock else {
            connection.execute("DELETE FROM app_lock", [])?;
            return Ok(());
        };
        let sql = "INSERT OR REPLACE INTO app_lock VALUES (1, ?, ?, ?, ?, ?, ?, ?)";
        connection.prepare_cached(sql)?.execute(params![
            salt,
            **pin,
            **quiet_pin,
            platform.as_ref().map(|hash| **hash),
            tries.count,
            tries.at_millis,
            tries.wait_millis,
        ])?;
        Ok(())
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<StoredLock> {
    let hash = |index: usize| row.get(index).map(PinHash::new);
    Ok(StoredLock {
        salt: row.get(0)?,
        pin: hash(1)?,
        quiet_pin: hash(2)?,
        platform: row.get::<_, Option<[u8; 32]>>(3)?.map(PinHash::new),
        tries: PinTries { count: row.get(4)?, at_millis: row.get(5)?, wait_millis: row.get(6)? },
    })
}

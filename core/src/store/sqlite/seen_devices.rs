//! Which of the person's other phones they have seen on this one.

use std::collections::BTreeSet;

use super::SqliteTx;
use crate::store::{SeenDeviceStore, StoreError};

impl SeenDeviceStore for SqliteTx<'_> {
    fn seen_devices(&mut self) -> Result<BTreeSet<String>, StoreError> {
        let mut statement = self.read().prepare_cached("SELECT id FROM seen_device")?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn mark_device_seen(&mut self, id: &str) -> Result<(), StoreError> {
        self.write()?.execute("INSERT OR IGNORE INTO seen_device (id) VALUES (?)", [id])?;
        Ok(())
    }

    fn devices_new_after(&mut self) -> Result<i64, StoreError> {
        let sql = "SELECT devices_new_after FROM setting";
        Ok(self.read().prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }

    fn set_devices_new_after(&mut self, millis: i64) -> Result<(), StoreError> {
        self.write()?.execute("UPDATE setting SET devices_new_after = ?", [millis])?;
        Ok(())
    }
}

//! Recovery phrases.

use rusqlite::OptionalExtension;

use super::SqliteTx;
use crate::store::{Entropy, RecoveryStore, StoreError};

impl RecoveryStore for SqliteTx<'_> {
    fn recovery_phrases(&mut self) -> Result<Vec<Entropy>, StoreError> {
        let sql = "SELECT entropy FROM recovery_phrase ORDER BY number DESC";
        let mut statement = self.read().prepare_cached(sql)?;
        let rows = statement.query_map([], |row| row.get::<_, [u8; 16]>(0))?;
        rows.map(|entropy| Ok(Entropy::new(entropy?))).collect()
    }

    fn add_recovery_phrase(&mut self, entropy: &Entropy) -> Result<(), StoreError> {
        let sql = "INSERT OR IGNORE INTO recovery_phrase (entropy) VALUES (?)";
        self.write()?.execute(sql, [entropy.as_slice()])?;
        Ok(())
    }

    fn is_written_down(&mut self, entropy: &Entropy) -> Result<bool, StoreError> {
        let sql = "SELECT written_down FROM recovery_phrase WHERE entropy = ?";
        let row = self.read().query_row(sql, [entropy.as_slice()], |row| row.get(0));
        Ok(row.optional()?.unwrap_or(false))
    }

    fn set_written_down(&mut self, entropy: &Entropy) -> Result<(), StoreError> {
        let sql = "UPDATE recovery_phrase SET written_down = 1 WHERE entropy = ?";
        self.write()?.execute(sql, [entropy.as_slice()])?;
        Ok(())
    }
}

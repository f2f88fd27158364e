//! Revoked phones.

use super::tx::{SqliteTx, parse};
use promise_database::{Revocations, RevokedPhone, StoreError};

impl Revocations for SqliteTx<'_> {
    fn revoked(&mut self) -> Result<Vec<RevokedPhone>, StoreError> {
        let mut statement = self.sql(
            "SELECT author, token_hash, revoked_at FROM device WHERE revoked_at IS NOT NULL
             UNION ALL SELECT author, token_hash, revoked_at FROM revoked_phone",
        )?;
        let rows = statement
            .query_map((), |row| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?)))?;
        rows.map(|row| {
            let (author, token_hash, revoked_at) = row?;
            Ok(RevokedPhone { author: parse(&author, "phone's author")?, token_hash, revoked_at })
        })
        .collect()
    }

    fn was_revoked(&mut self, token_hash: &[u8]) -> Result<bool, StoreError> {
        Ok(self.sql("SELECT 1 FROM revoked_phone WHERE token_hash = ?")?.exists([token_hash])?)
    }

    fn revoke_again(&mut self, phone: &RevokedPhone) -> Result<(), StoreError> {
        let (author, at) = (phone.author.as_str(), phone.revoked_at);
        let known = self
            .sql("UPDATE device SET revoked_at = coalesce(revoked_at, ?) WHERE author = ?")?
            .execute((at, author))?;
        if known == 0 {
            self.sql(
                "INSERT INTO revoked_phone (author, token_hash, revoked_at) VALUES (?, ?, ?)
                 ON CONFLICT DO NOTHING",
            )?
            .execute((author, &phone.token_hash, at))?;
        }
        Ok(())
    }
}

//! Revoked phones.

use promise_database::{DatabaseError, RevokedPhone, RevokedPhones};

use super::tx::{SqliteTx, parse};

impl RevokedPhones for SqliteTx<'_> {
    fn revoked_phones(&mut self) -> Result<Vec<RevokedPhone>, DatabaseError> {
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

    fn is_revoked_token(&mut self, token_hash: &[u8]) -> Result<bool, DatabaseError> {
        Ok(self.sql("SELECT 1 FROM revoked_phone WHERE token_hash = ?")?.exists([token_hash])?)
    }

    fn add_revoked_phone(&mut self, phone: &RevokedPhone) -> Result<(), DatabaseError> {
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

//! Revoked phones.

use promise_database::{DatabaseError, RevokedPhone, RevokedPhones};

use super::{columns::get_parsed, tx::SqliteTx};

impl RevokedPhones for SqliteTx<'_> {
    fn revoked_phones(&mut self) -> Result<Vec<RevokedPhone>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT author, token_hash, revoked_at FROM device WHERE revoked_at IS NOT NULL
             UNION ALL SELECT author, token_hash, revoked_at FROM revoked_phone",
        )?;
        let rows = statement.query_map((), |row| {
            Ok(RevokedPhone {
                author: get_parsed(row, 0)?,
                token_hash: row.get(1)?,
                revoked_at: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
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

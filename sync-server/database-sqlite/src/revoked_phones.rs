//! Revoked phones.

use promise_database::{DatabaseError, RevokedPhone, RevokedPhones};
use rusqlite::Row;

use super::{
    columns::{get_id, get_parsed},
    devices::order,
    errors::Optional,
    tx::SqliteTx,
};

/// The columns that [`revoked_phone`] reads.
const COLUMNS: &str = "author, token_hash, council, revoked_at, ordered, signature";

fn revoked_phone(row: &Row<'_>) -> rusqlite::Result<RevokedPhone> {
    Ok(RevokedPhone {
        author: get_parsed(row, 0)?,
        token_hash: row.get(1)?,
        council: get_id(row, 2)?,
        order: order(row.get(3)?, row, 4)?,
    })
}

impl RevokedPhones for SqliteTx<'_> {
    fn revoked_phones(&mut self) -> Result<Vec<RevokedPhone>, DatabaseError> {
        // In this order (`CROSS`): of all people, few have a revoked phone.
        let mut statement = self.sql(&format!(
            "SELECT {COLUMNS} FROM device CROSS JOIN person ON person.id = device.person
             WHERE revoked_at IS NOT NULL
             UNION ALL SELECT {COLUMNS} FROM revoked_phone"
        ))?;
        let rows = statement.query_map((), revoked_phone)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn revoked_phone_by_token(
        &mut self,
        token_hash: &[u8],
    ) -> Result<Option<RevokedPhone>, DatabaseError> {
        Ok(self
            .sql(&format!("SELECT {COLUMNS} FROM revoked_phone WHERE token_hash = ?"))?
            .query_row([token_hash], revoked_phone)
            .optional()?)
    }

    fn add_revoked_phone(&mut self, phone: &RevokedPhone) -> Result<(), DatabaseError> {
        let (author, order) = (phone.author.as_str(), &phone.order);
        let set = (order.at, order.order.as_str(), order.signature.as_str(), author);
        if let Some(device) = self.find_device("author", [author])? {
            if device.revoked.is_none_or(|earlier| order.order.replaces(earlier.order)) {
                self.mark_nudge();
                self.sql(
                    "UPDATE device SET revoked_at = ?, ordered = ?, signature = ? WHERE author = ?",
                )?
                .execute(set)?;
            }
            return Ok(());
        }
        let earlier = self
            .sql(&format!("SELECT {COLUMNS} FROM revoked_phone WHERE author = ?"))?
            .query_row([author], revoked_phone)
            .optional()?;
        match earlier {
            Some(earlier) if order.order.replaces(earlier.order.order) => {
                self.sql(
                    "UPDATE revoked_phone SET revoked_at = ?, ordered = ?, signature = ?
                     WHERE author = ?",
                )?
                .execute(set)?;
            }
            Some(_) => {}
            None => {
                self.sql(
                    "INSERT INTO revoked_phone
                     (author, token_hash, council, revoked_at, ordered, signature)
                     VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                )?
                .execute((
                    author,
                    &phone.token_hash,
                    phone.council.as_str(),
                    order.at,
                    order.order.as_str(),
                    order.signature.as_str(),
                ))?;
            }
        }
        Ok(())
    }
}

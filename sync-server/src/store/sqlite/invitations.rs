//! Invitations.

use rusqlite::OptionalExtension;

use super::tx::SqliteTx;
use crate::store::{Invitation, Invitations, StoreError};

impl Invitations for SqliteTx<'_> {
    fn invitation(&mut self, name: &str) -> Result<Option<Invitation>, StoreError> {
        Ok(self
            .sql(
                "SELECT name, secret_hash, salt, person, expires_at, tries, used_at
                 FROM invitation WHERE name = ?",
            )?
            .query_row([name], |row| {
                Ok(Invitation {
                    name: row.get(0)?,
                    secret_hash: row.get(1)?,
                    salt: row.get(2)?,
                    person: row.get(3)?,
                    expires_at: row.get(4)?,
                    tries: row.get(5)?,
                    used_at: row.get(6)?,
                })
            })
            .optional()?)
    }

    fn set_invitation(&mut self, invitation: &Invitation) -> Result<(), StoreError> {
        self.sql(
            "INSERT OR REPLACE INTO invitation
             (name, secret_hash, salt, person, expires_at, tries, used_at)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute((
            &invitation.name,
            &invitation.secret_hash,
            &invitation.salt,
            &invitation.person,
            invitation.expires_at,
            invitation.tries,
            invitation.used_at,
        ))?;
        Ok(())
    }

    fn forget_invitations(&mut self, before_millis: i64) -> Result<(), StoreError> {
        self.sql("DELETE FROM invitation WHERE expires_at < ?")?.execute([before_millis])?;
        Ok(())
    }
}

//! Invitations.

use promise_protocol::Author;
use rusqlite::OptionalExtension;

use super::tx::{SqliteTx, parse};
use crate::store::{Invitation, Invitations, StoreError};

impl Invitations for SqliteTx<'_> {
    fn invitation(&mut self, name: &str) -> Result<Option<Invitation>, StoreError> {
        let row = self
            .sql(
                "SELECT name, secret_hash, salt, person, expires_at, tries, used_at, invited_by
                 FROM invitation WHERE name = ?",
            )?
            .query_row([name], |row| {
                let invitation = Invitation {
                    name: row.get(0)?,
                    secret_hash: row.get(1)?,
                    salt: row.get(2)?,
                    person: row.get(3)?,
                    expires_at: row.get(4)?,
                    tries: row.get(5)?,
                    used_at: row.get(6)?,
                    invited_by: None,
                };
                Ok((invitation, row.get::<_, Option<String>>(7)?))
            })
            .optional()?;
        let Some((invitation, author)) = row else { return Ok(None) };
        let invited_by = author.map(|author| parse(&author, "phone's author")).transpose()?;
        Ok(Some(Invitation { invited_by, ..invitation }))
    }

    fn set_invitation(&mut self, invitation: &Invitation) -> Result<(), StoreError> {
        self.sql(
            "INSERT OR REPLACE INTO invitation
             (name, secret_hash, salt, person, expires_at, tries, used_at, invited_by)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute((
            &invitation.name,
            &invitation.secret_hash,
            &invitation.salt,
            &invitation.person,
            invitation.expires_at,
            invitation.tries,
            invitation.used_at,
            invitation.invited_by.as_ref().map(Author::as_str),
        ))?;
        Ok(())
    }

    fn open_invitations(&mut self, person: &str, now_millis: i64) -> Result<usize, StoreError> {
        Ok(self
            .sql(
                "SELECT count(*) FROM invitation WHERE person = ? AND expires_at > ?
                 AND used_at IS NULL AND invited_by IS NOT NULL",
            )?
            .query_row((person, now_millis), |row| row.get(0))?)
    }

    fn forget_invitations_by(&mut self, phone: &Author) -> Result<(), StoreError> {
        self.sql("DELETE FROM invitation WHERE invited_by = ?")?.execute([phone.as_str()])?;
        Ok(())
    }

    fn forget_invitations(&mut self, before_millis: i64) -> Result<(), StoreError> {
        self.sql("DELETE FROM invitation WHERE expires_at < ?")?.execute([before_millis])?;
        Ok(())
    }
}

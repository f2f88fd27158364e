//! Invitations.

use super::errors::Optional;
use promise_protocol::Author;
use rusqlite::Row;

use super::tx::{SqliteTx, parse};
use promise_database::{DatabaseError, Invitation, Invitations};

/// What is read of an invitation, in this order.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT name, secret_hash, salt, person, expires_at, tries, used_at, invited_by
             FROM invitation ",
            $rest
        )
    };
}

/// An invitation as it is stored: the phone that made it is still text.
type Stored = (Invitation, Option<String>);

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
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
    Ok((invitation, row.get(7)?))
}

fn read((invitation, author): Stored) -> Result<Invitation, DatabaseError> {
    let invited_by = author.map(|author| parse(&author, "phone's author")).transpose()?;
    Ok(Invitation { invited_by, ..invitation })
}

impl Invitations for SqliteTx<'_> {
    fn invitation(&mut self, name: &str) -> Result<Option<Invitation>, DatabaseError> {
        let found = self.sql(select!("WHERE name = ?"))?.query_row([name], stored).optional()?;
        found.map(read).transpose()
    }

    fn invitations_of(&mut self, person: &str) -> Result<Vec<Invitation>, DatabaseError> {
        let mut statement = self.sql(select!("WHERE person = ? ORDER BY expires_at, name"))?;
        let rows = statement.query_map([person], stored)?;
        rows.map(|row| read(row?)).collect()
    }

    fn set_invitation(&mut self, invitation: &Invitation) -> Result<(), DatabaseError> {
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

    fn count_open_invitations(
        &mut self,
        person: &str,
        now_millis: i64,
    ) -> Result<usize, DatabaseError> {
        Ok(self
            .sql(
                "SELECT count(*) FROM invitation WHERE person = ? AND expires_at > ?
                 AND used_at IS NULL AND invited_by IS NOT NULL",
            )?
            .query_row((person, now_millis), |row| row.get(0))?)
    }

    fn delete_invitations_by(&mut self, phone: &Author) -> Result<(), DatabaseError> {
        self.sql("DELETE FROM invitation WHERE invited_by = ?")?.execute([phone.as_str()])?;
        Ok(())
    }

    fn delete_invitations_before(&mut self, before_millis: i64) -> Result<(), DatabaseError> {
        self.sql("DELETE FROM invitation WHERE expires_at < ?")?.execute([before_millis])?;
        Ok(())
    }
}

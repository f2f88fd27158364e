//! Invitations.

use promise_database::{DatabaseError, Invitation, Invitations};
use promise_protocol::Author;
use rusqlite::Row;

use super::{
    errors::Optional,
    tx::{SqliteTx, parse},
};

/// A statement that reads invitations as [`invitation_row`] expects them.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, secret_hash, salt, person, expires_at, failed_attempts, used_at, invited_by
             FROM invitation ",
            $rest
        )
    };
}

/// An invitation as SQLite stores it, and the phone that created it as text.
type InvitationRow = (Invitation, Option<String>);

fn invitation_row(row: &Row<'_>) -> rusqlite::Result<InvitationRow> {
    let invitation = Invitation {
        id: row.get(0)?,
        secret_hash: row.get(1)?,
        salt: row.get(2)?,
        person: row.get(3)?,
        expires_at: row.get(4)?,
        failed_attempts: row.get(5)?,
        used_at: row.get(6)?,
        invited_by: None,
    };
    Ok((invitation, row.get(7)?))
}

fn invitation((invitation, author): InvitationRow) -> Result<Invitation, DatabaseError> {
    let invited_by = author.map(|author| parse(&author, "phone's author")).transpose()?;
    Ok(Invitation { invited_by, ..invitation })
}

impl Invitations for SqliteTx<'_> {
    fn invitation(&mut self, id: &str) -> Result<Option<Invitation>, DatabaseError> {
        self.sql(select!("WHERE id = ?"))?
            .query_row([id], invitation_row)
            .optional()?
            .map(invitation)
            .transpose()
    }

    fn invitations_of(&mut self, person: &str) -> Result<Vec<Invitation>, DatabaseError> {
        let mut statement = self.sql(select!("WHERE person = ? ORDER BY expires_at, id"))?;
        let rows = statement.query_map([person], invitation_row)?;
        rows.map(|row| invitation(row?)).collect()
    }

    fn set_invitation(&mut self, invitation: &Invitation) -> Result<(), DatabaseError> {
        self.sql(
            "INSERT OR REPLACE INTO invitation
             (id, secret_hash, salt, person, expires_at, failed_attempts, used_at, invited_by)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute((
            &invitation.id,
            &invitation.secret_hash,
            &invitation.salt,
            &invitation.person,
            invitation.expires_at,
            invitation.failed_attempts,
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

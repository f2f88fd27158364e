//! Invitations.

use promise_database::{DatabaseError, Invitation, Invitations};
use promise_protocol::{
    Author,
    ids::{PersonId, StaffId},
};
use rusqlite::Row;

use super::{
    columns::{get_id, get_json, get_optional_id, get_optional_parsed, to_json},
    errors::Optional,
    tx::SqliteTx,
};

/// A statement that reads invitations as [`invitation`] expects them.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, secret_hash, salt, person, expires_at, failed_attempts, used_at, invited_by,
             invited_by_staff, relinks, pending FROM invitation ",
            $rest
        )
    };
}

fn invitation(row: &Row<'_>) -> rusqlite::Result<Invitation> {
    Ok(Invitation {
        id: row.get(0)?,
        secret_hash: row.get(1)?,
        salt: row.get(2)?,
        person: get_id(row, 3)?,
        expires_at: row.get(4)?,
        failed_attempts: row.get(5)?,
        used_at: row.get(6)?,
        invited_by: get_optional_parsed(row, 7)?,
        invited_by_staff: get_optional_id(row, 8)?,
        relinks: get_optional_parsed(row, 9)?,
        pending: get_json(row, 10)?,
    })
}

impl Invitations for SqliteTx<'_> {
    fn invitation(&mut self, id: &str) -> Result<Option<Invitation>, DatabaseError> {
        Ok(self.sql(select!("WHERE id = ?"))?.query_row([id], invitation).optional()?)
    }

    fn invitations_of(&mut self, person: &PersonId) -> Result<Vec<Invitation>, DatabaseError> {
        let mut statement = self.sql(select!("WHERE person = ? ORDER BY expires_at, id"))?;
        let rows = statement.query_map([person.as_str()], invitation)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn set_invitation(&mut self, invitation: &Invitation) -> Result<(), DatabaseError> {
        self.sql(
            "INSERT OR REPLACE INTO invitation
             (id, secret_hash, salt, person, expires_at, failed_attempts, used_at, invited_by,
              invited_by_staff, relinks, pending)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute((
            &invitation.id,
            &invitation.secret_hash,
            &invitation.salt,
            invitation.person.as_str(),
            invitation.expires_at,
            invitation.failed_attempts,
            invitation.used_at,
            invitation.invited_by.as_ref().map(Author::as_str),
            invitation.invited_by_staff.as_ref().map(StaffId::as_str),
            invitation.relinks.as_ref().map(Author::as_str),
            to_json(&invitation.pending, "pending pairing")?,
        ))?;
        Ok(())
    }

    fn record_failed_claim(&mut self, id: &str) -> Result<(), DatabaseError> {
        self.sql("UPDATE invitation SET failed_attempts = failed_attempts + 1 WHERE id = ?")?
            .execute([id])?;
        // Without this the claim of an unknown id would write nothing, and its commit would be faster.
        self.sql("UPDATE failed_claim SET value = value + 1")?.execute(())?;
        Ok(())
    }

    fn count_open_invitations(
        &mut self,
        person: &PersonId,
        now_millis: i64,
    ) -> Result<usize, DatabaseError> {
        Ok(self
            .sql(
                "SELECT count(*) FROM invitation WHERE person = ? AND expires_at > ?
                 AND used_at IS NULL AND invited_by IS NOT NULL",
            )?
            .query_row((person.as_str(), now_millis), |row| row.get(0))?)
    }

    fn delete_invitations_by(&mut self, phone: &Author) -> Result<(), DatabaseError> {
        self.sql("DELETE FROM invitation WHERE invited_by = ?")?.execute([phone.as_str()])?;
        Ok(())
    }

    fn delete_pending_pairings_before(&mut self, before_millis: i64) -> Result<(), DatabaseError> {
        self.sql(
            "UPDATE invitation SET pending = 'null' WHERE expires_at < ? AND pending <> 'null'",
        )?
        .execute([before_millis])?;
        Ok(())
    }

    fn delete_invitations_before(&mut self, before_millis: i64) -> Result<(), DatabaseError> {
        self.sql("DELETE FROM invitation WHERE expires_at < ?")?.execute([before_millis])?;
        Ok(())
    }
}

//! Sign-ins and sessions.

use promise_database::{DatabaseError, SignIn, SignIns, StaffSession, Stage};
use rusqlite::Row;

use super::{errors::Optional, tx::SqliteTx};

/// A statement that reads sign-ins as [`sign_in`] expects them.
macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT staff, name, role, password, totp, totp_step FROM sign_in ", $rest)
    };
}

fn sign_in(row: &Row<'_>) -> rusqlite::Result<SignIn> {
    Ok(SignIn {
        staff: row.get(0)?,
        name: row.get(1)?,
        role: row.get(2)?,
        password: row.get(3)?,
        totp: row.get(4)?,
        totp_step: row.get(5)?,
    })
}

fn session(row: &Row<'_>) -> rusqlite::Result<StaffSession> {
    let stage: String = row.get(2)?;
    Ok(StaffSession {
        hash: row.get(0)?,
        staff: row.get(1)?,
        // An unknown stage grants the least.
        stage: match stage.as_str() {
            "full" => Stage::Full,
            "enrol" => Stage::Enrol,
            _ => Stage::Password,
        },
        started_at: row.get(3)?,
        last_used_at: row.get(4)?,
        authenticated_at: row.get(5)?,
    })
}

fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Password => "password",
        Stage::Enrol => "enrol",
        Stage::Full => "full",
    }
}

impl SignIns for SqliteTx<'_> {
    fn set_sign_in(&mut self, new: &SignIn) -> Result<bool, DatabaseError> {
        let set = self
            .sql(
                "INSERT INTO sign_in (staff, name, role, password, totp, totp_step)
                 SELECT ?1, ?2, ?3, ?4, ?5, ?6
                 WHERE NOT EXISTS (SELECT 1 FROM sign_in WHERE name = ?2 AND staff <> ?1)
                 ON CONFLICT (staff) DO UPDATE SET name = ?2, role = ?3, password = ?4,
                 totp = ?5, totp_step = ?6",
            )?
            .execute((&new.staff, &new.name, &new.role, &new.password, &new.totp, new.totp_step))?;
        Ok(set == 1)
    }

    fn sign_in(&mut self, staff: &str) -> Result<Option<SignIn>, DatabaseError> {
        Ok(self.sql(select!("WHERE staff = ?"))?.query_row([staff], sign_in).optional()?)
    }

    fn sign_in_by_name(&mut self, name: &str) -> Result<Option<SignIn>, DatabaseError> {
        Ok(self.sql(select!("WHERE name = ?"))?.query_row([name], sign_in).optional()?)
    }

    fn set_last_sign_in(&mut self, staff: &str, at: i64) -> Result<(), DatabaseError> {
        self.sql("UPDATE sign_in SET last_at = ? WHERE staff = ?")?.execute((at, staff))?;
        Ok(())
    }

    fn set_recovery_codes(&mut self, staff: &str, hashes: &[Vec<u8>]) -> Result<(), DatabaseError> {
        self.sql("DELETE FROM recovery_code WHERE staff = ?")?.execute([staff])?;
        for hash in hashes {
            self.sql("INSERT INTO recovery_code (staff, hash) VALUES (?, ?)")?
                .execute((staff, hash))?;
        }
        Ok(())
    }

    fn use_recovery_code(&mut self, staff: &str, hash: &[u8]) -> Result<bool, DatabaseError> {
        let used = self
            .sql("DELETE FROM recovery_code WHERE staff = ? AND hash = ?")?
            .execute((staff, hash))?;
        Ok(used == 1)
    }

    fn count_recovery_codes(&mut self, staff: &str) -> Result<usize, DatabaseError> {
        Ok(self
            .sql("SELECT count(*) FROM recovery_code WHERE staff = ?")?
            .query_row([staff], |row| row.get(0))?)
    }

    fn set_sign_in_link(
        &mut self,
        staff: &str,
        hash: &[u8],
        expires_at: i64,
    ) -> Result<(), DatabaseError> {
        self.delete_sign_in_links(staff)?;
        self.sql("INSERT INTO sign_in_link (hash, staff, expires_at) VALUES (?, ?, ?)")?
            .execute((hash, staff, expires_at))?;
        Ok(())
    }

    fn sign_in_link(&mut self, hash: &[u8]) -> Result<Option<(String, i64)>, DatabaseError> {
        Ok(self
            .sql("SELECT staff, expires_at FROM sign_in_link WHERE hash = ?")?
            .query_row([hash], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?)
    }

    fn delete_sign_in_links(&mut self, staff: &str) -> Result<(), DatabaseError> {
        self.sql("DELETE FROM sign_in_link WHERE staff = ?")?.execute([staff])?;
        Ok(())
    }

    fn set_session(&mut self, new: &StaffSession) -> Result<(), DatabaseError> {
        self.sql(
            "INSERT INTO session (hash, staff, stage, started_at, last_used_at, authenticated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (hash) DO UPDATE SET stage = ?3, last_used_at = ?5, authenticated_at = ?6",
        )?
        .execute((
            &new.hash,
            &new.staff,
            stage(new.stage),
            new.started_at,
            new.last_used_at,
            new.authenticated_at,
        ))?;
        Ok(())
    }

    fn session(&mut self, hash: &[u8]) -> Result<Option<StaffSession>, DatabaseError> {
        Ok(self
            .sql("SELECT hash, staff, stage, started_at, last_used_at, authenticated_at FROM session WHERE hash = ?")?
            .query_row([hash], session)
            .optional()?)
    }

    fn delete_session(&mut self, hash: &[u8]) -> Result<(), DatabaseError> {
        self.sql("DELETE FROM session WHERE hash = ?")?.execute([hash])?;
        Ok(())
    }

    fn delete_sessions_of(&mut self, staff: &str) -> Result<(), DatabaseError> {
        self.sql("DELETE FROM session WHERE staff = ?")?.execute([staff])?;
        Ok(())
    }

    fn delete_sessions_before(&mut self, before_millis: i64) -> Result<(), DatabaseError> {
        self.sql("DELETE FROM session WHERE last_used_at < ?")?.execute([before_millis])?;
        Ok(())
    }
}

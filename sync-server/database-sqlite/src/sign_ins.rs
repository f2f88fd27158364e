//! Sign-ins and sessions.

use promise_database::{
    Actor, DatabaseError, SignIn, SignInLink, SignInStatus, SignIns, StaffSession, Stage,
};
use promise_protocol::ids::StaffId;
use rusqlite::Row;

use super::{
    columns::{get_id, get_json, get_optional_id, get_parsed, to_json},
    errors::Optional,
    overview,
    tx::SqliteTx,
};

/// A statement that reads sign-ins as [`sign_in`] expects them.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT staff, name, role, password, totp, totp_step, totp_spent, held_at
             FROM sign_in ",
            $rest
        )
    };
}

fn sign_in(row: &Row<'_>) -> rusqlite::Result<SignIn> {
    Ok(SignIn {
        staff: get_id(row, 0)?,
        name: row.get(1)?,
        role: get_parsed(row, 2)?,
        password: row.get(3)?,
        totp: row.get(4)?,
        totp_step: row.get(5)?,
        totp_spent: get_json(row, 6)?,
        held_at: row.get(7)?,
    })
}

fn session(row: &Row<'_>) -> rusqlite::Result<StaffSession> {
    let stage: String = row.get(2)?;
    Ok(StaffSession {
        hash: row.get(0)?,
        staff: get_id(row, 1)?,
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
                "INSERT INTO sign_in
                 (staff, name, role, password, totp, totp_step, totp_spent, held_at)
                 SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8
                 WHERE NOT EXISTS (SELECT 1 FROM sign_in WHERE name = ?2 AND staff <> ?1)
                 ON CONFLICT (staff) DO UPDATE SET name = ?2, role = ?3, password = ?4,
                 totp = ?5, totp_step = ?6, totp_spent = ?7, held_at = ?8",
            )?
            .execute((
                new.staff.as_str(),
                &new.name,
                new.role.as_str(),
                &new.password,
                &new.totp,
                new.totp_step,
                to_json(&new.totp_spent, "totp_spent")?,
                new.held_at,
            ))?;
        Ok(set == 1)
    }

    fn sign_in(&mut self, staff: &StaffId) -> Result<Option<SignIn>, DatabaseError> {
        Ok(self.sql(select!("WHERE staff = ?"))?.query_row([staff.as_str()], sign_in).optional()?)
    }

    fn sign_in_status(&mut self, staff: &StaffId) -> Result<Option<SignInStatus>, DatabaseError> {
        Ok(self
            .sql(
                "SELECT staff, name, role, password IS NOT NULL, totp IS NOT NULL, last_at
                 FROM sign_in WHERE staff = ?",
            )?
            .query_row([staff.as_str()], overview::sign_in_status)
            .optional()?)
    }

    fn sign_ins(&mut self) -> Result<Vec<SignIn>, DatabaseError> {
        let mut statement = self.sql(select!("ORDER BY staff"))?;
        let rows = statement.query_map((), sign_in)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn sign_in_by_name(&mut self, name: &str) -> Result<Option<SignIn>, DatabaseError> {
        Ok(self.sql(select!("WHERE name = ?"))?.query_row([name], sign_in).optional()?)
    }

    fn set_last_sign_in(&mut self, staff: &StaffId, at: i64) -> Result<(), DatabaseError> {
        self.sql("UPDATE sign_in SET last_at = ? WHERE staff = ?")?
            .execute((at, staff.as_str()))?;
        Ok(())
    }

    fn set_recovery_codes(
        &mut self,
        staff: &StaffId,
        hashes: &[Vec<u8>],
    ) -> Result<(), DatabaseError> {
        self.sql("DELETE FROM recovery_code WHERE staff = ?")?.execute([staff.as_str()])?;
        for hash in hashes {
            self.sql("INSERT INTO recovery_code (staff, hash) VALUES (?, ?)")?
                .execute((staff.as_str(), hash))?;
        }
        Ok(())
    }

    fn use_recovery_code(&mut self, staff: &StaffId, hash: &[u8]) -> Result<bool, DatabaseError> {
        let used = self
            .sql("DELETE FROM recovery_code WHERE staff = ? AND hash = ?")?
            .execute((staff.as_str(), hash))?;
        Ok(used == 1)
    }

    fn count_recovery_codes(&mut self, staff: &StaffId) -> Result<usize, DatabaseError> {
        Ok(self
            .sql("SELECT count(*) FROM recovery_code WHERE staff = ?")?
            .query_row([staff.as_str()], |row| row.get(0))?)
    }

    fn set_sign_in_link(&mut self, link: &SignInLink, hash: &[u8]) -> Result<(), DatabaseError> {
        self.delete_sign_in_links(&link.staff)?;
        self.sql(
            "INSERT INTO sign_in_link (hash, staff, expires_at, made_by) VALUES (?, ?, ?, ?)",
        )?
        .execute((
            hash,
            link.staff.as_str(),
            link.expires_at,
            link.made_by.staff().map(StaffId::as_str),
        ))?;
        Ok(())
    }

    fn sign_in_link(&mut self, hash: &[u8]) -> Result<Option<SignInLink>, DatabaseError> {
        let read = |row: &Row<'_>| {
            Ok(SignInLink {
                staff: get_id(row, 0)?,
                expires_at: row.get(1)?,
                made_by: Actor::from(get_optional_id::<StaffId>(row, 2)?),
            })
        };
        Ok(self
            .sql("SELECT staff, expires_at, made_by FROM sign_in_link WHERE hash = ?")?
            .query_row([hash], read)
            .optional()?)
    }

    fn delete_sign_in_links(&mut self, staff: &StaffId) -> Result<(), DatabaseError> {
        self.sql("DELETE FROM sign_in_link WHERE staff = ?")?.execute([staff.as_str()])?;
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
            new.staff.as_str(),
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

    fn delete_sessions_of(&mut self, staff: &StaffId) -> Result<(), DatabaseError> {
        self.sql("DELETE FROM session WHERE staff = ?")?.execute([staff.as_str()])?;
        Ok(())
    }

    fn delete_sessions_before(&mut self, before_millis: i64) -> Result<(), DatabaseError> {
        self.sql("DELETE FROM session WHERE last_used_at < ?")?.execute([before_millis])?;
        Ok(())
    }
}

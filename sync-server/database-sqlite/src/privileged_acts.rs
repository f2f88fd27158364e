//! Acts on sign-ins.

use promise_database::{Actor, DatabaseError, Decision, PrivilegedAct, PrivilegedActs};
use promise_protocol::{
    access::StaffRole,
    ids::{CouncilId, PrivilegedActId, StaffId},
};
use rusqlite::{Params, Row};

use super::{
    columns::{get_id, get_optional_id, get_optional_parsed, get_parsed},
    errors::Optional,
    tx::SqliteTx,
};

/// A statement that reads acts as [`act`] expects them.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, council, subject, kind, role, role_before, sign_in_name, reason, asked_by,
             asked_at, state, decided_by, decided_at, seen_at, disputed_at, reviewed_by, reviewed_at
             FROM privileged_act ",
            $rest
        )
    };
}

/// Reads a decision from a column with the staff member (NULL for the operator) and the one with the
/// time after it (NULL for no decision).
fn decision(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Decision>> {
    let by = Actor::from(get_optional_id::<StaffId>(row, column)?);
    let at: Option<i64> = row.get(column + 1)?;
    Ok(at.map(|at| Decision { by, at }))
}

fn act(row: &Row<'_>) -> rusqlite::Result<PrivilegedAct> {
    Ok(PrivilegedAct {
        id: get_id(row, 0)?,
        council: get_id(row, 1)?,
        subject: get_id(row, 2)?,
        kind: get_parsed(row, 3)?,
        role: get_parsed(row, 4)?,
        role_before: get_optional_parsed(row, 5)?,
        sign_in_name: row.get(6)?,
        reason: row.get(7)?,
        asked_by: Actor::from(get_optional_id::<StaffId>(row, 8)?),
        asked_at: row.get(9)?,
        state: get_parsed(row, 10)?,
        decision: decision(row, 11)?,
        seen_at: row.get(13)?,
        disputed_at: row.get(14)?,
        review: decision(row, 15)?,
    })
}

impl SqliteTx<'_> {
    fn acts(
        &self,
        select: &str,
        parameters: impl Params,
    ) -> Result<Vec<PrivilegedAct>, DatabaseError> {
        let mut statement = self.sql(select)?;
        let rows = statement.query_map(parameters, act)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl PrivilegedActs for SqliteTx<'_> {
    fn set_privileged_act(&mut self, act: &PrivilegedAct) -> Result<(), DatabaseError> {
        let by = |decision: &Option<Decision>| {
            decision.as_ref().and_then(|it| it.by.staff().map(|staff| staff.as_str().to_owned()))
        };
        let at = |decision: &Option<Decision>| decision.as_ref().map(|it| it.at);
        self.sql(
            "INSERT INTO privileged_act
             (id, council, subject, kind, role, role_before, sign_in_name, reason, asked_by,
              asked_at, state, decided_by, decided_at, seen_at, disputed_at, reviewed_by, reviewed_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
             ON CONFLICT (id) DO UPDATE SET state = ?11, decided_by = ?12, decided_at = ?13,
             seen_at = ?14, disputed_at = ?15, reviewed_by = ?16, reviewed_at = ?17",
        )?
        .execute(rusqlite::params![
            act.id.as_str(),
            act.council.as_str(),
            act.subject.as_str(),
            act.kind.as_str(),
            act.role.as_str(),
            act.role_before.map(StaffRole::as_str),
            act.sign_in_name,
            act.reason,
            act.asked_by.staff().map(StaffId::as_str),
            act.asked_at,
            act.state.as_str(),
            by(&act.decision),
            at(&act.decision),
            act.seen_at,
            act.disputed_at,
            by(&act.review),
            at(&act.review),
        ])?;
        Ok(())
    }

    fn privileged_act(
        &mut self,
        id: &PrivilegedActId,
    ) -> Result<Option<PrivilegedAct>, DatabaseError> {
        Ok(self.sql(select!("WHERE id = ?"))?.query_row([id.as_str()], act).optional()?)
    }

    fn privileged_acts(&mut self) -> Result<Vec<PrivilegedAct>, DatabaseError> {
        self.acts(select!("ORDER BY id"), ())
    }

    fn privileged_acts_of(
        &mut self,
        council: &CouncilId,
    ) -> Result<Vec<PrivilegedAct>, DatabaseError> {
        let select = select!("WHERE council = ? ORDER BY asked_at DESC, id");
        self.acts(select, [council.as_str()])
    }

    fn privileged_acts_about(
        &mut self,
        staff: &StaffId,
    ) -> Result<Vec<PrivilegedAct>, DatabaseError> {
        let select = select!("WHERE subject = ? ORDER BY asked_at DESC, id");
        self.acts(select, [staff.as_str()])
    }

    fn open_privileged_acts(
        &mut self,
        council: &CouncilId,
    ) -> Result<Vec<PrivilegedAct>, DatabaseError> {
        let select = select!(
            "WHERE council = ? AND (kind = 'emergency' OR disputed_at IS NOT NULL)
             AND reviewed_at IS NULL ORDER BY asked_at DESC, id"
        );
        self.acts(select, [council.as_str()])
    }
}

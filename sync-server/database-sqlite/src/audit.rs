//! The audit log.

use promise_database::{Actor, Audit, AuditEntry, AuditFilter, DatabaseError};
use promise_protocol::{
    access::AccessRole,
    ids::{CouncilId, PersonId, StaffId},
};
use rusqlite::{Row, ToSql, params_from_iter};

use super::{
    columns::{get_id, get_optional_id, to_integer},
    errors::Optional,
    tx::SqliteTx,
};

/// A statement that reads entries as [`entry`] expects them.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT council, number, at, staff, role, action, person, detail, hash FROM audit ",
            $rest
        )
    };
}

fn entry(row: &Row<'_>) -> rusqlite::Result<AuditEntry> {
    let role = AccessRole::from(row.get::<_, String>(4)?);
    Ok(AuditEntry {
        council: get_id(row, 0)?,
        number: row.get(1)?,
        at: row.get(2)?,
        actor: match role {
            AccessRole::OwnPhone => Actor::OwnPhone,
            _ => Actor::from(get_optional_id(row, 3)?),
        },
        role,
        action: row.get(5)?,
        person: get_optional_id(row, 6)?,
        detail: row.get(7)?,
        hash: row.get(8)?,
    })
}

impl SqliteTx<'_> {
    /// Reads entries that match on one side of a number: `<` reads newest first, `>` oldest first.
    fn find_entries(
        &self,
        council: &CouncilId,
        filter: &AuditFilter,
        (side, number): (&str, u64),
        limit: usize,
    ) -> Result<Vec<AuditEntry>, DatabaseError> {
        let council = council.as_str();
        let person = filter.person.as_ref().map(PersonId::as_str);
        let staff = filter.staff.as_ref().map(StaffId::as_str);
        let conditions: [(&str, Option<&dyn ToSql>); 5] = [
            ("person = ", person.as_ref().map(|person| person as _)),
            ("staff = ", staff.as_ref().map(|staff| staff as _)),
            ("action = ", filter.action.as_ref().map(|action| action as _)),
            ("at >= ", filter.from.as_ref().map(|from| from as _)),
            ("at < ", filter.to.as_ref().map(|to| to as _)),
        ];
        let (number, limit) = (to_integer(number), i64::try_from(limit).unwrap_or(i64::MAX));
        let mut sql = format!("{}WHERE council = ? AND number {side} ?", select!(""));
        let mut values: Vec<&dyn ToSql> = vec![&council, &number];
        for (condition, value) in conditions {
            let Some(value) = value else { continue };
            sql.extend([" AND ", condition, "?"]);
            values.push(value);
        }
        let order = if side == "<" { "DESC" } else { "ASC" };
        sql.extend([" ORDER BY number ", order, " LIMIT ?"]);
        values.push(&limit);
        let mut statement = self.sql(&sql)?;
        let rows = statement.query_map(params_from_iter(values), entry)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Audit for SqliteTx<'_> {
    fn last_entry(&mut self, council: &CouncilId) -> Result<Option<AuditEntry>, DatabaseError> {
        Ok(self
            .sql(select!("WHERE council = ? ORDER BY number DESC LIMIT 1"))?
            .query_row([council.as_str()], entry)
            .optional()?)
    }

    fn add_entry(&mut self, new: &AuditEntry) -> Result<(), DatabaseError> {
        self.sql(
            "INSERT INTO audit (council, number, at, staff, role, action, person, detail, hash)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute((
            new.council.as_str(),
            new.number,
            new.at,
            new.actor.staff().map(StaffId::as_str),
            new.role.as_str(),
            &new.action,
            new.person.as_ref().map(PersonId::as_str),
            &new.detail,
            &new.hash,
        ))?;
        Ok(())
    }

    fn entries_before(
        &mut self,
        council: &CouncilId,
        filter: &AuditFilter,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<AuditEntry>, DatabaseError> {
        self.find_entries(council, filter, ("<", before.unwrap_or(u64::MAX)), limit)
    }

    fn entries_after(
        &mut self,
        council: &CouncilId,
        filter: &AuditFilter,
        after: u64,
        limit: usize,
    ) -> Result<Vec<AuditEntry>, DatabaseError> {
        self.find_entries(council, filter, (">", after), limit)
    }

    fn visit_entries(
        &mut self,
        council: &CouncilId,
        visit: &mut dyn FnMut(AuditEntry) -> bool,
    ) -> Result<(), DatabaseError> {
        let mut statement = self.sql(select!("WHERE council = ? ORDER BY number"))?;
        for row in statement.query_map([council.as_str()], entry)? {
            if !visit(row?) {
                break;
            }
        }
        Ok(())
    }

    fn last_check(&mut self, council: &CouncilId) -> Result<Option<AuditEntry>, DatabaseError> {
        Ok(self
            .sql(select!("WHERE council = ? AND action = 'verified' ORDER BY number DESC LIMIT 1"))?
            .query_row([council.as_str()], entry)
            .optional()?)
    }

    fn unusual_access(
        &mut self,
        council: &CouncilId,
        from: i64,
        to: i64,
        at_least: usize,
    ) -> Result<Vec<(StaffId, usize)>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT staff, count(DISTINCT person) AS people FROM audit
             WHERE council = ? AND action = 'looked' AND at >= ? AND at < ? AND staff IS NOT NULL
             GROUP BY staff HAVING people >= ? ORDER BY people DESC, staff",
        )?;
        let rows = statement.query_map((council.as_str(), from, to, at_least), |row| {
            Ok((get_id(row, 0)?, row.get(1)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

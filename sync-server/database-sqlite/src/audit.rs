//! The log of who looked and who changed what.

use super::errors::Optional;
use rusqlite::{Row, ToSql, params_from_iter};

use super::tx::SqliteTx;
use promise_database::{Audit, AuditEntry, AuditFilter, DatabaseError};

/// What is read of an entry, in this order.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT council, number, at, staff, role, act, person, detail, hash FROM audit ",
            $rest
        )
    };
}

fn entry(row: &Row<'_>) -> rusqlite::Result<AuditEntry> {
    Ok(AuditEntry {
        council: row.get(0)?,
        number: row.get(1)?,
        at: row.get(2)?,
        staff: row.get(3)?,
        role: row.get(4)?,
        act: row.get(5)?,
        person: row.get(6)?,
        detail: row.get(7)?,
        hash: row.get(8)?,
    })
}

impl SqliteTx<'_> {
    /// Entries that are wanted, on one side of a number.
    fn found(
        &self,
        council: &str,
        filter: &AuditFilter,
        (side, number): (&str, u64),
        most: usize,
    ) -> Result<Vec<AuditEntry>, DatabaseError> {
        let wanted: [(&str, Option<&dyn ToSql>); 5] = [
            ("person = ", filter.person.as_ref().map(|it| it as _)),
            ("staff = ", filter.staff.as_ref().map(|it| it as _)),
            ("act = ", filter.act.as_ref().map(|it| it as _)),
            ("at >= ", filter.from.as_ref().map(|it| it as _)),
            ("at < ", filter.to.as_ref().map(|it| it as _)),
        ];
        let mut sql = format!("{}WHERE council = ? AND number {side} ?", select!(""));
        let mut values: Vec<&dyn ToSql> = vec![&council, &number];
        for (condition, value) in wanted {
            let Some(value) = value else { continue };
            sql.extend([" AND ", condition, "?"]);
            values.push(value);
        }
        if filter.person.is_some() {
            // Only with this may the index of those entries that are about somebody be used.
            sql.push_str(" AND person <> ''");
        }
        let order = if side == "<" { "DESC" } else { "ASC" };
        sql.extend([" ORDER BY number ", order, " LIMIT ?"]);
        values.push(&most);
        let mut statement = self.sql(&sql)?;
        let rows = statement.query_map(params_from_iter(values), entry)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Audit for SqliteTx<'_> {
    fn found_before(
        &mut self,
        council: &str,
        filter: &AuditFilter,
        number: u64,
        most: usize,
    ) -> Result<Vec<AuditEntry>, DatabaseError> {
        self.found(council, filter, ("<", number), most)
    }

    fn found_after(
        &mut self,
        council: &str,
        filter: &AuditFilter,
        number: u64,
        most: usize,
    ) -> Result<Vec<AuditEntry>, DatabaseError> {
        self.found(council, filter, (">", number), most)
    }

    fn last_check(&mut self, council: &str) -> Result<Option<AuditEntry>, DatabaseError> {
        Ok(self
            .sql(select!("WHERE council = ? AND act = 'verified' ORDER BY number DESC LIMIT 1"))?
            .query_row([council], entry)
            .optional()?)
    }

    fn unusual_access(
        &mut self,
        council: &str,
        from: i64,
        to: i64,
        at_least: usize,
    ) -> Result<Vec<(String, usize)>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT staff, count(DISTINCT person) AS people FROM audit
             WHERE council = ? AND act = 'looked' AND at >= ? AND at < ? AND staff <> ''
             GROUP BY staff HAVING people >= ? ORDER BY people DESC, staff",
        )?;
        let rows = statement
            .query_map((council, from, to, at_least), |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn last_entry(&mut self, council: &str) -> Result<Option<AuditEntry>, DatabaseError> {
        Ok(self
            .sql(select!("WHERE council = ? ORDER BY number DESC LIMIT 1"))?
            .query_row([council], entry)
            .optional()?)
    }

    fn add_entry(&mut self, new: &AuditEntry) -> Result<(), DatabaseError> {
        self.sql(
            "INSERT INTO audit (council, number, at, staff, role, act, person, detail, hash)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute((
            &new.council,
            new.number,
            new.at,
            &new.staff,
            &new.role,
            &new.act,
            &new.person,
            &new.detail,
            &new.hash,
        ))?;
        Ok(())
    }

    fn entries_before(
        &mut self,
        council: &str,
        number: u64,
        most: usize,
    ) -> Result<Vec<AuditEntry>, DatabaseError> {
        let mut statement =
            self.sql(select!("WHERE council = ? AND number < ? ORDER BY number DESC LIMIT ?"))?;
        let rows = statement.query_map((council, number, most), entry)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn visit_entries(
        &mut self,
        council: &str,
        visit: &mut dyn FnMut(AuditEntry) -> bool,
    ) -> Result<(), DatabaseError> {
        let mut statement = self.sql(select!("WHERE council = ? ORDER BY number"))?;
        for row in statement.query_map([council], entry)? {
            if !visit(row?) {
                break;
            }
        }
        Ok(())
    }

    fn entries_about(
        &mut self,
        council: &str,
        person: &str,
        most: usize,
    ) -> Result<Vec<AuditEntry>, DatabaseError> {
        let mut statement = self.sql(select!(
            "WHERE person = ? AND person <> '' AND council = ? ORDER BY number DESC LIMIT ?"
        ))?;
        let rows = statement.query_map((person, council, most), entry)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

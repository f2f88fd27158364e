//! The log of who looked and who changed what.

use rusqlite::{OptionalExtension, Row};

use super::tx::SqliteTx;
use crate::store::{Audit, AuditEntry, StoreError};

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

impl Audit for SqliteTx<'_> {
    fn last_entry(&mut self, council: &str) -> Result<Option<AuditEntry>, StoreError> {
        Ok(self
            .sql(select!("WHERE council = ? ORDER BY number DESC LIMIT 1"))?
            .query_row([council], entry)
            .optional()?)
    }

    fn add_entry(&mut self, new: &AuditEntry) -> Result<(), StoreError> {
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
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let mut statement =
            self.sql(select!("WHERE council = ? AND number < ? ORDER BY number DESC LIMIT ?"))?;
        let rows = statement.query_map((council, number, most), entry)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn entries(
        &mut self,
        council: &str,
        visit: &mut dyn FnMut(AuditEntry) -> bool,
    ) -> Result<(), StoreError> {
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
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let mut statement = self.sql(select!(
            "WHERE person = ? AND person <> '' AND council = ? ORDER BY number DESC LIMIT ?"
        ))?;
        let rows = statement.query_map((person, council, most), entry)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

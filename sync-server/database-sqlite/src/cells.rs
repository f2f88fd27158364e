//! Cells and their history.

use super::errors::Optional;
use promise_protocol::{Cell, CellKey};
use rusqlite::Row;

use super::tx::{SqliteTx, from_json, parse, to_json};
use promise_database::{Cells, DatabaseError, StoredCell, WAITING};

/// A cell as it is stored.
struct CellRow {
    key: CellKey,
    value: String,
    stamp: String,
    rev: u64,
}

fn cell_row(row: &Row<'_>) -> rusqlite::Result<CellRow> {
    Ok(CellRow {
        key: CellKey { collection: row.get(0)?, id: row.get(1)?, field: row.get(2)? },
        value: row.get(3)?,
        stamp: row.get(4)?,
        rev: row.get(5)?,
    })
}

impl CellRow {
    fn read(self) -> Result<StoredCell, DatabaseError> {
        let cell = Cell {
            key: self.key,
            value: from_json(&self.value, "value")?,
            stamp: parse(&self.stamp, "stamp")?,
        };
        Ok(StoredCell { cell, rev: self.rev })
    }
}

impl Cells for SqliteTx<'_> {
    fn cell(&mut self, person: &str, key: &CellKey) -> Result<Option<StoredCell>, DatabaseError> {
        self.sql(
            "SELECT collection, record, field, value, stamp, rev FROM cell
             WHERE person = ? AND collection = ? AND record = ? AND field = ?",
        )?
        .query_row((person, &key.collection, &key.id, &key.field), cell_row)
        .optional()?
        .map(CellRow::read)
        .transpose()
    }

    fn record(
        &mut self,
        person: &str,
        collection: &str,
        id: &str,
    ) -> Result<Vec<StoredCell>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT collection, record, field, value, stamp, rev FROM cell
             WHERE person = ? AND collection = ? AND record = ? ORDER BY field",
        )?;
        let rows = statement.query_map((person, collection, id), cell_row)?;
        rows.map(|row| row?.read()).collect()
    }

    fn collection(
        &mut self,
        person: &str,
        collection: &str,
    ) -> Result<Vec<StoredCell>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT collection, record, field, value, stamp, rev FROM cell
             WHERE person = ? AND collection = ? ORDER BY record, field",
        )?;
        let rows = statement.query_map((person, collection), cell_row)?;
        rows.map(|row| row?.read()).collect()
    }

    fn cells_after(
        &mut self,
        person: &str,
        since: u64,
        visit: &mut dyn FnMut(StoredCell) -> bool,
    ) -> Result<(), DatabaseError> {
        // SQLite's numbers end at 2^63; no revision is beyond it.
        let since = i64::try_from(since).unwrap_or(i64::MAX);
        let mut statement = self.sql(
            "SELECT collection, record, field, value, stamp, rev FROM cell
             WHERE person = ? AND rev > ? ORDER BY rev, collection, record, field",
        )?;
        for row in statement.query_map((person, since), cell_row)? {
            if !visit(row?.read()?) {
                break;
            }
        }
        Ok(())
    }

    fn set_cell(&mut self, person: &str, cell: &Cell, rev: u64) -> Result<(), DatabaseError> {
        self.sql(
            "INSERT OR REPLACE INTO cell (person, collection, record, field, value, stamp, rev)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute((
            person,
            &cell.key.collection,
            &cell.key.id,
            &cell.key.field,
            to_json(&cell.value, "value")?,
            cell.stamp.to_string(),
            rev,
        ))?;
        Ok(())
    }

    fn release_pending_cells(&mut self, person: &str) -> Result<bool, DatabaseError> {
        let any: bool = self
            .sql("SELECT EXISTS (SELECT 1 FROM cell WHERE person = ? AND rev = ?)")?
            .query_row((person, WAITING), |row| row.get(0))?;
        if any {
            let rev = self.raise(person)?;
            self.sql("UPDATE cell SET rev = ? WHERE person = ? AND rev = ?")?
                .execute((rev, person, WAITING))?;
        }
        Ok(any)
    }

    fn add_history(
        &mut self,
        person: &str,
        cell: &Cell,
        replaced_at: i64,
    ) -> Result<(), DatabaseError> {
        self.sql(
            "INSERT INTO history (person, collection, record, field, stamp, value, replaced_at)
             VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        )?
        .execute((
            person,
            &cell.key.collection,
            &cell.key.id,
            &cell.key.field,
            cell.stamp.to_string(),
            to_json(&cell.value, "value")?,
            replaced_at,
        ))?;
        Ok(())
    }

    fn history(&mut self, person: &str, key: &CellKey) -> Result<Vec<Cell>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT collection, record, field, value, stamp, 0 FROM history
             WHERE person = ? AND collection = ? AND record = ? AND field = ? ORDER BY stamp DESC",
        )?;
        let of_cell = (person, &key.collection, &key.id, &key.field);
        let rows = statement.query_map(of_cell, cell_row)?;
        rows.map(|row| Ok(row?.read()?.cell)).collect()
    }

    fn history_of_person(&mut self, person: &str) -> Result<Vec<(Cell, i64)>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT collection, record, field, value, stamp, 0, replaced_at FROM history
             WHERE person = ? ORDER BY collection, record, field, stamp DESC",
        )?;
        let rows = statement.query_map([person], |row| Ok((cell_row(row)?, row.get(6)?)))?;
        rows.map(|row| {
            let (cell, replaced_at) = row?;
            Ok((cell.read()?.cell, replaced_at))
        })
        .collect()
    }

    fn delete_history_of(&mut self, person: &str, key: &CellKey) -> Result<(), DatabaseError> {
        self.sql(
            "DELETE FROM history
             WHERE person = ? AND collection = ? AND record = ? AND field = ?",
        )?
        .execute((person, &key.collection, &key.id, &key.field))?;
        Ok(())
    }

    fn delete_records_before(
        &mut self,
        collection: &str,
        first_kept: &str,
    ) -> Result<usize, DatabaseError> {
        // By person, or it would read every cell.
        Ok(self
            .sql(
                "DELETE FROM cell
                 WHERE person IN (SELECT id FROM person) AND collection = ? AND record < ?",
            )?
            .execute((collection, first_kept))?)
    }

    fn delete_history_before(&mut self, before_millis: i64) -> Result<usize, DatabaseError> {
        Ok(self.sql("DELETE FROM history WHERE replaced_at < ?")?.execute([before_millis])?)
    }
}

//! Cells and their history.

use promise_database::{Cells, DatabaseError, HistoryEntry, StoredCell};
use promise_protocol::{Cell, CellKey};
use rusqlite::Row;

use super::{
    errors::Optional,
    tx::{SqliteTx, from_json, parse, sql_number, to_json},
};

/// A cell as SQLite stores it.
struct CellRow {
    key: CellKey,
    value: String,
    stamp: String,
    rev: Option<u64>,
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
    fn into_cell(self) -> Result<StoredCell, DatabaseError> {
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
        .map(CellRow::into_cell)
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
        rows.map(|row| row?.into_cell()).collect()
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
        rows.map(|row| row?.into_cell()).collect()
    }

    fn cells_after(
        &mut self,
        person: &str,
        since: u64,
        visit: &mut dyn FnMut(StoredCell) -> bool,
    ) -> Result<(), DatabaseError> {
        let mut statement = self.sql(
            "SELECT collection, record, field, value, stamp, rev FROM cell
             WHERE person = ? AND rev > ? ORDER BY rev, collection, record, field",
        )?;
        for row in statement.query_map((person, sql_number(since)), cell_row)? {
            if !visit(row?.into_cell()?) {
                break;
            }
        }
        Ok(())
    }

    fn set_cell(
        &mut self,
        person: &str,
        cell: &Cell,
        rev: Option<u64>,
    ) -> Result<(), DatabaseError> {
        self.lock_order.check(person);
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
            .sql("SELECT EXISTS (SELECT 1 FROM cell WHERE person = ? AND rev IS NULL)")?
            .query_row([person], |row| row.get(0))?;
        if any {
            let rev = self.raise_revision(person)?;
            self.sql("UPDATE cell SET rev = ? WHERE person = ? AND rev IS NULL")?
                .execute((rev, person))?;
        }
        Ok(any)
    }

    fn add_history(
        &mut self,
        person: &str,
        cell: &Cell,
        replaced_at: i64,
    ) -> Result<(), DatabaseError> {
        self.lock_order.check(person);
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
            "SELECT collection, record, field, value, stamp, NULL FROM history
             WHERE person = ? AND collection = ? AND record = ? AND field = ? ORDER BY stamp DESC",
        )?;
        let rows = statement.query_map((person, &key.collection, &key.id, &key.field), cell_row)?;
        rows.map(|row| Ok(row?.into_cell()?.cell)).collect()
    }

    fn history_of_person(&mut self, person: &str) -> Result<Vec<HistoryEntry>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT collection, record, field, value, stamp, NULL, replaced_at FROM history
             WHERE person = ? ORDER BY collection, record, field, stamp DESC",
        )?;
        let rows = statement.query_map([person], |row| Ok((cell_row(row)?, row.get(6)?)))?;
        rows.map(|row| {
            let (cell, replaced_at) = row?;
            Ok(HistoryEntry { cell: cell.into_cell()?.cell, replaced_at })
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
        // With each person named, SQLite uses the primary key instead of reading every cell.
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

//! Cells and their history.

use promise_database::{Cells, DatabaseError, HistoryEntry, StoredCell};
use promise_protocol::{Cell, CellKey, ids::PersonId};
use rusqlite::Row;

use super::{
    columns::{get_json, get_parsed, to_integer, to_json},
    errors::Optional,
    tx::SqliteTx,
};

fn stored_cell(row: &Row<'_>) -> rusqlite::Result<StoredCell> {
    Ok(StoredCell { cell: cell(row)?, rev: row.get(5)? })
}

fn cell(row: &Row<'_>) -> rusqlite::Result<Cell> {
    Ok(Cell {
        key: CellKey { collection: row.get(0)?, id: row.get(1)?, field: row.get(2)? },
        value: get_json(row, 3)?,
        stamp: get_parsed(row, 4)?,
    })
}

impl Cells for SqliteTx<'_> {
    fn cell(
        &mut self,
        person: &PersonId,
        key: &CellKey,
    ) -> Result<Option<StoredCell>, DatabaseError> {
        Ok(self
            .sql(
                "SELECT collection, record, field, value, stamp, rev FROM cell
                 WHERE person = ? AND collection = ? AND record = ? AND field = ?",
            )?
            .query_row((person.as_str(), &key.collection, &key.id, &key.field), stored_cell)
            .optional()?)
    }

    fn record(
        &mut self,
        person: &PersonId,
        collection: &str,
        id: &str,
    ) -> Result<Vec<StoredCell>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT collection, record, field, value, stamp, rev FROM cell
             WHERE person = ? AND collection = ? AND record = ? ORDER BY field",
        )?;
        let rows = statement.query_map((person.as_str(), collection, id), stored_cell)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn collection(
        &mut self,
        person: &PersonId,
        collection: &str,
    ) -> Result<Vec<StoredCell>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT collection, record, field, value, stamp, rev FROM cell
             WHERE person = ? AND collection = ? ORDER BY record, field",
        )?;
        let rows = statement.query_map((person.as_str(), collection), stored_cell)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn cells_after(
        &mut self,
        person: &PersonId,
        since: u64,
        visit: &mut dyn FnMut(StoredCell) -> bool,
    ) -> Result<(), DatabaseError> {
        let mut statement = self.sql(
            "SELECT collection, record, field, value, stamp, rev FROM cell
             WHERE person = ? AND rev > ? ORDER BY rev, collection, record, field",
        )?;
        for row in statement.query_map((person.as_str(), to_integer(since)), stored_cell)? {
            if !visit(row?) {
                break;
            }
        }
        Ok(())
    }

    fn set_cell(
        &mut self,
        person: &PersonId,
        cell: &Cell,
        rev: Option<u64>,
    ) -> Result<(), DatabaseError> {
        self.lock_order.check(person);
        self.sql(
            "INSERT OR REPLACE INTO cell (person, collection, record, field, value, stamp, rev)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute((
            person.as_str(),
            &cell.key.collection,
            &cell.key.id,
            &cell.key.field,
            to_json(&cell.value, "value")?,
            cell.stamp.to_string(),
            rev,
        ))?;
        Ok(())
    }

    fn release_pending_cells(&mut self, person: &PersonId) -> Result<bool, DatabaseError> {
        let any: bool = self
            .sql("SELECT EXISTS (SELECT 1 FROM cell WHERE person = ? AND rev IS NULL)")?
            .query_row([person.as_str()], |row| row.get(0))?;
        if any {
            let rev = self.raise_revision(person)?;
            self.sql("UPDATE cell SET rev = ? WHERE person = ? AND rev IS NULL")?
                .execute((rev, person.as_str()))?;
        }
        Ok(any)
    }

    fn add_history(
        &mut self,
        person: &PersonId,
        cell: &Cell,
        replaced_at: i64,
    ) -> Result<(), DatabaseError> {
        self.lock_order.check(person);
        self.sql(
            "INSERT INTO history (person, collection, record, field, stamp, value, replaced_at)
             VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        )?
        .execute((
            person.as_str(),
            &cell.key.collection,
            &cell.key.id,
            &cell.key.field,
            cell.stamp.to_string(),
            to_json(&cell.value, "value")?,
            replaced_at,
        ))?;
        Ok(())
    }

    fn history(&mut self, person: &PersonId, key: &CellKey) -> Result<Vec<Cell>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT collection, record, field, value, stamp FROM history
             WHERE person = ? AND collection = ? AND record = ? AND field = ? ORDER BY stamp DESC",
        )?;
        let rows =
            statement.query_map((person.as_str(), &key.collection, &key.id, &key.field), cell)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn history_of_person(&mut self, person: &PersonId) -> Result<Vec<HistoryEntry>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT collection, record, field, value, stamp, replaced_at FROM history
             WHERE person = ? ORDER BY collection, record, field, stamp DESC",
        )?;
        let rows = statement.query_map([person.as_str()], |row| {
            Ok(HistoryEntry { cell: cell(row)?, replaced_at: row.get(5)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn delete_history_of(&mut self, person: &PersonId, key: &CellKey) -> Result<(), DatabaseError> {
        self.sql(
            "DELETE FROM history
             WHERE person = ? AND collection = ? AND record = ? AND field = ?",
        )?
        .execute((person.as_str(), &key.collection, &key.id, &key.field))?;
        Ok(())
    }

    fn delete_records_before(
        &mut self,
        collection: &str,
        first_kept: &str,
    ) -> Result<usize, DatabaseError> {
        // With each person named, SQLite uses the primary key instead of reading every cell.
        self.sql(
            "DELETE FROM staff_change
             WHERE person IN (SELECT id FROM person) AND collection = ? AND record < ?",
        )?
        .execute((collection, first_kept))?;
        Ok(self
            .sql(
                "DELETE FROM cell
                 WHERE person IN (SELECT id FROM person) AND collection = ? AND record < ?",
            )?
            .execute((collection, first_kept))?)
    }

    fn delete_collection(
        &mut self,
        person: &PersonId,
        collection: &str,
        before: Option<u64>,
    ) -> Result<(), DatabaseError> {
        self.lock_order.check(person);
        for table in ["staff_change", "history"] {
            let sql = format!("DELETE FROM {table} WHERE person = ? AND collection = ?");
            self.sql(&sql)?.execute((person.as_str(), collection))?;
        }
        self.sql(
            "DELETE FROM cell WHERE person = ?1 AND collection = ?2 AND (?3 IS NULL OR rev < ?3)",
        )?
        .execute((person.as_str(), collection, before))?;
        Ok(())
    }

    fn delete_history_before(&mut self, before_millis: i64) -> Result<usize, DatabaseError> {
        Ok(self.sql("DELETE FROM history WHERE replaced_at < ?")?.execute([before_millis])?)
    }
}

//! Signed changes.

use promise_database::{DatabaseError, StaffChanges};
use promise_protocol::{Change, Stamp, ids::PersonId, signature::Signature};
use rusqlite::Row;

use super::{
    columns::{get_json, get_parsed, to_json},
    errors::Optional,
    tx::SqliteTx,
};

fn change(row: &Row<'_>) -> rusqlite::Result<Change> {
    Ok(Change {
        collection: row.get(0)?,
        id: row.get(1)?,
        stamp: get_parsed(row, 2)?,
        fields: get_json(row, 3)?,
        signature: Some(Signature::new(row.get::<_, String>(4)?)),
    })
}

impl StaffChanges for SqliteTx<'_> {
    fn set_staff_change(
        &mut self,
        person: &PersonId,
        change: &Change,
    ) -> Result<(), DatabaseError> {
        self.lock_order.check(person);
        let signature = change.signature.as_ref().ok_or(DatabaseError::Unreadable("signature"))?;
        self.sql(
            "INSERT OR REPLACE INTO staff_change
             (person, collection, record, stamp, fields, signature) VALUES (?, ?, ?, ?, ?, ?)",
        )?
        .execute((
            person.as_str(),
            &change.collection,
            &change.id,
            change.stamp.to_string(),
            to_json(&change.fields, "change")?,
            signature.as_str(),
        ))?;
        Ok(())
    }

    fn staff_change(
        &mut self,
        person: &PersonId,
        collection: &str,
        id: &str,
        stamp: &Stamp,
    ) -> Result<Option<Change>, DatabaseError> {
        Ok(self
            .sql(
                "SELECT collection, record, stamp, fields, signature FROM staff_change
                 WHERE person = ? AND collection = ? AND record = ? AND stamp = ?",
            )?
            .query_row((person.as_str(), collection, id, stamp.to_string()), change)
            .optional()?)
    }

    fn staff_changes(&mut self, person: &PersonId) -> Result<Vec<Change>, DatabaseError> {
        let mut statement = self.sql(
            "SELECT collection, record, stamp, fields, signature FROM staff_change
             WHERE person = ? ORDER BY collection, record, stamp",
        )?;
        Ok(statement.query_map([person.as_str()], change)?.collect::<Result<_, _>>()?)
    }

    fn delete_replaced_staff_changes(
        &mut self,
        person: &PersonId,
        collection: &str,
        id: &str,
    ) -> Result<(), DatabaseError> {
        self.lock_order.check(person);
        self.sql(
            "DELETE FROM staff_change
             WHERE person = ?1 AND collection = ?2 AND record = ?3 AND stamp NOT IN
             (SELECT stamp FROM cell WHERE person = ?1 AND collection = ?2 AND record = ?3)",
        )?
        .execute((person.as_str(), collection, id))?;
        Ok(())
    }
}
